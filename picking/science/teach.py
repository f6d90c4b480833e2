"""Which of many picks are shown to the networks: those of another program, and those that were judged by classes."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from picking.science.picks import NEAR, Picks, Points
from picking.science.polygon import inside

MOST = 2000
"""Examples from one source, or of one kind that were judged by classes. Each is cut out of its micrograph and held in
memory while the networks train."""
MOST_MICROGRAPHS = 40
"""From which they come: each one's image is held in memory too."""


def taught(
    picks: Picks, threshold: float | None, refused: Points, regions: Sequence[Points], diameter_px: float, most: int
) -> Points:
    """(n, 2): the places of at most `most` picks that reach the threshold (None: all do), evenly chosen from them.

    None near a place of `refused` (rejected picks, background, contamination), nearer than 0.4 diameters; none in
    a region (polygon of (n, 2) vertices). A score equal to the threshold reaches it.
    """
    rows = picks.astype(np.float64)
    stays = np.ones(len(rows), bool) if threshold is None else rows[:, 2] >= threshold
    if len(refused) and len(rows):
        stays &= cKDTree(refused).query(rows[:, :2])[0] > NEAR * diameter_px
    for region in regions:
        stays &= ~inside(rows[:, :2], region)
    places: Points = rows[stays, :2]
    return places[evenly(len(places), most)]


def few_judged(labels: Mapping[int, Points]) -> dict[int, Points]:
    """Labels of one kind, (n, 4) of each micrograph, with fewer of those that were judged by classes.

    These are the ones whose weight is less than 1: at most MOST stay, on MOST_MICROGRAPHS of their micrographs, both
    evenly chosen.
    """
    judged = sorted(micrograph for micrograph, rows in labels.items() if (rows[:, 2] < 1).any())
    chosen = {judged[i] for i in evenly(len(judged), MOST_MICROGRAPHS).tolist()}
    most = -(-MOST // max(len(chosen), 1))
    few = {m: _whole_and(rows, most if m in chosen else 0) for m, rows in labels.items()}
    return {m: rows for m, rows in few.items() if len(rows)}


def _whole_and(rows: Points, most: int) -> Points:
    """The rows that count whole, and at most so many of the others behind them."""
    others = rows[rows[:, 2] < 1]
    return np.concatenate([rows[rows[:, 2] >= 1], others[evenly(len(others), most)]])


def evenly(count: int, most: int) -> NDArray[np.int64]:
    """At most `most` of the indices below `count`, at even distances."""
    if count <= most:
        return np.arange(count)
    return np.linspace(0, count - 1, most).round().astype(np.int64)
