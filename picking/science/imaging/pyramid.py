"""The picture pyramid that tiles are cut from: one memory-mapped file of 8-bit levels.

Level 0 is the full resolution, each further level the area average of 2 x 2 pixels of the one before, down to
a longer side of at most 512. Each level is stretched by its own 0.5 and 99.5 percentiles: noise averages out towards
the coarser levels, so a common stretch would leave the small ones flat grey. The file holds the levels one after
another, row-major uint8, no header; the shapes follow from the micrograph's.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.micrograph import Pixels

COARSEST = 512
"""Pixels along the longer side of the last level, at most."""

_STRETCH = (0.5, 99.5)
_SAMPLED = 1 << 20
_ROWS = 512
_SAME = 2.0
"""Greys of 255 by which a picture of the same pixels may differ; that of another micrograph differs by some sixty."""


def level_shapes(width: int, height: int) -> list[tuple[int, int]]:
    """(ny, nx) of every level, the full resolution first; odd sides are halved upwards."""
    shapes = [(height, width)]
    while max(shapes[-1]) > COARSEST:
        ny, nx = shapes[-1]
        shapes.append(((ny + 1) // 2, (nx + 1) // 2))
    return shapes


def write_pyramid(pixels: Pixels, path: Path) -> None:
    """Write all levels of a micrograph (ny, nx) to `path`."""
    ny, nx = pixels.shape
    with path.open("wb") as file:
        for level in range(len(level_shapes(nx, ny))):
            if level:
                pixels = _halved(pixels)
            low, high = _limits(pixels)
            for top in range(0, len(pixels), _ROWS):
                file.write(_stretched(pixels[top : top + _ROWS], low, high).tobytes())


@dataclass(frozen=True)
class Pyramid:
    """The pyramid in a file of a micrograph that is `width` × `height`. Two of the same file are equal."""

    path: Path
    width: int
    height: int

    @property
    def shapes(self) -> list[tuple[int, int]]:
        return level_shapes(self.width, self.height)

    def level(self, level: int) -> NDArray[np.uint8]:
        return open_level(self.path, self.width, self.height, level)


def shows(path: Path, pixels: Pixels) -> bool:
    """Whether the pyramid in `path` is of these pixels (ny, nx): by a regular sample of about a million of them."""
    step = max(1, int(np.sqrt(pixels.size / _SAMPLED)))
    ny, nx = pixels.shape
    there = open_level(path, nx, ny, 0)[::step, ::step]
    meant = _stretched(pixels[::step, ::step], *_limits(pixels))
    return float(np.abs(there.astype(np.int16) - meant).mean()) < _SAME


def open_level(path: Path, width: int, height: int, level: int) -> NDArray[np.uint8]:
    """One level, uint8 (ny, nx), mapped read-only. Raises IndexError for a level that does not exist."""
    shapes = level_shapes(width, height)
    if not 0 <= level < len(shapes):
        raise IndexError(f"level {level} of {len(shapes)}")
    offset = sum(ny * nx for ny, nx in shapes[:level])
    return np.memmap(path, np.uint8, "r", offset, shapes[level])


def _halved(pixels: Pixels) -> Pixels:
    """Mean of 2 x 2 pixels; a last odd row or column is averaged with itself."""
    odd_rows, odd_columns = pixels.shape[0] % 2, pixels.shape[1] % 2
    if odd_rows or odd_columns:
        pixels = np.pad(pixels, ((0, odd_rows), (0, odd_columns)), mode="edge")
    pairs = pixels[0::2] + pixels[1::2]
    halves: Pixels = (pairs[:, 0::2] + pairs[:, 1::2]) * np.float32(0.25)
    return halves


def _limits(pixels: Pixels) -> tuple[float, float]:
    """The stretch's percentiles, from a regular sample of about a million pixels."""
    step = max(1, int(np.sqrt(pixels.size / _SAMPLED)))
    low, high = np.percentile(pixels[::step, ::step], _STRETCH)
    return float(low), float(high)


def _stretched(pixels: Pixels, low: float, high: float) -> NDArray[np.uint8]:
    grey = (pixels - np.float32(low)) * np.float32(255 / max(high - low, 1e-12)) + np.float32(0.5)
    return np.clip(grey, 0, 255, out=grey).astype(np.uint8)
