"""Points of density: particles as they should be, and protein that is not to be picked."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.micrograph import Pixels
from picking.science.picks import Points
from picking.science.simulate.settings import Simulation
from picking.science.simulate.specimens import few_views, specimen, views

Random = np.random.Generator
Floats = NDArray[np.float64]

Dots = tuple[Floats, Floats, Floats]
"""x, y and weight of points, any shape."""


@dataclass(frozen=True)
class Junk:
    """dots: its density; spots: (n, 3), x, y and radius in pixels of what nobody should pick, for the marks."""

    dots: list[Dots]
    spots: Floats


def particles(settings: Simulation, random: Random, places: Points) -> Dots:
    """The points of particles at the places (n, 2)."""
    return turned(settings, turns(settings, random, len(places)), places)


def turns(settings: Simulation, random: Random, count: int) -> Floats:
    """(count, 3, 3)"""
    if settings.views:
        return few_views(random, count, settings.views, settings.specimen)
    return views(random, count, settings.preferred, settings.specimen)


def turned(settings: Simulation, turns: Floats, places: Points) -> Dots:
    """The points of particles at the places (n, 2), each with its turn, (n, 3, 3)."""
    centres, weights = specimen(settings.kind, settings.specimen, settings.aspect)
    x, y = np.moveaxis(np.einsum("pij,bj->pbi", turns[:, :2], centres) * settings.diameter_px + places[:, None], 2, 0)
    return x, y, np.broadcast_to(weights, x.shape)


def draw(image: Pixels, dots: Dots) -> None:
    """Add points to an image; each is shared out among its four pixels. What lies outside is left out."""
    x, y, weights = (np.ravel(each) for each in dots)
    inside = (x >= 0) & (y >= 0) & (x < image.shape[1] - 1) & (y < image.shape[0] - 1)
    x, y, weights = x[inside], y[inside], weights[inside]
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)):
        share = (1 - np.abs(x - column - i)) * (1 - np.abs(y - row - j))
        np.add.at(image, (row + j, column + i), share * weights)


def aggregates(settings: Simulation, random: Random) -> Junk:
    """Clumps of three to twenty-five particles, a third of a diameter apart: denatured or badly dissolved protein."""
    dots, spots = [], []
    for _ in range(settings.aggregates):
        middle, count = _anywhere(settings, random), int(random.integers(3, 26))
        reach = 0.3 * settings.diameter_px * np.sqrt(count)
        dots.append(particles(settings, random, middle + random.normal(0, reach / 1.5, (count, 2))))
        spots.append([*middle, 1.2 * reach])
    return Junk(dots, _spots(spots))


def broken(settings: Simulation, random: Random) -> Junk:
    """Particles of which a plane has cut away 40 to 75 %: they fall apart at the air-water interface."""
    dots, spots = [], []
    for _ in range(settings.broken):
        middle = _anywhere(settings, random)
        x, y, weights = particles(settings, random, middle[None])
        along = (x - middle[0]) * (turn := random.normal(size=2))[0] + (y - middle[1]) * turn[1]
        dots.append((x, y, weights * (along > np.quantile(along, random.uniform(0.4, 0.75)))))
        spots.append([*middle, 0.4 * settings.diameter_px])
    return Junk(dots, _spots(spots))


def overlapping(settings: Simulation, random: Random) -> Junk:
    """Two or three particles on top of one another, 0.15 to 0.45 diameters apart: too near to be cut out alone."""
    dots, spots = [], []
    for _ in range(settings.overlapping):
        middle, count = _anywhere(settings, random), int(random.integers(2, 4))
        angles = random.uniform(0, 2 * np.pi) + np.arange(count) * 2 * np.pi / count
        reach = random.uniform(0.15, 0.45) * settings.diameter_px / 2
        places = middle + reach * np.column_stack([np.cos(angles), np.sin(angles)])
        dots.append(particles(settings, random, places))
        spots.append([*middle, 0.5 * settings.diameter_px])
    return Junk(dots, _spots(spots))


def filaments(settings: Simulation, random: Random) -> Junk:
    """Curved threads across the micrograph, as actin (70 Å wide), microtubules (250 Å), DNA or amyloid."""
    dots, spots, weight = [], [], _mass(settings)
    for _ in range(settings.filaments):
        width = float(np.exp(random.uniform(np.log(0.12), np.log(0.5)))) * settings.diameter_px
        length = int(1.5 * max(settings.width, settings.height))
        bend = np.cumsum(random.normal(0, 0.02, length // 8)) * random.uniform(0, 1)
        angle = random.uniform(0, 2 * np.pi) + np.repeat(bend, 8)
        line = np.cumsum(np.column_stack([np.cos(angle), np.sin(angle)]), axis=0)
        line += _anywhere(settings, random) - line[len(line) // 2]
        axis = np.column_stack([-np.sin(angle), np.cos(angle)])
        number = int(len(line) / settings.diameter_px * 150)
        at = random.integers(len(line), size=number)
        off = width / 2 * np.sin(random.uniform(-np.pi / 2, np.pi / 2, number))
        x, y = (line[at] + axis[at] * off[:, None]).T
        share = weight * len(line) / settings.diameter_px * width / settings.diameter_px * random.uniform(0.6, 1.5)
        dots.append((x, y, np.full(number, share / number)))
        step = max(1, int(0.4 * settings.diameter_px))
        spots += [[*place, max(width / 2, 0.3 * settings.diameter_px)] for place in line[::step]]
    return Junk(dots, _spots(spots))


def debris(settings: Simulation, random: Random) -> Junk:
    """Loose pieces of protein a tenth to four tenths of a diameter wide, with a mass to match: nobody marks them."""
    dots, weight = [], _mass(settings)
    for _ in range(settings.debris):
        size = random.uniform(0.1, 0.4)
        x, y = (_anywhere(settings, random) + random.normal(0, size / 4 * settings.diameter_px, (12, 2))).T
        dots.append((x, y, np.full(12, weight * size**2 * random.uniform(0.2, 0.8) / 12)))
    return Junk(dots, _spots([]))


KINDS: tuple[Callable[[Simulation, Random], Junk], ...] = (aggregates, broken, overlapping, filaments, debris)


def _mass(settings: Simulation) -> float:
    """Of a whole particle."""
    return float(specimen(settings.kind, settings.specimen, settings.aspect)[1].sum())


def _anywhere(settings: Simulation, random: Random) -> NDArray[np.float64]:
    return random.uniform(0, (settings.width, settings.height))


def _spots(rows: list[list[float]]) -> Floats:
    return np.asarray(rows, np.float64).reshape(-1, 3)
