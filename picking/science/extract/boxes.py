"""Boxes cut out of a micrograph.

As `extractParticlesFromOneMicrograph` of RELION's preprocessing.cpp does it:
- the decimals of a coordinate are cut off, not rounded: a particle at 10.9 is in the box around pixel 10. What is lost,
  up to a pixel, is written nowhere; refinement finds it. The STAR file keeps the coordinate as it was;
- that pixel is pixel size // 2 of the box, counted from 0, so an even box reaches one pixel farther to the left;
- a box partly outside repeats the nearest pixels of the border: lines, rather than zeros;
- a box wholly outside ends RELION's job. Here it is left out, and `touching` says which.
"""

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.micrograph import Pixels

Boxes = NDArray[np.float32]
"""(m, size, size): m particles, row 0 first."""

Corners = NDArray[np.int64]
"""(n, 2): x and y of the first pixel of each box, which may be negative."""


def corners_of(xy: NDArray[np.float64], box: int) -> Corners:
    """From particle centres (n, 2), x and y in pixels."""
    return np.trunc(xy).astype(np.int64) - box // 2


def touching(corners: Corners, shape: tuple[int, int], box: int) -> NDArray[np.bool_]:
    """(n,): whether some of a box lies in an image of `shape` (ny, nx)."""
    along_each = (corners + box > 0) & (corners < shape[::-1])
    return np.asarray(along_each.all(axis=1))


def cut(pixels: Pixels, corners: Corners, box: int) -> Boxes:
    """(m, box, box) out of (ny, nx). Every box must touch the image."""
    ny, nx = pixels.shape
    boxes = np.empty((len(corners), box, box), np.float32)
    for each, (x, y) in zip(boxes, corners.tolist(), strict=True):
        if x >= 0 and y >= 0 and x + box <= nx and y + box <= ny:
            each[:] = pixels[y : y + box, x : x + box]
        else:
            rows, columns = (np.arange(start, start + box).clip(0, end - 1) for start, end in ((y, ny), (x, nx)))
            each[:] = pixels[np.ix_(rows, columns)]
    return boxes
