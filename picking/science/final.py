"""The final picks of a micrograph: what people and networks together say. Canvas and exports use these.

The browser has the same rule; both must pass the cases of tests/data/final_picks.json. All arithmetic is
float64 on both sides, so that a pick exactly on a threshold is treated alike.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from picking.science.picks import NEAR, Picks, Points
from picking.science.polygon import inside


@dataclass(frozen=True)
class Verdict:
    """A person's word on the pick near (x, y), in full-resolution pixels; `move` has a target."""

    kind: Literal["accept", "reject", "move"]
    x: float
    y: float
    to_x: float | None = None
    to_y: float | None = None


@dataclass(frozen=True)
class Rule:
    """What a network pick must pass on one micrograph; lengths in its pixels.

    `minimum_distance`: between network picks. `border_margin`: nearer to the border they are left out. 0 for none.
    """

    particle_threshold: float
    contamination_threshold: float
    minimum_distance: float
    border_margin: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FinalPick:
    """A centre in full-resolution pixels, its scores if a network saw it too, and its source."""

    x: float
    y: float
    particle_score: float | None
    contamination_score: float | None
    source: Literal["label", "verdict", "network"]


def final_picks(
    picks: Picks,
    particles: Points,
    others: Points,
    verdicts: Sequence[Verdict],
    regions: Sequence[Points],
    diameter_px: float,
    rule: Rule,
) -> list[FinalPick]:
    """The picks that count; near means within 0.4 diameters. Each step acts on what the steps before it left.

    1. Network picks pass both thresholds (a score equal to a threshold passes) and lie at least the rule's margin from
       the border of the image.
    2. Those inside a region (polygon of (n, 2) vertices, even-odd rule) go,
    3. and those near a background or contamination label (`others`).
    4. Every verdict, oldest first, drops the picks near its place and near its target. An accept adds a pick
       at its place, a move one at its target.
    5. Every particle label, oldest first, drops the picks near it and adds itself.
    6. What people added stays. Of the network picks left, the best combined score first and equals in their order,
       each goes that is nearer than the rule's minimum distance to one that stays.

    What a person adds carries the scores of the nearest network pick that is near the verdict's place or the
    label, whether that passed the thresholds or not. Order: network picks as given, verdicts, labels.
    """
    rows = picks.astype(np.float64)
    left = (rows[:, 2] >= rule.particle_threshold) & (rows[:, 3] <= rule.contamination_threshold)
    if rule.border_margin > 0:
        left &= _off_border(rows[:, :2], rule)
    for region in regions:
        left &= ~inside(rows[:, :2], region)
    chosen = _Chosen(rows, left, NEAR * diameter_px)
    for x, y in others.tolist():
        chosen.drop(x, y)
    for verdict in verdicts:
        chosen.drop(verdict.x, verdict.y)
        if verdict.kind == "accept":
            chosen.add(verdict.x, verdict.y, "verdict", chosen.scores(verdict.x, verdict.y))
        elif verdict.kind == "move" and verdict.to_x is not None and verdict.to_y is not None:
            chosen.drop(verdict.to_x, verdict.to_y)
            chosen.add(verdict.to_x, verdict.to_y, "verdict", chosen.scores(verdict.x, verdict.y))
    for x, y in particles.tolist():
        chosen.drop(x, y)
        chosen.add(x, y, "label", chosen.scores(x, y))
    if rule.minimum_distance > 0:
        chosen.thin(rule.minimum_distance)
    return list(chosen.picks.values())


def _off_border(points: Points, rule: Rule) -> NDArray[np.bool_]:
    """(n,): which points keep the margin. The border lies half a pixel beyond the outer pixels' centres."""
    x, y = points[:, 0], points[:, 1]
    least = rule.border_margin - 0.5
    right, bottom = rule.width - 0.5 - rule.border_margin, rule.height - 0.5 - rule.border_margin
    off: NDArray[np.bool_] = (x >= least) & (x <= right) & (y >= least) & (y <= bottom)
    return off


class _Grid:
    """Numbered places, in cells one radius wide."""

    def __init__(self, radius: float) -> None:
        self._radius = radius
        self._cells: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)

    def add(self, x: float, y: float, number: int) -> None:
        self._cells[self._cell(x, y)].append((x, y, number))

    def near(self, x: float, y: float) -> Iterator[tuple[float, int]]:
        """Squared distance and number of all within the radius."""
        column, row = self._cell(x, y)
        for cell in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for px, py, number in self._cells.get(cell, ()):
                squared = (px - x) * (px - x) + (py - y) * (py - y)
                if squared <= self._radius * self._radius:
                    yield squared, number

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return floor(x / self._radius), floor(y / self._radius)


class _Chosen:
    """The picks chosen so far, by number. Network picks come first."""

    def __init__(self, rows: NDArray[np.float64], left: NDArray[np.bool_], radius: float) -> None:
        self.picks: dict[int, FinalPick] = {}
        self._rows, self._grid = rows.tolist(), _Grid(radius)
        for number, ((x, y, particle, contamination), stays) in enumerate(zip(self._rows, left.tolist(), strict=True)):
            self._grid.add(x, y, number)
            if stays:
                self.picks[number] = FinalPick(x, y, particle, contamination, "network")
        self._next = len(self._rows)

    def add(self, x: float, y: float, source: Literal["label", "verdict"], scores: Sequence[float | None]) -> None:
        self._grid.add(x, y, self._next)
        self.picks[self._next] = FinalPick(x, y, scores[0], scores[1], source)
        self._next += 1

    def drop(self, x: float, y: float) -> None:
        for _, number in self._grid.near(x, y):
            self.picks.pop(number, None)

    def scores(self, x: float, y: float) -> Sequence[float | None]:
        """Those of the nearest network pick, the first of equals, dropped or not."""
        network = [near for near in self._grid.near(x, y) if near[1] < len(self._rows)]
        return self._rows[min(network)[1]][2:] if network else (None, None)

    def thin(self, minimum: float) -> None:
        """Drops network picks nearer than `minimum` pixels to a better one, or to one of a person."""
        kept = _Grid(minimum)
        for number, pick in sorted(self.picks.items(), key=self._rank):
            crowded = any(squared < minimum * minimum for squared, _ in kept.near(pick.x, pick.y))
            if crowded and pick.source == "network":
                del self.picks[number]
            else:
                kept.add(pick.x, pick.y, number)

    def _rank(self, numbered: tuple[int, FinalPick]) -> tuple[float, int]:
        """People's picks first, then the best combined score."""
        number, pick = numbered
        if pick.source != "network":
            return -np.inf, number
        _, _, particle, contamination = self._rows[number]
        return -particle * (1 - contamination), number
