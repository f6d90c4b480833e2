"""Simulated micrographs with known truth, for the demo project, the tests and the benchmarks.

A specimen is a random density, a sum of Gaussian blobs, seen in random orientations. Its projections, the texture
of the ice, ice crystals and the carbon film go through the contrast transfer function; the dose is uneven, as the ice
is; the electrons are counted (Poisson). Left out: multiple and inelastic scattering, motion, and the detector's blur.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from scipy.spatial.transform import Rotation

from picking.science.imaging.ctf import CtfValues, contrast_transfer, values_at
from picking.science.imaging.micrograph import Pixels
from picking.science.picks import Points, as_points

Random = np.random.Generator
Floats = NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]

_SUBUNITS, _BLOBS = 9, 200
_BLOB = 0.045
"""Sigma of a blob, in particle diameters."""

_REFERENCE_DEFOCUS = 20_000.0
_B_FACTOR = 80.0
"""Å²: contrast falls with resolution as exp(-B k² / 4), as in a motion-corrected micrograph."""

_HOLE = 6_000.0
"""Å, the radius of the holes of a Quantifoil R1.2/1.3 film, and so the curvature of the carbon's edge."""

_ICE_TEXTURE, _CARBON_TEXTURE = 1.0, 2.0
"""Scattering of the amorphous ice and of the carbon, as standard deviations in units of the shot noise."""

_PAD = 64
"""Pixels simulated beyond each border and cut off, for a Fourier filter joins opposite borders."""


@dataclass(frozen=True)
class Simulation:
    """What to simulate. Sizes in pixels or, where it says so, Ångström.

    `contrast`: standard deviation of the relative intensity within a particle at 2 µm defocus; less defocus gives
    less. The default makes a signal to noise ratio of 0.04 a pixel: in real micrographs it is 0.02 to 0.1 (Baxter
    et al. 2009, J. Struct. Biol. 166, 126).
    `aspect`: length to width of the particle, whose length is the diameter. `particles`: fewer if they do not fit.
    `specimen`: the seed of the density, the same in all micrographs of a project. `views`: the directions that it is
    seen from, the same in all micrographs, each with any rotation in the plane; 0 is any direction.
    """

    width: int = 2048
    height: int = 2048
    pixel_size: float = 1.5  # Å
    diameter: float = 160.0  # Å
    aspect: float = 1.0
    particles: int = 120
    dark: bool = True
    defocus: float = 20_000.0  # Å, underfocus
    contrast: float = 0.02
    dose: float = 40.0  # electrons per Å²
    ice_crystals: int = 6
    carbon: bool = False
    specimen: int = 0
    views: int = 0

    @property
    def diameter_px(self) -> float:
        return self.diameter / self.pixel_size

    @property
    def ctf(self) -> CtfValues:
        """What the micrograph is simulated with."""
        return values_at(self.defocus)


@dataclass(frozen=True)
class SimulatedMicrograph:
    """`pixels`: counted electrons, float32 (ny, nx). All places are full-resolution x, y.

    `particles`: every particle there is. None lies on carbon, under a crystal or across the border, so that the truth
    is complete. `contamination`: where a careful person would mark crystals and carbon. `background`: up to 40 empty
    places, 0.95 diameters from every particle and off the contamination. `turns`: the rotation of each particle,
    (n, 3, 3); their last rows are the directions of view.
    """

    pixels: Pixels
    particles: Points
    contamination: Points
    background: Points
    turns: Floats


@dataclass(frozen=True)
class _Crystal:
    x: float
    y: float
    radius: float
    ripples: Floats  # (m, 2): amplitude and phase of the outline's ripples

    def thickness(self, x: Floats, y: Floats) -> Pixels:
        """1 in the middle, half of that just inside the sharp edge, 0 outside."""
        angle = np.arctan2(y - self.y, x - self.x)
        outline = 1 + sum(a * np.cos((k + 2) * angle + phase) for k, (a, phase) in enumerate(self.ripples))
        out = np.hypot(x - self.x, y - self.y) / (self.radius * outline)
        within = np.clip((1 - out) * self.radius / 2, 0, 1)
        return np.asarray(within * (1 - 0.5 * np.minimum(out, 1) ** 2), np.float32)


@dataclass(frozen=True)
class _Hole:
    """The hole in the carbon film that the micrograph is taken in: all beyond `radius` is carbon."""

    x: float
    y: float
    radius: float

    def depth(self, x: Floats, y: Floats) -> Floats:
        """How far a place is in the carbon, in pixels; negative in the hole."""
        depth: Floats = np.hypot(x - self.x, y - self.y) - self.radius
        return depth


