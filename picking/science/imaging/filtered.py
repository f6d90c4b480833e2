"""Low-pass and high-pass of what people look at, cut from the pyramid tile by tile.

Both are Gaussian, with half the amplitude left at the wavelength they are called by. A low-pass needs no more pixels
than the detail it leaves: it is computed on the level where its Gaussian is one to two pixels wide, and enlarged. So a
tile takes a few milliseconds, whatever the filter. Only what is shown is filtered: the networks and their input know
nothing of it.
"""

from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache, cached
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter

from picking.science.imaging.pyramid import Pyramid

SIGMA = float(np.sqrt(2 * np.log(2)) / (2 * np.pi))
"""Standard deviation of a Gaussian that halves the amplitude of a wave, in wavelengths."""

Box = tuple[int, int, int, int]
"""left, top, right, bottom in pixels of a level; right and bottom exclusive."""

_TRUNCATE = 3.0
_STRETCH = (0.5, 99.5)
_SAMPLES = 3
_SAMPLE = 192
_KEPT_BYTES = 96 * 1024**2
"""For backgrounds, and the same again for averages: those of twenty micrographs, or of one with the shortest waves."""
_ENLARGING = 3
"""Pixels around a part that its enlargement needs."""


@dataclass(frozen=True)
class BandPass:
    """The shortest and the longest wave that is left, in pixels of the full resolution; None where all are."""

    low_pass: float | None
    high_pass: float | None


def filtered_tile(pyramid: Pyramid, band: BandPass, level: int, box: Box) -> NDArray[np.uint8]:
    """The part `box` of a level, filtered and stretched as the pyramid's levels are: uint8 (ny, nx)."""
    working = _working_level(pyramid, band, level)
    ny, nx = pyramid.shapes[working]
    scale = 2 ** (working - level)
    left, top, right, bottom = (edge / scale for edge in box)
    part = (
        max(0, int(left) - _ENLARGING),
        max(0, int(top) - _ENLARGING),
        min(nx, int(np.ceil(right)) + _ENLARGING),
        min(ny, int(np.ceil(bottom)) + _ENLARGING),
    )
    low, high = _limits(pyramid, band, working)
    grey = (_filtered(pyramid, band, working, part) - np.float32(low)) * np.float32(255 / max(high - low, 1e-6))
    place = (left - part[0], top - part[1], right - part[0], bottom - part[1])
    return to_greys(resampled(grey, (box[2] - box[0], box[3] - box[1]), place))


def resampled(
    image: NDArray[np.float32], size: tuple[int, int], place: tuple[float, float, float, float]
) -> NDArray[np.float32]:
    """The part `place` (left, top, right, bottom, edges of pixels) of an image at `size` (width, height)."""
    ny, nx = image.shape
    within = (max(0.0, place[0]), max(0.0, place[1]), min(float(nx), place[2]), min(float(ny), place[3]))
    return np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BICUBIC, within))


def to_greys(image: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rounds to 0 to 255."""
    return np.asarray(np.clip(image + np.float32(0.5), 0, 255), np.uint8)


def low_passed(pixels: NDArray[np.uint8], sigma: float, box: Box) -> NDArray[np.float32]:
    """The part `box` of an image (ny, nx) after a Gaussian of `sigma` pixels, computed with the pixels around it."""
    left, top, right, bottom = box
    margin = int(np.ceil(_TRUNCATE * sigma)) + 1
    y, x = max(0, top - margin), max(0, left - margin)
    around = pixels[y : bottom + margin, x : right + margin].astype(np.float32)
    smooth = gaussian_filter(around, sigma, mode="nearest", truncate=_TRUNCATE)
    return np.asarray(smooth[top - y : bottom - y, left - x : right - x])


def _working_level(pyramid: Pyramid, band: BandPass, level: int) -> int:
    if band.low_pass is None:
        return level
    coarse_enough = int(np.floor(np.log2(max(1.0, SIGMA * band.low_pass))))
    return max(level, min(coarse_enough, len(pyramid.shapes) - 1))


def _filtered(pyramid: Pyramid, band: BandPass, level: int, box: Box) -> NDArray[np.float32]:
    """The part `box` of a level after both filters, float32 (ny, nx), in the level's greys."""
    left, top, right, bottom = box
    pixels = pyramid.level(level)
    if band.low_pass is None:
        image = pixels[top:bottom, left:right].astype(np.float32)
    else:
        image = low_passed(pixels, SIGMA * band.low_pass / 2**level, box)
    if band.high_pass is not None:
        image = image - _background(pyramid, band.high_pass, level, box)
    return image


def _background(pyramid: Pyramid, high_pass: float, level: int, box: Box) -> NDArray[np.float32]:
    """The long waves of a part of a level."""
    sigma = SIGMA * high_pass / 2**level
    block = 2 ** max(1, int(np.log2(max(1.0, sigma / 2))))
    background = _smooth(pyramid, level, block, sigma / block)
    left, top, right, bottom = (edge / block for edge in box)
    return resampled(background, (box[2] - box[0], box[3] - box[1]), (left, top, right, bottom))


@cached(LRUCache[Any, NDArray[np.float32]](_KEPT_BYTES, attrgetter("nbytes")), lock=Lock())
def _smooth(pyramid: Pyramid, level: int, block: int, sigma: float) -> NDArray[np.float32]:
    """A level averaged over blocks of pixels and smoothed; sigma in blocks."""
    return np.asarray(gaussian_filter(_averaged(pyramid, level, block), sigma, mode="nearest"), np.float32)


@cached(LRUCache[Any, NDArray[np.float32]](_KEPT_BYTES, attrgetter("nbytes")), lock=Lock())
def _averaged(pyramid: Pyramid, level: int, block: int) -> NDArray[np.float32]:
    """The means of blocks of a level; blocks that hang over the right and lower edge take their neighbour's."""
    pixels = pyramid.level(level)
    ny, nx = (max(1, n // block) for n in pixels.shape)
    whole = pixels[: ny * block, : nx * block]
    rows = whole.reshape(ny, -1, whole.shape[1]).mean(axis=1, dtype=np.float32)
    means = rows.reshape(ny, nx, -1).mean(axis=2, dtype=np.float32)
    over = [(0, int(n % block > 0 and n > block)) for n in pixels.shape]
    return np.pad(means, over, mode="edge")


@lru_cache(maxsize=64)
def _limits(pyramid: Pyramid, band: BandPass, level: int) -> tuple[float, float]:
    """The percentiles that become black and white, from samples of the whole level: the same for every tile."""
    ny, nx = pyramid.shapes[level]
    parts = []
    for top in np.linspace(0, max(0, ny - _SAMPLE), _SAMPLES, dtype=int).tolist():
        for left in np.linspace(0, max(0, nx - _SAMPLE), _SAMPLES, dtype=int).tolist():
            box = (left, top, min(nx, left + _SAMPLE), min(ny, top + _SAMPLE))
            parts.append(_filtered(pyramid, band, level, box).ravel())
    low, high = np.percentile(np.concatenate(parts), _STRETCH)
    return float(low), float(high)
