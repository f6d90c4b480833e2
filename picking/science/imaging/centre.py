"""The local centre: the middle of the blob in a person's box.

The blob is what stands out from the box's surroundings, darker or brighter, once noise is smoothed away. Its centre of
mass within one particle diameter is computed repeatedly around the last one (mean shift), so that the same click gives
the same place, and a click at that place changes nothing.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from picking.science.picks import Points, as_points

LEAST_DIAMETER = 24.0
"""The coarsest pyramid level on which a particle has this many pixels is accurate enough, and fast."""
SMOOTHING = 1 / 12
"""Sigma of the smoothing, in diameters."""
ROUNDS = 25
STILL = 0.02
"""A step shorter than this, in pixels of the level, ends the search."""


def level_for(diameter: float, levels: int) -> int:
    """The pyramid level to look at for a particle of `diameter` full-resolution pixels."""
    level = 0
    while level + 1 < levels and diameter / 2 ** (level + 1) >= LEAST_DIAMETER:
        level += 1
    return level


def local_centres(pixels: NDArray[np.uint8], level: int, points: Points, diameter: float, particles: Points) -> Points:
    """(n, 2): the local centre of each of `points`, at most half a diameter away from it along each axis.

    pixels: (ny, nx) of a pyramid level. Points and diameter in full-resolution pixels. Whether blobs are dark or bright
    is decided by `particles` (people's labels) as a whole; without any, for each point separately.
    """
    scale = 2**level
    size = diameter / scale
    at, known = (as_points(points) + 0.5) / scale - 0.5, (as_points(particles) + 0.5) / scale - 0.5
    common = sum(_contrast(_patch(pixels, x, y, size), size) for x, y in known.tolist())
    found = [_centre(pixels, x, y, size, common) for x, y in at.tolist()]
    centres: Points = (as_points(found) + 0.5) * scale - 0.5
    return centres


Patch = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]
"""Grey values smoothed, x and y of each relative to the point."""


def _patch(pixels: NDArray[np.uint8], x: float, y: float, size: float) -> Patch:
    """The surroundings of a point, two diameters wide, clipped to the image."""
    reach = int(np.ceil(size)) + 1
    column, row = round(x), round(y)
    left, top = max(0, column - reach), max(0, row - reach)
    grey = pixels[top : row + reach + 1, left : column + reach + 1].astype(np.float64)
    smooth = gaussian_filter(grey, size * SMOOTHING, mode="nearest")
    ny, nx = smooth.shape
    dx, dy = np.meshgrid(np.arange(nx) + (left - x), np.arange(ny) + (top - y))
    return smooth, dx, dy


def _contrast(patch: Patch, size: float) -> float:
    """How much brighter the middle is than what is around it."""
    grey, dx, dy = patch
    away = np.hypot(dx, dy)
    middle, around = grey[away <= size / 4], grey[(away > size / 2) & (away <= size)]
    return float(middle.mean() - np.median(around)) if middle.size and around.size else 0.0


def _centre(pixels: NDArray[np.uint8], x: float, y: float, size: float, common: float) -> tuple[float, float]:
    grey, dx, dy = patch = _patch(pixels, x, y, size)
    sign = 1.0 if (common or _contrast(patch, size)) > 0 else -1.0
    weight = np.clip(sign * (grey - np.median(grey)), 0, None)
    cx = cy = 0.0
    for _ in range(ROUNDS):
        near = weight * (np.hypot(dx - cx, dy - cy) <= size / 2)
        if (total := near.sum()) <= 0:
            return x, y
        nx, ny = float((near * dx).sum() / total), float((near * dy).sum() / total)
        nx, ny = (min(max(each, -size / 2), size / 2) for each in (nx, ny))
        still = np.hypot(nx - cx, ny - cy) < STILL
        cx, cy = nx, ny
        if still:
            break
    return x + cx, y + cy
