"""Doubled picks: places so near to one another that they are the same particle, found twice."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from picking.science.formats.coordinates import Coordinates
from picking.science.picks import Points

NEAR = 0.1
"""Two places nearer than this many particle diameters are doubled; neighbours overlap less."""

_MANY = 20
"""Pairs a place: then whole heaps lie on one another."""


def doubled(coordinates: Coordinates, near: float) -> NDArray[np.bool_]:
    """(n,): which particles lie nearer than `near` pixels to one with a better score, or an equal one before it.

    Best first; those that are doubled themselves do not count. Particles without a score come last.
    """
    xy = coordinates.xy
    if len(xy) < 2 or near <= 0:
        return np.zeros(len(xy), bool)
    order = np.argsort(-np.nan_to_num(coordinates.particle_score, nan=-np.inf), kind="stable")
    twice = np.zeros(len(xy), bool)
    tree = cKDTree(xy)
    if tree.count_neighbors(tree, near) > (1 + 2 * _MANY) * len(xy):
        twice = _not_the_best_of_its_cell(xy, order, near)
        order = order[~twice[order]]
        tree = cKDTree(xy[order])
        pairs = order[tree.query_pairs(near, output_type="ndarray")]
    else:
        pairs = tree.query_pairs(near, output_type="ndarray")
    rank = np.empty(len(xy), np.intp)
    rank[order] = np.arange(len(order))
    swapped = rank[pairs[:, 0]] > rank[pairs[:, 1]]
    pairs[swapped] = pairs[swapped, ::-1]
    for better, worse in pairs[np.argsort(rank[pairs[:, 0]], kind="stable")].tolist():
        if not twice[better]:
            twice[worse] = True
    return twice


def merged(coordinates: Coordinates, near: float) -> Coordinates:
    """Of particles nearer than `near` pixels to one another, the one with the best score."""
    return coordinates.chosen(~doubled(coordinates, near))


def _not_the_best_of_its_cell(xy: Points, order: NDArray[np.intp], near: float) -> NDArray[np.bool_]:
    """All places of a cell are near one another: without this, heaps would have pairs beyond number."""
    cells = np.floor(xy[order] / (near / np.sqrt(2)))
    _, first = np.unique(cells, axis=0, return_index=True)
    twice = np.ones(len(xy), bool)
    twice[order[first]] = False
    return twice
