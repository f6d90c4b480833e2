"""From a score map to places: the cells that are highest within half a particle's diameter."""

import torch
from torch import Tensor
from torch.nn import functional

APART = 0.5
"""Picks are at least about so many diameters apart, as in EMAN2's picker (Chen et al. 2019)."""


def peaks(scores: Tensor, distance: float, floor: float) -> tuple[Tensor, Tensor]:
    """Return the peaks of a map (ny, nx) that reach `floor`, best first.

    distance: how far around itself, in cells, a peak is the highest. Returns the cells (n, 2) as row, column, and
    their places (n, 2) as x, y in cells, refined by a parabola along each axis.
    """
    reach = max(1, round(distance))
    highest = functional.max_pool2d(scores[None], 2 * reach + 1, 1, reach)[0]
    cells = torch.nonzero((scores == highest) & (scores >= floor))
    values = scores[cells[:, 0], cells[:, 1]]
    cells = cells[torch.argsort(values, descending=True, stable=True)]
    y, x = (cells[:, axis] + _parabola(scores, cells, axis) for axis in (0, 1))
    return cells, torch.stack([x, y], 1)


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
