"""What the networks are to say of every cell of a simulated scene."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from picking.science.nets.model.windows import STRIDE
from picking.science.nets.pretraining.scenes import Floats, Scene

SPREAD = 2.0
"""Sigma of the target around a particle, in input pixels, an eighth of a diameter."""
NEAR = 0.5
"""How far, in diameters, places belong to a particle."""


@dataclass(frozen=True)
class Targets:
    """Maps of the cells (ny, nx); cell i lies at STRIDE * i + 0.5 input pixels.

    particle: uint8, 255 at the centre of a particle, a Gaussian around it. near: what belongs to a particle and to
    no contamination. dirt: contamination; pair: particles on top of one another.
    """

    particle: NDArray[np.uint8]
    near: NDArray[np.bool_]
    dirt: NDArray[np.bool_]
    pair: NDArray[np.bool_]


def targets_of(scene: Scene) -> Targets:
    """The truth of every cell. Particles that contamination of a superimposed scene hides are none."""
    ny, nx = (n // STRIDE for n in scene.image.pixels.shape)
    diameter = scene.image.diameter
    dirt, pair = _discs((ny, nx), scene.spots), _discs((ny, nx), scene.overlapping)
    squared = np.full((ny, nx), np.inf, np.float32)
    for x, y in scene.particles.tolist():
        rows, columns, away = _around((ny, nx), x, y, diameter)
        squared[rows, columns] = np.minimum(squared[rows, columns], away)
    particle = np.rint(255 * np.exp(-0.5 * squared / SPREAD**2))
    near = (squared < (NEAR * diameter) ** 2) & ~dirt
    return Targets(np.where(dirt, 0, particle).astype(np.uint8), near, dirt, pair & ~dirt)


def _discs(shape: tuple[int, int], spots: Floats) -> NDArray[np.bool_]:
    """Which cells lie within the radius of a spot."""
    within = np.zeros(shape, bool)
    for x, y, radius in spots.tolist():
        rows, columns, away = _around(shape, x, y, radius)
        within[rows, columns] |= away < radius**2
    return within


def _around(shape: tuple[int, int], x: float, y: float, reach: float) -> tuple[slice, slice, NDArray[np.float32]]:
    """The cells in reach of a place, and their squared distances from it in input pixels."""
    lines, slices = [], []
    for place, cells in ((y, shape[0]), (x, shape[1])):
        middle = (place - 0.5) / STRIDE
        first, last = max(0, int(middle - reach / STRIDE)), min(cells, int(middle + reach / STRIDE) + 2)
        slices.append(slice(first, max(first, last)))
        lines.append(STRIDE * np.arange(first, max(first, last)) + 0.5 - place)
    return slices[0], slices[1], np.asarray(lines[0][:, None] ** 2 + lines[1] ** 2, np.float32)
