"""Two sets of picks beside one another."""

from typing import TypedDict


class ComparedMicrographWire(TypedDict):
    """How many picks the first and the second have, and how many of these are the same particle."""

    id: int
    first: int
    second: int
    matched: int


class MatchedWire(TypedDict):
    """`precision` and `recall` take the first for the truth; the other way round they change places.

    `offsets`: second minus first of single pairs in Å, for a plot. `sentences`: what these mean, if anything.
    `micrographs`: those that agree least come first.
    """

    first: int
    second: int
    matched: int
    precision: float
    recall: float
    f1: float
    offsets: list[tuple[float, float]]
    sentences: list[str]
    micrographs: list[ComparedMicrographWire]


class ComparisonWire(MatchedWire):
    """`offset`: median of second minus first over the pairs, in Å, and `offset_px` in pixels."""

    titles: list[str]
    offset: tuple[float, float]
    offset_px: tuple[float, float]


class ComparedPlacesWire(TypedDict):
    """Centres in full-resolution pixels of one micrograph; those that both have are where the first has them."""

    matched: list[tuple[float, float]]
    only_first: list[tuple[float, float]]
    only_second: list[tuple[float, float]]
