"""From a score map to places: local peaks, the best first, none too near a better one."""

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from torch import Tensor
from torch.nn import functional

CELLS_A_PEAK = 8
"""At most one peak per this many cells of the map: twice as many as there is room for at half a diameter."""


def peaks(scores: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The highest peaks of a map (ny, nx): cells that no neighbour exceeds, best first.

    Returns their cells (n, 2) as row, column, their places (n, 2) as x, y in cells, refined by a parabola along each
    axis, and their heights (n,). n depends on the map's size alone, so that a graphics card never waits for an answer;
    what fills it up has height -inf.
    """
    highest = functional.max_pool2d(scores[None], 3, 1, 1)[0]
    heights = torch.where(scores == highest, scores, -torch.inf).flatten()
    heights, index = heights.topk(-(-len(heights) // CELLS_A_PEAK))
    cells = torch.stack([index // scores.shape[1], index % scores.shape[1]], 1)
    y, x = (cells[:, axis] + _parabola(scores, cells, axis) for axis in (0, 1))
    return cells, torch.stack([x, y], 1), heights


def suppress(places: NDArray[np.floating], distance: float) -> NDArray[np.intp]:
    """Indices of the places (n, 2), best first, without those nearer than `distance` to a better one that is kept."""
    dropped = np.zeros(len(places), bool)
    if len(places):
        near = cKDTree(places).query_pairs(distance, output_type="ndarray")
        for better, worse in near[np.lexsort((near[:, 1], near[:, 0]))].tolist():
            dropped[worse] |= not dropped[better]
    return np.flatnonzero(~dropped)


def _parabola(scores: Tensor, cells: Tensor, axis: int) -> Tensor:
    """Offset (n,) of the top of the parabola through a peak and its two neighbours; 0 at the map's border."""
    last = scores.shape[axis] - 1
    step = torch.zeros_like(cells)
    step[:, axis] = 1
    inner = (cells[:, axis] > 0) & (cells[:, axis] < last)
    before, after = cells - step, cells + step
    before[:, axis].clamp_(min=0)
    after[:, axis].clamp_(max=last)
    low, middle, high = (scores[c[:, 0], c[:, 1]] for c in (before, cells, after))
    bend = low - 2 * middle + high
    offset = torch.where(inner & (bend < 0), 0.5 * (low - high) / bend.clamp(max=-1e-6), 0.0)
    return offset.clamp(-0.5, 0.5)
