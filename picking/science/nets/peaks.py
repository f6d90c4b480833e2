"""From a score map to places: local tops, the best first, none too near a better one."""

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from torch import Tensor
from torch.nn import functional

APART = 0.5
"""Picks are at least so many diameters apart, as in EMAN2's picker (Chen et al. 2019)."""

Places = NDArray[np.float64]


def peaks(scores: Tensor, distance: float, floor: float) -> tuple[Tensor, Places]:
    """Return the tops of a map (ny, nx) that reach `floor` and are `distance` cells from every better one, best first.

    Returns the cells (n, 2) as row, column, and their places (n, 2) as x, y in cells, refined by a parabola along
    each axis.
    """
    highest = functional.max_pool2d(scores[None], 3, 1, 1)[0]
    cells = torch.nonzero((scores == highest) & (scores >= floor))
    order = torch.argsort(scores[cells[:, 0], cells[:, 1]], descending=True, stable=True)
    cells = cells[order]
    y, x = (cells[:, axis] + _parabola(scores, cells, axis) for axis in (0, 1))
    places = torch.stack([x, y], 1).cpu().numpy().astype(np.float64)
    kept = _apart(places, distance)
    return cells[torch.from_numpy(kept).to(cells.device)], places[kept]


def _apart(places: Places, distance: float) -> NDArray[np.intp]:
    """Indices of the places (n, 2), best first, without those near a better one that is kept."""
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
