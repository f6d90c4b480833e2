"""Simulated micrographs of many specimens, drawn by rule, for `make pretrain`.

Every scene is a micrograph of its own specimen, about 21 particle diameters wide. What a laboratory may have is drawn
from its usual range; each number says where that comes from.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.network_input import NetworkInput, make_network_input
from picking.science.picks import Points
from picking.science.simulate import Simulation, simulate_micrograph
from picking.science.simulate.specimens import Kind

Random = np.random.Generator
Floats = NDArray[np.floating[Any]]

SIDE = 448
_KINDS: dict[Kind, float] = {"globular": 0.4, "micelle": 0.2, "shell": 0.1, "barrel": 0.15, "lobes": 0.15}


@dataclass(frozen=True)
class Scene:
    """The image; its particles (n, 2) and its contamination (m, 3: x, y, radius) in input pixels.

    overlapping: (k, 3), particles on top of one another: contamination, but no mistake of a particle network.
    """

    image: NetworkInput
    particles: Points
    contamination: Floats
    overlapping: Floats


def scene(number: int) -> Scene:
    """The scene of this number, always the same."""
    random = np.random.default_rng([7, number])
    settings = drawn(random, number)
    micrograph = simulate_micrograph(settings, number)
    believed = settings.diameter * random.uniform(0.92, 1.08)  # people enter diameters that are some per cent off
    image = make_network_input(micrograph.pixels, settings.pixel_size, believed)
    edges = micrograph.contamination[len(micrograph.contamination) - micrograph.edges :]
    marks = np.column_stack([edges, np.full(len(edges), 0.25 * settings.diameter_px)])
    spots, overlapping = (
        np.column_stack([image.to_input(rows[:, :2]), rows[:, 2] / image.scale.mean()])
        for rows in (np.concatenate([micrograph.spots, marks]), micrograph.overlapping)
    )
    return Scene(image, image.to_input(micrograph.particles), spots, overlapping)


def drawn(random: Random, specimen: int) -> Simulation:
    """What to simulate."""
    diameter = _between(random, 60, 400)
    plate = random.random() < 0.08
    return Simulation(
        width=SIDE,
        height=SIDE,
        pixel_size=diameter / random.uniform(18, 24),
        diameter=diameter,
        aspect=1.0 if random.random() < 0.5 else float(random.uniform(1, 3)),
        particles=int(_between(random, 15, 300)),
        contrast=_between(random, 0.006, 0.05) * float(np.sqrt(160 / diameter)),
        defocus=float(random.uniform(3_000, 10_000) if plate else random.uniform(8_000, 35_000)),
        phase_shift=float(random.uniform(60, 120)) if plate else 0.0,
        dose=float(random.uniform(20, 70)),
        thickness=_between(random, 200, 1_200),
        energy_filter=bool(random.random() < 0.6),
        blur=float(random.uniform(0.3, 0.8)) if random.random() < 0.5 else 0.0,
        specimen=1000 + specimen,
        kind=random.choice(list(_KINDS), p=list(_KINDS.values())),
        preferred=float(random.uniform(0.3, 1)) if random.random() < 0.4 else 0.0,
        spacing=float(random.uniform(0.6, 1)),
        layers=int(random.choice([1, 2, 3], p=[0.6, 0.25, 0.15])),
        ice_crystals=_some(random, 0.6, 8),
        gold=_some(random, 0.1, 20),
        frost=_some(random, 0.4, 8),
        aggregates=_some(random, 0.4, 6),
        broken=_some(random, 0.4, 25),
        overlapping=_some(random, 0.4, 15),
        filaments=_some(random, 0.15, 4),
        debris=int(_between(random, 20, 1200)) if random.random() < 0.7 else 0,
        leopard=float(random.uniform(0.02, 0.12)) if random.random() < 0.12 else 0.0,
        carbon=bool(random.random() < 0.25),
    )


def _between(random: Random, least: float, most: float) -> float:
    """Evenly in its logarithm."""
    return float(np.exp(random.uniform(np.log(least), np.log(most))))


def _some(random: Random, chance: float, most: int) -> int:
    """None, or with this chance 1 to `most`."""
    return int(random.integers(1, most + 1)) if random.random() < chance else 0
