"""What a page shows of picks that it does not hold: how many count, and how their scores are spread."""

from typing import TypedDict


class PickSummaryWire(TypedDict):
    """Of all micrographs that take part, at some thresholds and limits.

    One list for each column: `micrographs`, their ids; `source`, whose picks are shown there, null for none; `count`,
    how many; `final`, the picks that count; `found`, those of them that the networks found; `score`, their mean
    particle score, null without any.
    Of the picks that keep the margin, whatever their scores: `total`; `particle` and `contamination`, how many have
    which score, in equal bins over [0, 1]; `plane`, in cells of the score plane, rows of falling contamination score.
    `passing`: those that pass the thresholds, whatever people said of them. `sureness`: their mean combined score.
    """

    micrographs: list[int]
    source: list[int | None]
    count: list[int]
    final: list[int]
    found: list[int]
    score: list[float | None]
    total: int
    particle: list[int]
    contamination: list[int]
    plane: list[int]
    passing: int
    sureness: float
