"""Normalisation by the background, all that lies outside a circle around the particle.

As `normalise`, `subtractBackgroundRamp`, `calculateBackgroundAvgStddev` and `removeDust` of RELION's image.cpp: a pixel
at (j, i) from the centre, which is pixel size // 2, is background if i² + j² > radius². Dust goes first; then the plane
through the background by least squares is subtracted; then its mean, and everything is divided by its standard
deviation, over n rather than n - 1. An image whose background has one value is not divided.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from picking.science.extract.boxes import Boxes
from picking.science.extract.settings import ExtractSettings

_FLAT = 1e-6
"""A standard deviation below this part of the mean is rounding: there is nothing to divide by."""

Flat = NDArray[np.float32]
"""(m, size²): images as lines of pixels."""

Weights = NDArray[np.float32]
"""(size²,): what each pixel contributes to the mean of the background; together 1."""


def normalise(boxes: Boxes, settings: ExtractSettings, noise: np.random.Generator) -> None:
    """In place. `noise` gives the values that replace dust."""
    size, radius = boxes.shape[-1], settings.background_radius
    flat = boxes.reshape(len(boxes), -1)
    offset = flat.mean(axis=1, keepdims=True)
    flat -= offset  # large values would lose digits in what follows, which does not depend on it
    seen = _background(size, radius).ravel().astype(np.float32)
    weights = seen / seen.sum()
    if settings.white_dust or settings.black_dust:
        _remove_dust(flat, weights, settings, noise)
    if settings.ramp:
        plane, solve = _plane(size, radius)
        flat -= (flat @ solve) @ plane
    mean, deviation = _statistics(flat, weights)
    level = deviation <= np.maximum(1e-10, _FLAT * np.abs(offset))
    flat -= np.where(level, 0, mean)
    flat /= np.where(level, 1, deviation)
    if not settings.ramp:
        flat += np.where(level, offset, 0)


def _statistics(flat: Flat, weights: Weights) -> tuple[Flat, Flat]:
    """Mean and standard deviation of each background, (m, 1)."""
    mean = flat @ weights
    return mean[:, None], np.sqrt((flat - mean[:, None]) ** 2 @ weights)[:, None]


def _remove_dust(flat: Flat, weights: Weights, settings: ExtractSettings, noise: np.random.Generator) -> None:
    mean, deviation = _statistics(flat, weights)
    for limit, above in ((settings.white_dust, flat - mean), (settings.black_dust, mean - flat)):
        if limit:
            rows, columns = np.nonzero(above > limit * deviation)
            flat[rows, columns] = noise.normal(mean[rows, 0], deviation[rows, 0])


@lru_cache(maxsize=2)
def _background(size: int, radius: int) -> NDArray[np.bool_]:
    """(size, size)"""
    i, j = np.ogrid[-(size // 2) : size - size // 2, -(size // 2) : size - size // 2]
    return np.asarray(i**2 + j**2 > radius**2)


@lru_cache(maxsize=2)
def _plane(size: int, radius: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The planes x, y and 1, (3, size²), and what gives their heights for an image, (size², 3), zero in the circle."""
    y, x = np.mgrid[:size, :size] / size - 0.5  # near 1: the fit is well conditioned
    plane = np.stack([x.ravel(), y.ravel(), np.ones(size * size)])
    seen = plane * _background(size, radius).ravel()
    return plane.astype(np.float32), np.linalg.pinv(seen).astype(np.float32)
