"""The final picks of a micrograph: what people and networks together say. Canvas and exports use these.

The browser has the same rule; both must pass the cases of tests/data/final_picks.json. All arithmetic is
float64 on both sides, so that a pick exactly on a threshold is treated alike.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from picking.science.formats.coordinates import Coordinates
from picking.science.picks import NEAR, Picks, Points
from picking.science.polygon import inside

Source = Literal["label", "verdict"]
Scores = tuple[float, float]
"""Particle and contamination score; NaN where no network saw the place."""

_WIDER = 1 + 1e-9
"""Pairs are sought a little too far, and judged by the rule's own arithmetic."""


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


def final_picks(
    picks: Picks,
    particles: Points,
    others: Points,
    verdicts: Sequence[Verdict],
    regions: Sequence[Points],
    diameter_px: float,
    rule: Rule,
) -> Coordinates:
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
    label, whether that passed the thresholds or not. Order: network picks as given, verdicts, labels; each with its
    source.
    """
    rows = picks.astype(np.float64)
    left = passing(rows, rule)
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
    return _thinned(chosen.columns(), rule.minimum_distance)


def left_of_network(
    rows: NDArray[np.float64], passing: NDArray[np.bool_], counts: NDArray[np.intp], rule: Rule
) -> NDArray[np.bool_]:
    """(n,): which network picks (n, 4) of those `passing` count where nobody marked anything.

    Of several micrographs at once, which have the same rule: `counts` of the first rows are the first one's, and so on.
    """
    left = passing.copy()
    if rule.minimum_distance > 0:
        # As if the micrographs lay side by side, too far apart to crowd each other: by whole pixels, which is exact.
        step = np.ceil(rule.width + 2 * rule.minimum_distance) + 1
        places = rows[left, :2] + np.outer(np.repeat(np.arange(len(counts)), counts)[left] * step, (1, 0))
        left[left] = _uncrowded(
            places, rows[left, 2] * (1 - rows[left, 3]), np.ones(len(places), bool), rule.minimum_distance
        )
    return left


def _thinned(picks: Coordinates, minimum: float) -> Coordinates:
    """Without the network picks nearer than `minimum` pixels to a better one, or to one of a person."""
    if minimum <= 0 or len(picks) < 2:
        return picks
    of_network = np.array([source == "network" for source in picks.source], bool)
    score = np.where(of_network, picks.particle_score * (1 - picks.contamination_score), np.inf)
    return picks.chosen(_uncrowded(picks.xy, score, of_network, minimum))


def _uncrowded(
    places: Points, score: NDArray[np.float64], of_network: NDArray[np.bool_], minimum: float
) -> NDArray[np.bool_]:
    """(n,): which picks stay, where those of networks go that are nearer than `minimum` to one of a higher score."""
    rank = np.empty(len(places), np.intp)
    rank[np.argsort(-score, kind="stable")] = np.arange(len(places))
    pairs = cKDTree(places).query_pairs(minimum * _WIDER, output_type="ndarray")
    apart = places[pairs[:, 0]] - places[pairs[:, 1]]
    pairs = pairs[(apart * apart).sum(axis=1) < minimum * minimum]
    first_is_better = rank[pairs[:, 0]] < rank[pairs[:, 1]]
    better, worse = np.where(first_is_better, pairs.T, pairs.T[::-1])
    of_networks = of_network[worse]
    better, worse = better[of_networks], worse[of_networks]
    stays = np.ones(len(places), bool)
    while len(worse):  # a pick without a better neighbour that is undecided stays, and takes its neighbours with it
        waits = np.zeros(len(places), bool)
        waits[worse] = True
        first = ~waits[better]
        stays[worse[first]] = False
        undecided = ~first & stays[better] & stays[worse]
        better, worse = better[undecided], worse[undecided]
    return stays


def passing(rows: NDArray[np.float64], rule: Rule) -> NDArray[np.bool_]:
    """(n,): which network picks (n, 4) pass both thresholds and keep the margin."""
    return over_thresholds(rows, rule) & off_border(rows[:, :2], rule)


def over_thresholds(rows: NDArray[np.float64], rule: Rule) -> NDArray[np.bool_]:
    """(n,): which network picks (n, 4) pass both thresholds."""
    over: NDArray[np.bool_] = (rows[:, 2] >= rule.particle_threshold) & (rows[:, 3] <= rule.contamination_threshold)
    return over


def off_border(points: Points, rule: Rule) -> NDArray[np.bool_]:
    """(n,): which points keep the margin. The border lies half a pixel beyond the outer pixels' centres."""
    if rule.border_margin <= 0:
        return np.ones(len(points), bool)
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

    def fill(self, places: Points) -> None:
        """Adds places by their numbers: the cells of all at once, which takes a fifth of the time."""
        cells = np.floor(places / self._radius).astype(np.intp)
        for number, ((x, y), (column, row)) in enumerate(zip(places.tolist(), cells.tolist(), strict=True)):
            self._cells[column, row].append((x, y, number))

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
    """The picks chosen so far, by number: network picks first, then what people added.

    Where nobody marked anything, they stay columns: no object is made for a pick.
    """

    def __init__(self, rows: NDArray[np.float64], left: NDArray[np.bool_], radius: float) -> None:
        self._rows, self._left, self._radius = rows, left, radius
        self._added: dict[int, tuple[float, float, Source, Scores]] = {}
        self._next = len(rows)

    @cached_property
    def _grid(self) -> _Grid:
        grid = _Grid(self._radius)
        grid.fill(self._rows[:, :2])
        return grid

    def add(self, x: float, y: float, source: Source, scores: Scores) -> None:
        self._grid.add(x, y, self._next)
        self._added[self._next] = (x, y, source, scores)
        self._next += 1

    def drop(self, x: float, y: float) -> None:
        for _, number in self._grid.near(x, y):
            if number < len(self._rows):
                self._left[number] = False
            else:
                self._added.pop(number, None)

    def scores(self, x: float, y: float) -> Scores:
        """Those of the nearest network pick, the first of equals, dropped or not; NaN where none is near."""
        network = [near for near in self._grid.near(x, y) if near[1] < len(self._rows)]
        if not network:
            return np.nan, np.nan
        _, _, particle, contamination = self._rows[min(network)[1]].tolist()
        return particle, contamination

    def columns(self) -> Coordinates:
        network, added = self._rows[self._left], list(self._added.values())
        rows = np.concatenate([network, np.array([(x, y, *s) for x, y, _, s in added], np.float64).reshape(-1, 4)])
        source = ("network",) * len(network) + tuple(source for _, _, source, _ in added)
        return Coordinates(rows[:, :2], rows[:, 2], rows[:, 3], source)
