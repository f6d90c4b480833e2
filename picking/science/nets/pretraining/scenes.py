"""Simulated micrographs drawn by rule: all specimens, microscopes and contamination that the simulation knows."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.network_input import NetworkInput, make_network_input
from picking.science.picks import Points
from picking.science.simulate import Simulation, simulate_micrograph
from picking.science.simulate.specimens import Kind

Random = np.random.Generator
Floats = NDArray[np.floating[Any]]

SIDE = 560
"""Pixels of a simulated micrograph, about 27 diameters."""
KINDS: dict[Kind, float] = {"globular": 0.35, "micelle": 0.2, "shell": 0.1, "barrel": 0.2, "lobes": 0.15}
MISJUDGED = 0.14
"""The most that the diameter is told too small or too large, as people do."""
EDGE = 0.4
"""The radius, in diameters, of the places that mark the edge of carbon."""


@dataclass(frozen=True)
class Scene:
    """What the networks see of a micrograph, and its truth in input pixels.

    particles: (n, 2), x, y. spots: (m, 3), x, y and radius of contamination; overlapping: those of particles on top of
    one another.
    """

    image: NetworkInput
    particles: Points
    spots: Floats
    overlapping: Floats


def scene(number: int, family: int = 7) -> Scene:
    """The micrograph of this number, and of a specimen of its own. family: other numbers give other micrographs."""
    random = np.random.default_rng([family, number])
    settings = drawn(random, specimen=1000 * family + number)
    made = simulate_micrograph(settings, 1000 * family + number)
    told = settings.diameter * (1 + random.uniform(-MISJUDGED, MISJUDGED))
    image = make_network_input(made.pixels, settings.pixel_size, told)
    edges = made.contamination[len(made.contamination) - made.edges :]
    marks = np.column_stack([edges, np.full(len(edges), EDGE * settings.diameter_px)])
    overlapping = {tuple(spot) for spot in made.overlapping.tolist()}
    others = [spot for spot in made.spots.tolist() if tuple(spot) not in overlapping]
    spots = np.concatenate([np.reshape(others, (-1, 3)), marks])
    return Scene(image, image.to_input(made.particles), _to_input(image, spots), _to_input(image, made.overlapping))


def drawn(random: Random, specimen: int) -> Simulation:
    """What to simulate, 16 to 26 pixels a diameter. Each thing that may be there is there in some micrographs only."""

    def chance(part: float) -> bool:
        return bool(random.random() < part)

    def between(low: float, high: float) -> float:
        return float(random.uniform(low, high))

    def over(low: float, high: float) -> float:
        """As many between 1 and 2 as between 2 and 4."""
        return float(np.exp(random.uniform(np.log(low), np.log(high))))

    diameter, across = over(60, 500), between(16, 26)
    particles = round(over(0.03, 0.7) * (SIDE / across) ** 2)
    aspect = between(1, 3) if chance(0.5) else 1.0
    layers = int(random.choice([1, 2, 3], p=[0.7, 0.2, 0.1]))
    settings = Simulation(
        width=SIDE,
        height=SIDE,
        pixel_size=diameter / across,
        diameter=diameter,
        aspect=aspect,
        particles=particles,
        contrast=over(0.005, 0.04) * np.sqrt(160 / diameter),
        defocus=between(8_000, 35_000),
        dose=between(20, 60),
        specimen=specimen,
        kind=random.choice([*KINDS], p=[*KINDS.values()]),
        preferred=between(0.5, 1) if chance(0.4) else 0.0,
        spacing=between(0.6, 0.9) if aspect > 1.5 else between(0.75, 1),
        layers=layers,
        thickness=over(200, 1_200),
        energy_filter=chance(0.6),
        blur=between(0.3, 1.2) if chance(0.4) else 0.0,
        ice_crystals=int(random.integers(0, 14)),
        carbon=chance(0.25),
    )
    if chance(0.12):
        settings = replace(settings, defocus=between(4_000, 15_000), phase_shift=between(60, 120))
    most = {
        "gold": (0.1, 8),
        "frost": (0.25, 10),
        "aggregates": (0.35, 8),
        "broken": (0.4, max(2, particles // 3)),
        "overlapping": (0.4, max(2, particles // 5)),
        "filaments": (0.13, 4),
        "debris": (0.5, 200),
    }
    there: dict[str, Any] = {
        name: int(random.integers(1, number + 1)) if chance(part) else 0 for name, (part, number) in most.items()
    }
    return replace(settings, **there, leopard=between(0.05, 0.3) if chance(0.1) else 0.0)


def _to_input(image: NetworkInput, spots: Floats) -> Floats:
    """(n, 3): places and radii of the micrograph in input pixels."""
    return np.column_stack([image.to_input(spots[:, :2]), spots[:, 2] / image.scale.mean()])