def simulate_micrograph(settings: Simulation, seed: int) -> SimulatedMicrograph:
    """One micrograph, the same for the same settings and seed. Takes about a second for 2048 x 2048 pixels."""
    random = np.random.default_rng(seed)
    diameter = settings.diameter_px
    hole = _hole(settings, random) if settings.carbon else None
    crystals = list(_crystals(settings, random))

    def in_clear_ice(places: Points) -> Flags:
        x, y = places.T
        clear = np.ones(len(places), bool)
        if hole:
            clear &= hole.depth(x, y) < -0.6 * diameter
        for crystal in crystals:
            clear &= np.hypot(x - crystal.x, y - crystal.y) > 1.3 * crystal.radius + 0.6 * diameter
        return clear

    def in_empty_ice(places: Points) -> Flags:
        nearest = cKDTree(particles).query(places)[0] if len(particles) else np.inf
        return in_clear_ice(places) & (nearest > 0.95 * diameter)

    particles = _scattered(settings, random, settings.particles, in_clear_ice)
    background = _scattered(settings, random, 40, in_empty_ice)
    turns = _turns(settings, random, len(particles))
    pixels = _exposed(settings, random, particles, turns, crystals, hole)
    contamination = as_points([*_crystal_marks(crystals, diameter), *_carbon_marks(settings, hole)])
    inside = ((contamination >= 0) & (contamination < (settings.width, settings.height))).all(1)
    return SimulatedMicrograph(pixels, particles, contamination[inside], background, turns)


def _scattered(settings: Simulation, random: Random, number: int, allowed: Callable[[Points], Flags]) -> Points:
    """Up to `number` allowed places, 0.85 diameters from each other and half a diameter off the border."""
    margin = 0.55 * settings.diameter_px
    far = np.array([settings.width, settings.height]) - margin
    taken = as_points([])
    if far.min() <= margin:
        return taken
    tried = random.uniform(margin, far, (30 * number + 100, 2))
    for place in tried[allowed(tried)]:
        if len(taken) == number:
            break
        if (np.hypot(*(taken - place).T) > 0.85 * settings.diameter_px).all():
            taken = np.vstack([taken, place])
    return taken


def _exposed(
    settings: Simulation,
    random: Random,
    particles: Points,
    turns: Floats,
    crystals: list[_Crystal],
    hole: _Hole | None,
) -> Pixels:
    """Counted electrons: the dose times what ice, crystals and carbon let through times (1 + contrast)."""
    ny, nx = settings.height + 2 * _PAD, settings.width + 2 * _PAD
    x, y = np.arange(nx) - float(_PAD), np.arange(ny) - float(_PAD)
    blobs = _blobs(settings, turns, particles + _PAD, (ny, nx)) * settings.contrast * _unit_contrast(settings)
    density = np.zeros((ny, nx), np.float32)
    texture = np.full((ny, nx), _ICE_TEXTURE, np.float32)
    passed = _uneven_ice(random, ny, nx)
    if hole:
        carbon = np.clip(hole.depth(x[None], y[:, None]) / 3 + 0.5, 0, 1).astype(np.float32)
        texture += (_CARBON_TEXTURE - _ICE_TEXTURE) * carbon
        density += 0.4 * carbon
        passed *= 1 - 0.12 * carbon
    for crystal in crystals:
        reach = 1.5 * crystal.radius + 3
        rows, columns = np.abs(y - crystal.y) < reach, np.abs(x - crystal.x) < reach
        thickness = crystal.thickness(x[None, columns], y[rows, None])
        density[np.ix_(rows, columns)] += random.uniform(-0.4, 0.8) * thickness
        texture[np.ix_(rows, columns)] += _CARBON_TEXTURE * thickness
        passed[np.ix_(rows, columns)] *= 1 - random.uniform(0.03, 0.2) * thickness
    dose = settings.dose * settings.pixel_size**2
    density += texture * random.standard_normal((ny, nx), np.float32) / np.float32(np.sqrt(dose))
    expected = dose * passed * np.maximum(1 + _imaged(settings, settings.defocus, blobs, density), 0)
    counted = random.poisson(expected[_PAD:-_PAD, _PAD:-_PAD]).astype(np.float32)
    return counted if settings.dark else 2 * counted.mean() - counted


def _imaged(settings: Simulation, defocus: float, blobs: Pixels, density: Pixels | None = None) -> Pixels:
    """The contrast (ny, nx) of `blobs`, points to be blurred, and of other density, through the microscope."""
    ny, nx = blobs.shape
    y, x = np.fft.fftfreq(ny, settings.pixel_size), np.fft.rfftfreq(nx, settings.pixel_size)

    def gaussian(exponent: float) -> Pixels:
        return np.asarray(np.exp(-exponent * y[:, None] ** 2) * np.exp(-exponent * x**2), np.float32)

    seen = scipy.fft.rfft2(blobs) * gaussian(2 * (np.pi * _BLOB * settings.diameter) ** 2)
    if density is not None:
        seen += scipy.fft.rfft2(density)
    seen *= contrast_transfer((ny, nx), settings.pixel_size, values_at(defocus)) * gaussian(_B_FACTOR / 4)
    image: Pixels = scipy.fft.irfft2(seen, s=(ny, nx))
    return image


