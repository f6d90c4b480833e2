"""Simulated picks with known truth: particles of several specimens, a little off their centres, and junk."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from picking.science.averages.crops import cut_crops
from picking.science.extract.boxes import Boxes
from picking.science.simulate import Simulation, simulate_micrograph

DEFOCI = (9_000.0, 15_000.0, 21_000.0, 28_000.0)  # Å
OFF_CENTRE = 0.04
"""Standard deviation along each axis of what picks are off the centre by, in diameters."""
CONTAMINATION, EMPTY = 25, 15
"""Picks on ice crystals or carbon, and on nothing, in each micrograph of 300 particles."""


@dataclass(frozen=True)
class SimulatedPicks:
    """`boxes`: (n, 64, 64). `kinds`: (n,), 0 … of the specimens, then contamination, then empty places.

    `views`: (n,), the kind and, where specimens are seen from a few directions, the direction.
    """

    boxes: Boxes
    kinds: NDArray[np.int64]
    views: NDArray[Any]
    pixel_size: float

    @property
    def particle(self) -> NDArray[np.bool_]:
        """(n,): whether there is one."""
        return np.asarray(self.kinds < self.kinds.max() - 1)

    def some(self, number: int) -> "SimulatedPicks":
        """The first of them."""
        return SimulatedPicks(self.boxes[:number], self.kinds[:number], self.views[:number], self.pixel_size)


def simulated_picks(
    number: int, views: int, specimens: int = 3, contrast: float = 0.02, seed: int = 0
) -> SimulatedPicks:
    """Picks of `specimens`, each seen from `views` directions (0: any), at four defoci with their phases flipped.

    Another seed has other specimens in other micrographs.
    """
    random = np.random.default_rng(seed)
    parts: list[SimulatedPicks] = []
    while sum(len(part.boxes) for part in parts) < number:
        turn = len(parts)
        made = Simulation(
            width=1280, height=1280, pixel_size=3.75, particles=300, ice_crystals=12, carbon=turn % 4 == 3,
            defocus=DEFOCI[turn // specimens % 4], specimen=turn % specimens + specimens * seed, views=views,
            contrast=contrast,
        )  # fmt: skip
        parts.append(_picked(made, 100 + turn + 1000 * seed, specimens, random))
    order = random.permutation(sum(len(part.boxes) for part in parts))[:number]
    kinds, facing = (np.concatenate([getattr(part, name) for part in parts])[order] for name in ("kinds", "views"))
    if not views:
        facing = np.zeros_like(facing)
    view = np.unique(np.column_stack([kinds, facing.round(4)]), axis=0, return_inverse=True)[1].ravel()
    boxes = np.concatenate([part.boxes for part in parts])[order]
    return SimulatedPicks(boxes, kinds, view, parts[0].pixel_size)


def _picked(made: Simulation, seed: int, specimens: int, random: np.random.Generator) -> SimulatedPicks:
    """Of one micrograph; its `views` are directions still, (n, 3)."""
    micrograph = simulate_micrograph(made, seed)
    junk = random.permutation(micrograph.contamination)[:CONTAMINATION]
    empty = micrograph.background[:EMPTY]
    places = np.concatenate([micrograph.particles, junk, empty])
    kind = made.specimen % specimens
    kinds = np.repeat([kind, specimens, specimens + 1], [len(micrograph.particles), len(junk), len(empty)])
    facing = np.zeros((len(places), 3))
    facing[: len(micrograph.particles)] = micrograph.turns[:, 2]
    places += random.normal(0, OFF_CENTRE * made.diameter_px, places.shape)
    crops = cut_crops(micrograph.pixels, made.pixel_size, places, made.diameter, ctf=made.ctf)
    return SimulatedPicks(crops.boxes, kinds[crops.kept], facing[crops.kept], crops.pixel_size)
