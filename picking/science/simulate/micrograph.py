"""One simulated micrograph with known truth.

A specimen is a random density, a sum of Gaussian blobs. Its projections, the texture of the ice, ice crystals and the
carbon film go through the contrast transfer function; the dose is uneven, as the ice is; the electrons are counted
(Poisson). Left out: multiple scattering and motion.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, maximum_filter
from scipy.spatial import cKDTree

from picking.science.imaging.ctf import contrast_transfer, values_at
from picking.science.imaging.micrograph import Pixels
from picking.science.picks import Points, as_points
from picking.science.simulate import proteins, shapes
from picking.science.simulate.settings import Simulation
from picking.science.simulate.shapes import Hole, Lump
from picking.science.simulate.specimens import BLOB

Random = np.random.Generator
Floats = NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]

_REFERENCE_DEFOCUS = 20_000.0
_B_FACTOR = 80.0
"""Å²: contrast falls with resolution as exp(-B k² / 4), as in a motion-corrected micrograph."""

_ICE_TEXTURE, _CARBON_TEXTURE = 1.0, 2.0
"""Scattering of the amorphous ice and of the carbon, as standard deviations in units of the shot noise."""

_THICKNESS, _FREE_PATH = 300.0, 3_950.0
"""Å: the thickness that the texture is meant for, and how far electrons of 300 kV get through ice before they lose
energy (Rice et al. 2018, J. Struct. Biol. 204, 38)."""

_LEOPARD = 0.55
"""The ice's dark spots begin where the waves exceed this many standard deviations."""

_PAD = 64
"""Pixels simulated beyond each border and cut off, for a Fourier filter joins opposite borders."""


@dataclass(frozen=True)
class SimulatedMicrograph:
    """`pixels`: counted electrons, float32 (ny, nx). All places are full-resolution x, y.

    `particles`: every whole particle there is that stands alone. None lies on carbon, on contamination or across the
    border, so that the truth is complete. `contamination`: where a careful person would mark crystals, carbon and the
    rest. `background`: up to 40 empty places, 0.95 diameters from every particle and off the contamination.
    `spots`: (n, 3), x, y and radius of all contamination but the carbon film, whose marks are the last `edges`.
    `overlapping`: those of `spots` that are particles on top of one another. `turns`: (n, 3, 3), of each
    particle; their last rows are the directions that it is seen from.
    """

    pixels: Pixels
    particles: Points
    contamination: Points
    background: Points
    spots: Floats
    overlapping: Floats
    edges: int
    turns: Floats


@dataclass(frozen=True)
class _Scene:
    """What is in the ice. `waves`: what the leopard's skin is made of, (ny, nx) with the pad, or None."""

    particles: Points
    lumps: list[Lump]
    hole: Hole | None
    junk: list[proteins.Junk]
    waves: Pixels | None