@lru_cache(maxsize=8)
def _specimen(specimen: int, aspect: float) -> tuple[Floats, Floats]:
    """Blobs of a particle of diameter 1: centres (n, 3) about their centre of mass, and weights (n,)."""
    random = np.random.default_rng([specimen, 2019])
    directions = random.normal(size=(_BLOBS + _SUBUNITS, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    centres = (0.5 - 2 * _BLOB) * directions * np.cbrt(random.uniform(size=(len(directions), 1)))
    centres, subunits = centres[:_BLOBS], centres[_BLOBS:]
    apart = np.linalg.norm(centres[:, None] - subunits, axis=2)
    weights = 0.3 + np.exp(-0.5 * (apart / 0.1) ** 2).sum(1)
    centres -= np.average(centres, 0, weights)
    return centres / [aspect, aspect, 1], weights


def _turns(settings: Simulation, random: Random, number: int) -> Floats:
    """(number, 3, 3): rotations at random, or of the views of the specimen."""
    turns: Floats = Rotation.random(number, rng=random).as_matrix()
    if settings.views:
        views = Rotation.random(settings.views, rng=np.random.default_rng([settings.specimen, 2026])).as_matrix()
        angle = np.arctan2(turns[:, 1, 0], turns[:, 0, 0])
        turns = Rotation.from_euler("z", angle[:, None]).as_matrix() @ views[random.integers(0, settings.views, number)]
    return turns


def _blobs(settings: Simulation, turns: Floats, places: Points, shape: tuple[int, int]) -> Pixels:
    """An image of `shape` with a point for each blob of the particles at `places`, each with its rotation.

    A point is shared out among its four pixels.
    """
    centres, weights = _specimen(settings.specimen, settings.aspect)
    turned = np.einsum("pij,bj->pbi", turns[:, :2], centres)
    x, y = np.moveaxis(turned * settings.diameter_px + places[:, None], 2, 0)
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    image = np.zeros(shape, np.float32)
    for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
        share = (1 - np.abs(x - column - i)) * (1 - np.abs(y - row - j))
        np.add.at(image, (row + j, column + i), share * weights)
    return image


@lru_cache(maxsize=8)
def _unit_contrast(settings: Simulation) -> float:
    """What the blobs must be multiplied by for a contrast of variance 1 within a particle at 2 µm."""
    side = scipy.fft.next_fast_len(int(2 * settings.diameter_px) + 8)
    within = np.hypot(*(np.mgrid[:side, :side] - side / 2)) < settings.diameter_px / 2
    middle, random = as_points([[side / 2, side / 2]]), np.random.default_rng(settings.specimen)
    turns = (_turns(settings, random, 1) for _ in range(4))
    images = (_imaged(settings, _REFERENCE_DEFOCUS, _blobs(settings, turn, middle, within.shape)) for turn in turns)
    return float(1 / np.sqrt(np.mean([image[within].var() for image in images])))


def _uneven_ice(random: Random, ny: int, nx: int) -> Pixels:
    """What the ice lets through, (ny, nx) about 1: a tilted wedge with slow waves."""
    waves = random.normal(0, 0.005, (4, 4))
    waves[0, 1], waves[1, 0] = random.normal(0, 0.02, 2)
    y, x = (np.cos(np.pi * np.outer(np.linspace(0, 1, n), np.arange(4))) for n in (ny, nx))
    return np.asarray(1 + y @ waves @ x.T, np.float32)


def _crystals(settings: Simulation, random: Random) -> Iterator[_Crystal]:
    for _ in range(settings.ice_crystals):
        x, y = random.uniform(0, (settings.width, settings.height))
        radius = settings.diameter_px * np.exp(random.uniform(np.log(0.2), np.log(1.2)))
        ripples = np.column_stack([random.uniform(0, 0.12, 4), random.uniform(0, 2 * np.pi, 4)])
        yield _Crystal(x, y, radius, ripples)


def _hole(settings: Simulation, random: Random) -> _Hole:
    """A hole whose edge crosses the micrograph about half way between its centre and its border."""
    radius = max(_HOLE / settings.pixel_size, settings.width, settings.height)
    angle = random.uniform(0, 2 * np.pi)
    back = radius - random.uniform(0.4, 0.7) * min(settings.width, settings.height) / 2
    return _Hole(settings.width / 2 - back * np.cos(angle), settings.height / 2 - back * np.sin(angle), radius)


def _crystal_marks(crystals: list[_Crystal], diameter: float) -> Iterator[tuple[float, float]]:
    """The middle of each crystal, and three places around it in those larger than a particle."""
    for crystal in crystals:
        yield crystal.x, crystal.y
        for angle in (0, 2 * np.pi / 3, 4 * np.pi / 3) if crystal.radius > diameter / 2 else ():
            reach = 0.6 * crystal.radius
            yield crystal.x + reach * np.cos(angle), crystal.y + reach * np.sin(angle)


def _carbon_marks(settings: Simulation, hole: _Hole | None) -> Iterator[tuple[float, float]]:
    """Places along the edge of the carbon every one and a half diameters, and a second row deeper in it."""
    if hole:
        step = 1.5 * settings.diameter_px / hole.radius
        for angle in np.arange(0, 2 * np.pi, step):
            for depth in (0.2 * settings.diameter_px, 2 * settings.diameter_px):
                reach = hole.radius + depth
                yield hole.x + reach * np.cos(angle), hole.y + reach * np.sin(angle)
