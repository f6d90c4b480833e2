"""How good picks are: matching, precision and recall, average precision, agreement of two sets of places.

A pick is right if it claims a true centre within 0.4 diameters; each centre is claimed once, high scores
first. The figures are those of the benchmark's scoring script.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from picking.science.picks import NEAR, Points

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ON_CONTAMINATION = 0.35
"""A wrong pick closer than this many diameters to a contamination point is on it (the benchmark's rule)."""


@dataclass(frozen=True)
class Curve:
    """Picks of all micrographs, best first, (n,) each.

    The score, whether it is right (a hit), and the precision and recall of all picks down to it.
    """

    scores: Floats
    hits: Flags
    precision: Floats
    recall: Floats

    @property
    def f1(self) -> Floats:
        return _f1(self.precision, self.recall)


@dataclass(frozen=True)
class Point:
    """One point of a curve: all picks with at least this score. `picks` is their number."""

    threshold: float
    picks: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Agreement:
    """Numbers of reference places, of places found, and of pairs between them. Micrographs add up."""

    reference: int = 0
    found: int = 0
    matched: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(self.reference + other.reference, self.found + other.found, self.matched + other.matched)

    @property
    def precision(self) -> float:
        return self.matched / max(self.found, 1)

    @property
    def recall(self) -> float:
        return self.matched / max(self.reference, 1)

    @property
    def f1(self) -> float:
        return 2 * self.matched / max(self.found + self.reference, 1)


def match(places: Points, scores: NDArray[np.floating], truth: Points, diameter_px: float) -> Flags:
    """(n,): which places (n, 2) claim a true centre (m, 2). High scores claim first, the nearest free one."""
    hits = np.zeros(len(places), bool)
    if len(truth) == 0:
        return hits
    taken = np.zeros(len(truth), bool)
    candidates = cKDTree(truth).query_ball_point(places, NEAR * diameter_px)
    for i in np.argsort(-scores, kind="stable"):
        free = [(np.hypot(*(truth[j] - places[i])), j) for j in candidates[i] if not taken[j]]
        if free:
            taken[min(free)[1]] = hits[i] = True
    return hits


def precision_recall(scores: NDArray[np.floating], hits: Flags, positives: int) -> Curve:
    """The curve of the picks of all micrographs, concatenated; `positives`: the number of true centres."""
    order = np.argsort(-scores, kind="stable")
    right = hits[order]
    found = np.cumsum(right)
    ranks = np.arange(1, len(right) + 1)
    return Curve(scores[order].astype(np.float64), right, found / ranks, found / max(positives, 1))


def average_precision(
    curve: Curve,
) -> float:
    """Area under the curve: the precision at every right pick, summed over recall."""
    steps = np.diff(curve.recall, prepend=0.0)
    return float((curve.precision * steps).sum())


def at_threshold(curve: Curve, threshold: float) -> Point:
    """The point of all picks with a score of at least the threshold; all zero when there are none."""
    return _point(curve, int((curve.scores >= threshold).sum()), threshold)


def best_f1(curve: Curve) -> Point:
    """The point of the highest F1; all zero for no picks."""
    if not len(curve.scores):
        return _point(curve, 0, 0.0)
    best = int(curve.f1.argmax())
    return _point(curve, best + 1, float(curve.scores[best]))


def on_contamination(places: Points, hits: Flags, contamination: Points, diameter_px: float) -> Flags:
    """(n,): which places are wrong and sit on a contamination point (m, 2)."""
    if not len(contamination) or not len(places):
        return np.zeros(len(places), bool)
    distance, _ = cKDTree(contamination).query(places)
    return (distance < ON_CONTAMINATION * diameter_px) & ~hits


def agreement(reference: Points, found: Points, diameter_px: float) -> Agreement:
    """Pair two sets of places (n, 2) and (m, 2) of one micrograph, the nearest first; no scores needed."""
    return Agreement(len(reference), len(found), len(paired(reference, found, NEAR * diameter_px)))


def paired(one: Points, other: Points, near: float) -> NDArray[np.intp]:
    """(k, 2): which places of two sets belong together, the nearest first, each once.

    None are further apart than `near`. Places that are nearest to one another pair first, and at once, as no nearer
    pair can take them; a few are left to be decided one by one.
    """
    if not len(one) or not len(other):
        return np.empty((0, 2), np.intp)
    found = cKDTree(one).sparse_distance_matrix(cKDTree(other), near, output_type="ndarray")
    found = found[np.lexsort((found["j"], found["i"], found["v"]))]
    i, j = found["i"], found["j"]
    mutual = _firsts(i, len(one)) & _firsts(j, len(other))
    left, right = np.ones(len(one), bool), np.ones(len(other), bool)
    left[i[mutual]], right[j[mutual]] = False, False
    rest, pairs = left[i] & right[j], []
    for a, b in zip(i[rest].tolist(), j[rest].tolist(), strict=True):
        if left[a] and right[b]:
            left[a] = right[b] = False
            pairs.append((a, b))
    return np.concatenate([np.column_stack([i[mutual], j[mutual]]), np.array(pairs, np.intp).reshape(-1, 2)])


def _firsts(numbers: NDArray[np.intp], count: int) -> Flags:
    """(n,): which of the numbers, all below `count`, come for the first time."""
    places = np.arange(len(numbers))
    first = np.empty(count, np.intp)
    first[numbers[::-1]] = places[::-1]  # of equal numbers the last one is kept
    firsts: Flags = first[numbers] == places
    return firsts


def _point(curve: Curve, picks: int, threshold: float) -> Point:
    if not picks:
        return Point(threshold, 0, 0.0, 0.0, 0.0)
    last = picks - 1
    return Point(threshold, picks, float(curve.precision[last]), float(curve.recall[last]), float(curve.f1[last]))


def _f1(precision: Floats, recall: Floats) -> Floats:
    return 2 * precision * recall / np.maximum(precision + recall, 1e-9)