def simulate_micrograph(settings: Simulation, seed: int) -> SimulatedMicrograph:
    """One micrograph, the same for the same settings and seed. Takes about a second for 2048 x 2048 pixels."""
    random, more = np.random.default_rng(seed), np.random.default_rng([seed, 1])
    diameter = settings.diameter_px
    hole = shapes.hole(settings, random) if settings.carbon else None
    lumps = [*shapes.crystals(settings, random), *shapes.gold(settings, more), *shapes.frost(settings, more)]
    junk = {make.__name__: make(settings, more) for make in proteins.KINDS}
    waves = _waves(settings, more) if settings.leopard else None
    taken = np.concatenate([*(each.spots for each in junk.values()), _leopard_spots(settings, waves)])

    def in_clear_ice(places: Points) -> Flags:
        x, y = places.T
        clear = np.ones(len(places), bool)
        if hole:
            clear &= hole.depth(x, y) < -0.6 * diameter
        for lump in lumps:
            clear &= np.hypot(x - lump.x, y - lump.y) > 1.3 * lump.radius + 0.6 * diameter
        if len(taken):
            for near in cKDTree(places).query_ball_point(taken[:, :2], taken[:, 2] + 0.5 * diameter):
                clear[near] = False
        return clear

    def in_empty_ice(places: Points) -> Flags:
        nearest = cKDTree(particles).query(places)[0] if len(particles) else np.inf
        return in_clear_ice(places) & (nearest > 0.95 * diameter)

    each = -(-settings.particles // settings.layers)
    layers = [_scattered(settings, random, each, in_clear_ice, settings.spacing) for _ in range(settings.layers)]
    particles = as_points(np.concatenate(layers))
    background = _scattered(settings, random, 40, in_empty_ice)
    turns = [proteins.turns(settings, random, len(layer)) for layer in layers]
    scene = _Scene(particles, lumps, hole, [*junk.values()], waves)
    pixels = _exposed(settings, random, layers, turns, scene)
    round_ones = np.array([[lump.x, lump.y, lump.radius] for lump in lumps]).reshape(-1, 3)
    spots = np.concatenate([round_ones, taken])
    marks = _inside(settings, as_points([*_lump_marks(lumps, diameter), *taken[:, :2].tolist()]))
    edges = _inside(settings, as_points([*_carbon_marks(settings, hole)]))
    overlapping = junk["overlapping"].spots
    contamination = np.concatenate([marks, edges])
    return SimulatedMicrograph(
        pixels, particles, contamination, background, spots, overlapping, len(edges), np.concatenate(turns)
    )


def _inside(settings: Simulation, places: Points) -> Points:
    return places[((places >= 0) & (places < (settings.width, settings.height))).all(1)]


def _scattered(
    settings: Simulation, random: Random, number: int, allowed: Callable[[Points], Flags], spacing: float = 0.85
) -> Points:
    """Up to `number` allowed places, `spacing` diameters from each other and half a diameter off the border."""
    margin = 0.55 * settings.diameter_px
    far = np.array([settings.width, settings.height]) - margin
    taken = as_points([])
    if far.min() <= margin:
        return taken
    tried = random.uniform(margin, far, (30 * number + 100, 2))
    for place in tried[allowed(tried)]:
        if len(taken) == number:
            break
        if (np.hypot(*(taken - place).T) > spacing * settings.diameter_px).all():
            taken = np.vstack([taken, place])
    return taken


def _exposed(
    settings: Simulation, random: Random, layers: list[Points], turns: list[NDArray[np.float64]], scene: _Scene
) -> Pixels:
    """Counted electrons: the dose times what ice, crystals and carbon let through times (1 + contrast)."""
    ny, nx = settings.height + 2 * _PAD, settings.width + 2 * _PAD
    x, y = np.arange(nx) - float(_PAD), np.arange(ny) - float(_PAD)
    blobs = [_blobs(settings, turn, places, (ny, nx)) for turn, places in zip(turns, layers, strict=True)]
    for junk in scene.junk:
        for dots in junk.dots:
            proteins.draw(blobs[0], (dots[0] + _PAD, dots[1] + _PAD, dots[2]))
    blobs = [layer * settings.contrast * _unit_contrast(settings) for layer in blobs]
    lost = 1 - np.exp(-settings.thickness / _FREE_PATH)
    density = np.zeros((ny, nx), np.float32)
    texture = np.full((ny, nx), _ICE_TEXTURE * np.sqrt(settings.thickness / _THICKNESS), np.float32)
    passed = _uneven_ice(random, ny, nx)
    if scene.waves is not None:
        passed *= 1 - settings.leopard * np.clip(2 * (scene.waves - _LEOPARD) + 0.5, 0, 1)
    if hole := scene.hole:
        carbon = np.clip(hole.depth(x[None], y[:, None]) / 3 + 0.5, 0, 1).astype(np.float32)
        texture += (_CARBON_TEXTURE - _ICE_TEXTURE) * carbon
        density += 0.4 * carbon
        passed *= 1 - 0.12 * carbon
    for lump in scene.lumps:
        reach = 1.5 * lump.radius + 3
        rows, columns = np.abs(y - lump.y) < reach, np.abs(x - lump.x) < reach
        thickness = lump.thickness(x[None, columns], y[rows, None])
        density[np.ix_(rows, columns)] += random.uniform(*lump.density) * thickness
        texture[np.ix_(rows, columns)] += _CARBON_TEXTURE * thickness
        passed[np.ix_(rows, columns)] *= 1 - random.uniform(*lump.absorbed) * thickness
    dose = settings.dose * settings.pixel_size**2
    if settings.energy_filter and settings.thickness != _THICKNESS:
        dose *= (1 - lost) / np.exp(-_THICKNESS / _FREE_PATH)
    density += texture * random.standard_normal((ny, nx), np.float32) / np.float32(np.sqrt(dose))
    apart = np.linspace(-0.5, 0.5, len(blobs)) * settings.thickness if len(blobs) > 1 else [0.0]
    contrast = _imaged(settings, settings.defocus + apart[0], blobs[0], density)
    for layer, deeper in zip(blobs[1:], apart[1:], strict=True):
        contrast += _imaged(settings, settings.defocus + deeper, layer)
    shown = 1.0 if settings.energy_filter else 1 - lost
    expected = dose * passed * np.maximum(1 + np.float32(shown) * contrast, 0)
    counted = random.poisson(expected[_PAD:-_PAD, _PAD:-_PAD]).astype(np.float32)
    if settings.blur:
        counted = np.asarray(gaussian_filter(counted, settings.blur), np.float32)
    return counted if settings.dark else np.asarray(2 * counted.mean() - counted, np.float32)


def _imaged(settings: Simulation, defocus: float, blobs: Pixels, density: Pixels | None = None) -> Pixels:
    """The contrast (ny, nx) of `blobs`, points to be blurred, and of other density, through the microscope."""
    ny, nx = blobs.shape
    y, x = np.fft.fftfreq(ny, settings.pixel_size), np.fft.rfftfreq(nx, settings.pixel_size)

    def gaussian(exponent: float) -> Pixels:
        return np.asarray(np.exp(-exponent * y[:, None] ** 2) * np.exp(-exponent * x**2), np.float32)

    seen = scipy.fft.rfft2(blobs) * gaussian(2 * (np.pi * BLOB * settings.diameter) ** 2)
    if density is not None:
        seen += scipy.fft.rfft2(density)
    ctf = values_at(defocus, settings.phase_shift)
    seen *= contrast_transfer((ny, nx), settings.pixel_size, ctf) * gaussian(_B_FACTOR / 4)
    image: Pixels = scipy.fft.irfft2(seen, s=(ny, nx))
    return image


def _blobs(
    settings: Simulation, turns: NDArray[np.float64], places: Points, shape: tuple[int, int], pad: int = _PAD
) -> Pixels:
    """An image of `shape` with a point for each blob of the particles at `places`, each turned."""
    image = np.zeros(shape, np.float32)
    proteins.draw(image, proteins.turned(settings, turns, places + pad))
    return image


@lru_cache(maxsize=8)
def _unit_contrast(settings: Simulation) -> float:
    """What the blobs must be multiplied by for a contrast of variance 1 within a particle at 2 µm."""
    side = scipy.fft.next_fast_len(int(2 * settings.diameter_px) + 8)
    within = np.hypot(*(np.mgrid[:side, :side] - side / 2)) < settings.diameter_px / 2
    middle, random = as_points([[side / 2, side / 2]]), np.random.default_rng(settings.specimen)
    turns = (proteins.turns(settings, random, 1) for _ in range(4))
    images = (_imaged(settings, _REFERENCE_DEFOCUS, _blobs(settings, turn, middle, within.shape, 0)) for turn in turns)
    return float(1 / np.sqrt(np.mean([image[within].var() for image in images])))


def _uneven_ice(random: Random, ny: int, nx: int) -> Pixels:
    """What the ice lets through, (ny, nx) about 1: a tilted wedge with slow waves."""
    waves = random.normal(0, 0.005, (4, 4))
    waves[0, 1], waves[1, 0] = random.normal(0, 0.02, 2)
    y, x = (np.cos(np.pi * np.outer(np.linspace(0, 1, n), np.arange(4))) for n in (ny, nx))
    return np.asarray(1 + y @ waves @ x.T, np.float32)


def _waves(settings: Simulation, random: Random) -> Pixels:
    """Smooth waves of standard deviation 1, (ny, nx) with the pad: their tops are spots 0.5 to 2 diameters wide."""
    shape = settings.height + 2 * _PAD, settings.width + 2 * _PAD
    noise = random.standard_normal(shape, np.float32)
    waves = gaussian_filter(noise, random.uniform(0.3, 1) * settings.diameter_px)
    return np.asarray(waves / waves.std(), np.float32)


def _leopard_spots(settings: Simulation, waves: Pixels | None) -> Floats:
    """(n, 3): the tops of the dark spots, with a radius of a quarter of a diameter."""
    if waves is None:
        return np.zeros((0, 3))
    inner = waves[_PAD:-_PAD, _PAD:-_PAD]
    tops = (inner == maximum_filter(inner, max(3, int(0.6 * settings.diameter_px)))) & (inner > _LEOPARD + 0.25)
    rows, columns = np.nonzero(tops)
    return np.column_stack([columns, rows, np.full(len(rows), 0.25 * settings.diameter_px)]).astype(np.float64)


def _lump_marks(lumps: list[Lump], diameter: float) -> Iterator[tuple[float, float]]:
    """The middle of each lump, and three places around it in those larger than a particle."""
    for lump in lumps:
        yield lump.x, lump.y
        for angle in (0, 2 * np.pi / 3, 4 * np.pi / 3) if lump.radius > diameter / 2 else ():
            reach = 0.6 * lump.radius
            yield lump.x + reach * np.cos(angle), lump.y + reach * np.sin(angle)


def _carbon_marks(settings: Simulation, hole: Hole | None) -> Iterator[tuple[float, float]]:
    """Places along the edge of the carbon every one and a half diameters, and a second row deeper in it."""
    if hole:
        step = 1.5 * settings.diameter_px / hole.radius
        for angle in np.arange(0, 2 * np.pi, step):
            for depth in (0.2 * settings.diameter_px, 2 * settings.diameter_px):
                reach = hole.radius + depth
                yield hole.x + reach * np.cos(angle), hole.y + reach * np.sin(angle)
