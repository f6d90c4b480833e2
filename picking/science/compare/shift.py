"""Whether one set of picks is the other, shifted as a whole or upside down: what a wrong convention does to a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from picking.science.picks import Points

REACH = 1.25
"""Diameters: shifts up to it are looked for in x and y. Half of the usual box of 1.5 diameters is 0.75."""

_CELL = 0.05
"""Diameters along a cell of the histogram of differences."""

_LEAST = 0.05
"""Diameters: a smaller shift is the scatter of picking."""

_ENOUGH = 12
"""Pairs at least."""

_SHARE = 0.25
"""Of the smaller set: as many pairs have to lie at the shift, three times as many as by chance."""

MOST = 200
"""Micrographs, evenly chosen, tell it."""

Both = tuple[Points, Points, int, float]
"""First, second, height of the image, diameter in pixels."""


@dataclass(frozen=True)
class Shift:
    """The second set lies (x, y) pixels from the first; `flipped`: after its rows are counted from the other end."""

    x: float
    y: float
    diameter_px: float
    flipped: bool = False

    def sentence(self, names: tuple[str, str], pixel_size: float) -> str:
        """What it probably means, for people."""
        first, second = names
        if self.flipped:
            return f"{second} fits {first} upside down: import it again with “Flip y”."
        there = f"{second} is shifted by ({self.x:+.0f}, {self.y:+.0f}) px"
        if pixel_size:
            there += f" or ({self.x * pixel_size:+.0f}, {self.y * pixel_size:+.0f}) Å"
        if abs(abs(self.x) - abs(self.y)) < 0.05 * self.diameter_px + 1 and abs(self.x) > 0.25 * self.diameter_px:
            corners = "corners of boxes were taken for centres, or centres for corners"
            return f"{there} from {first}: half of a {abs(self.x) + abs(self.y):.0f} px box. Probably {corners}."
        return f"{there} from {first}."


def shift_of(micrographs: Iterable[Both]) -> Shift | None:
    """None where the sets lie on one another, or have nothing in common."""
    every = [each for each in micrographs if len(each[0]) and len(each[1])]
    every = every[:: -(-len(every) // MOST) or 1]
    if not every:
        return None
    upright = _peak(every)
    turned = _peak([(a, b * (1, -1) + (0, height - 1), height, diameter) for a, b, height, diameter in every])
    if turned and (not upright or turned[1] > 2 * upright[1]):
        return Shift(0.0, 0.0, every[0][3], flipped=True)
    if not upright or np.hypot(*upright[0]) < _LEAST:
        return None
    diameter = float(np.median([each[3] for each in every]))
    x, y = (upright[0] * diameter).tolist()
    return Shift(x, y, diameter)


def _peak(micrographs: Sequence[Both]) -> tuple[NDArray[np.float64], int] | None:
    """The difference that most pairs share, in diameters, and how many these are; None if they are few."""
    differences = np.concatenate([_differences(a, b, diameter) for a, b, _, diameter in micrographs])
    if len(differences) < _ENOUGH:
        return None
    edges = np.arange(-REACH, REACH + _CELL / 2, _CELL)
    counts, _, _ = np.histogram2d(differences[:, 0], differences[:, 1], bins=[edges, edges])
    smooth = gaussian_filter(counts, 1.5, mode="constant")
    at = np.array(np.unravel_index(int(smooth.argmax()), smooth.shape))
    peak = edges[at] + _CELL / 2
    near = differences[np.hypot(*(differences - peak).T) < 3 * _CELL]
    by_chance = len(differences) * np.pi * (3 * _CELL) ** 2 / (2 * REACH) ** 2
    smaller = min(sum(len(a) for a, *_ in micrographs), sum(len(b) for _, b, *_ in micrographs))
    if len(near) < max(_ENOUGH, _SHARE * smaller, 3 * by_chance):
        return None
    middle: NDArray[np.float64] = np.median(near, axis=0)
    return middle, len(near)


def _differences(first: Points, second: Points, diameter: float) -> NDArray[np.float64]:
    """(k, 2): second minus first in diameters, of all pairs within reach in x and y."""
    tree, other = cKDTree(first / diameter), cKDTree(second / diameter)
    pairs = tree.sparse_distance_matrix(other, REACH, p=np.inf, output_type="ndarray")
    differences: NDArray[np.float64] = (second[pairs["j"]] - first[pairs["i"]]) / diameter
    return differences
