"""Things in the ice that are not made of protein: crystals and what else has an outline, and the carbon film's hole."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.micrograph import Pixels
from picking.science.simulate.settings import Simulation

Random = np.random.Generator
Floats = NDArray[np.floating[Any]]

_HOLE = 6_000.0
"""Å, the radius of the holes of a Quantifoil R1.2/1.3 film, and so the curvature of the carbon's edge."""


@dataclass(frozen=True)
class Lump:
    """Something with an outline. density: drawn for crystals from between the two; passed: the part it absorbs."""

    x: float
    y: float
    radius: float
    ripples: Floats  # (m, 2): amplitude and phase of the outline's ripples
    density: tuple[float, float] = (-0.4, 0.8)
    absorbed: tuple[float, float] = (0.03, 0.2)

    def thickness(self, x: Floats, y: Floats) -> Pixels:
        """1 in the middle, half of that just inside the sharp edge, 0 outside."""
        angle = np.arctan2(y - self.y, x - self.x)
        outline = 1 + sum(a * np.cos((k + 2) * angle + phase) for k, (a, phase) in enumerate(self.ripples))
        out = np.hypot(x - self.x, y - self.y) / (self.radius * outline)
        within = np.clip((1 - out) * self.radius / 2, 0, 1)
        return np.asarray(within * (1 - 0.5 * np.minimum(out, 1) ** 2), np.float32)


@dataclass(frozen=True)
class Hole:
    """The hole in the carbon film that the micrograph is taken in: all beyond `radius` is carbon."""

    x: float
    y: float
    radius: float

    def depth(self, x: Floats, y: Floats) -> Floats:
        """How far a place is in the carbon, in pixels; negative in the hole."""
        depth: Floats = np.hypot(x - self.x, y - self.y) - self.radius
        return depth


def crystals(settings: Simulation, random: Random) -> Iterator[Lump]:
    """Ice crystals of 0.2 to 1.2 diameters' radius, a little denser or less dense than the ice around them."""
    for _ in range(settings.ice_crystals):
        x, y = random.uniform(0, (settings.width, settings.height))
        radius = settings.diameter_px * np.exp(random.uniform(np.log(0.2), np.log(1.2)))
        ripples = np.column_stack([random.uniform(0, 0.12, 4), random.uniform(0, 2 * np.pi, 4)])
        yield Lump(x, y, radius, ripples)


def gold(settings: Simulation, random: Random) -> Iterator[Lump]:
    """Gold beads of 50, 100 or 150 Å, fiducials of tomography: round, and they stop much of the beam."""
    size = random.choice([50, 100, 150]) / settings.pixel_size / 2
    for _ in range(settings.gold):
        x, y = random.uniform(0, (settings.width, settings.height))
        yield Lump(x, y, size, np.zeros((1, 2)), (0.6, 1.2), (0.3, 0.6))


def frost(settings: Simulation, random: Random) -> Iterator[Lump]:
    """Frost from the air and frozen ethane on the ice: dark and dense, from specks to patches of five diameters."""
    for _ in range(settings.frost):
        x, y = random.uniform(0, (settings.width, settings.height))
        radius = settings.diameter_px * np.exp(random.uniform(np.log(0.12), np.log(2.5)))
        ripples = np.column_stack([random.uniform(0, 0.2, 4), random.uniform(0, 2 * np.pi, 4)])
        yield Lump(x, y, radius, ripples, (0.05, 0.8), (0.03, 0.3))


def hole(settings: Simulation, random: Random) -> Hole:
    """A hole whose edge crosses the micrograph about half way between its centre and its border."""
    radius = max(_HOLE / settings.pixel_size, settings.width, settings.height)
    angle = random.uniform(0, 2 * np.pi)
    back = radius - random.uniform(0.4, 0.7) * min(settings.width, settings.height) / 2
    return Hole(settings.width / 2 - back * np.cos(angle), settings.height / 2 - back * np.sin(angle), radius)
