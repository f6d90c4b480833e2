"""Tiles of simulated micrographs, and what the networks should answer at each of their cells.

All of a simulated micrograph is known, so every cell of a tile teaches, not only those around labels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from picking.science.imaging.network_input import normalised
from picking.science.nets.training.scenes import Floats, Random, Scene

T = TypeVar("T")

FAR = 99.0
"""Input pixels: the distance of places with no particle near them."""
LEAST_SPOT = 3.0
"""Input pixels: no contamination is taken to be smaller."""


@dataclass(frozen=True)
class TileSettings:
    """How tiles differ from the micrographs that they are cut from. Lengths in input pixels.

    overlaid: this part of the tiles is the sum of two, as if two layers of ice lay on one another: real particles
    overlap. grain: coarse noise of up to so many standard deviations of all else is added, with grains of `grains`:
    real ice is coarser than the simulation's. blurred: this part of the micrographs is also seen through a blur of
    `blurs`: in real micrographs hardly any noise is left beyond a fifth of a cycle per input pixel. contrast, noise: as
    in Recipe.
    """

    overlaid: float = 0.5
    grain: float = 2.0
    grains: tuple[float, float] = (1.0, 3.0)
    blurred: float = 0.6
    blurs: tuple[float, float] = (0.4, 1.6)
    contrast: float = 0.25
    noise: float = 0.15
    clamp: float = 6.0


@dataclass(frozen=True)
class Ground:
    """A micrograph, or a tile of one, (ny, nx), and its truth. Truth is that of the places half a pixel right of and below a pixel.

    away: input pixels to the nearest particle. dirty: on contamination; unsure: on particles that overlap.
    """

    pixels: NDArray[np.float32]
    away: NDArray[np.float32]
    dirty: NDArray[np.bool_]
    unsure: NDArray[np.bool_]


def grounds(scenes: Sequence[Scene], settings: TileSettings, random: Random) -> list[Ground]:
    """Each of the scenes, and some of them again, blurred."""
    sharp = [_ground(one) for one in scenes]
    seen_again = [one for one in sharp if random.random() < settings.blurred]
    return sharp + [_blurred(one, random.uniform(*settings.blurs), settings.clamp) for one in seen_again]


def tile(
    every: Sequence[Ground], grain: Sequence[NDArray[np.float32]], side: int, settings: TileSettings, random: Random
) -> Ground:
    """One random tile, turned and mirrored. grain: noise of standard deviation 1, larger than a tile."""
    one = _cut(_any(every, random), side, random)
    pixels, variance = one.pixels, 1.0
    if random.random() < settings.overlaid:
        other = _cut(_any(every, random), side, random)
        one = Ground(pixels, np.minimum(one.away, other.away), one.dirty | other.dirty, one.unsure | other.unsure)
        pixels, variance = pixels + other.pixels, 2.0
    strength = random.uniform(0, settings.grain)
    noise = _any(grain, random)
    y, x = random.integers(len(noise) - side + 1, size=2)
    pixels = pixels + strength * noise[y : y + side, x : x + side]
    pixels = np.clip(pixels / np.sqrt(variance + strength**2), -settings.clamp, settings.clamp)
    pixels = pixels * random.uniform(1 - settings.contrast, 1 + settings.contrast)
    pixels = pixels + settings.noise * random.standard_normal(pixels.shape, np.float32)
    clamped = np.clip(pixels, -settings.clamp, settings.clamp).astype(np.float32)
    return Ground(clamped, one.away, one.dirty, one.unsure)


def grain(settings: TileSettings, random: Random, count: int = 24, side: int = 400) -> list[NDArray[np.float32]]:
    """Coarse noise (side, side) of standard deviation 1, without what the high-pass takes away."""
    made = []
    for _ in range(count):
        noise = gaussian_filter(random.standard_normal((side, side)), random.uniform(*settings.grains))
        noise -= gaussian_filter(noise, 16)
        made.append((noise / noise.std()).astype(np.float32))
    return made


def _ground(scene: Scene) -> Ground:
    ny, nx = scene.image.pixels.shape
    y, x = np.mgrid[:ny, :nx] + 0.5
    places = np.column_stack([x.ravel(), y.ravel()])
    away = np.full(ny * nx, FAR)
    if len(scene.particles):
        near = 2 * scene.image.diameter
        away = np.minimum(cKDTree(scene.particles).query(places, distance_upper_bound=near)[0], FAR)
    tree = cKDTree(places)
    dirty, unsure = (_within(tree, spots).reshape(ny, nx) for spots in (scene.contamination, scene.overlapping))
    return Ground(scene.image.pixels, away.reshape(ny, nx).astype(np.float32), dirty & ~unsure, unsure)


def _within(places: cKDTree, spots: Floats) -> NDArray[np.bool_]:
    """(n,): which places lie in a spot (m, 3)."""
    within = np.zeros(places.n, bool)
    for near in places.query_ball_point(spots[:, :2], np.maximum(spots[:, 2], LEAST_SPOT)) if len(spots) else ():
        within[near] = True
    return within


def _blurred(ground: Ground, sigma: float, clamp: float) -> Ground:
    pixels = normalised(gaussian_filter(ground.pixels, sigma), clamp)
    return Ground(pixels, ground.away, ground.dirty, ground.unsure)


def _any(things: Sequence[T], random: Random) -> T:
    return things[int(random.integers(len(things)))]


def _cut(ground: Ground, side: int, random: Random) -> Ground:
    """The truth has a row and a column less: so its places lie evenly about the middle, however the tile is turned."""
    ny, nx = ground.pixels.shape
    y, x = random.integers(ny - side + 1), random.integers(nx - side + 1)
    turns, mirrored = int(random.integers(4)), random.random() < 0.5

    def cut(image: NDArray[Any], side: int) -> NDArray[Any]:
        turned = np.rot90(image[y : y + side, x : x + side], turns)
        return np.ascontiguousarray(turned[:, ::-1] if mirrored else turned)

    truth = (cut(image, side - 1) for image in (ground.away, ground.dirty, ground.unsure))
    return Ground(cut(ground.pixels, side), *truth)
