"""Small scenes with planted truth."""

import numpy as np

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.pretraining.scenes import Floats, Scene
from picking.science.picks import Points

DIAMETER = 16.0


def planted(
    particles: list[tuple[float, float]],
    spots: list[tuple[float, float, float]] | None = None,
    overlapping: list[tuple[float, float, float]] | None = None,
    shape: tuple[int, int] = (120, 160),
    seed: int = 0,
) -> Scene:
    """Dark discs in noise at the particles."""
    places: Points = np.reshape(np.array(particles, np.float64), (-1, 2))
    ny, nx = shape
    pixels = np.random.default_rng(seed).normal(0, 0.5, shape).astype(np.float32)
    rows, columns = np.mgrid[:ny, :nx]
    for x, y in places:
        pixels[np.hypot(columns - x, rows - y) < DIAMETER / 2] -= 2
    return Scene(NetworkInput(pixels, nx, ny, 0, 0, nx, ny, DIAMETER), places, _rows(spots), _rows(overlapping))


def _rows(spots: list[tuple[float, float, float]] | None) -> Floats:
    return np.reshape(np.array(spots or [], np.float64), (-1, 3))
