"""How two sets of picks agree: pairs, what only one has, and where the second lies from the first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from picking.science.compare.shift import Shift, shift_of
from picking.science.evaluate import Agreement, paired
from picking.science.picks import NEAR, Points


@dataclass(frozen=True)
class Side:
    """A micrograph as both see it: `first` (n, 2) and `second` (m, 2), centres in full-resolution pixels.

    `height`: of the image; `diameter_px`: of a particle. `pixel_size`: Å. `key`: what it is known by.
    """

    key: Any
    first: Points
    second: Points
    height: int
    diameter_px: float
    pixel_size: float


@dataclass(frozen=True)
class Pairs:
    """Of one micrograph: (k, 2) places of the first and of the second that belong together, and those alone."""

    first: Points
    second: Points
    only_first: Points
    only_second: Points

    @classmethod
    def of(cls, side: Side) -> "Pairs":
        pairs = paired(side.first, side.second, NEAR * side.diameter_px)
        i, j = pairs.T
        return cls(side.first[i], side.second[j], np.delete(side.first, i, axis=0), np.delete(side.second, j, axis=0))

    @property
    def agreement(self) -> Agreement:
        """The first is taken for the reference."""
        number = len(self.first)
        return Agreement(number + len(self.only_first), number + len(self.only_second), number)


@dataclass(frozen=True)
class Comparison:
    """Of all micrographs: numbers in all and by micrograph, and how the second lies from the first.

    `offsets`: (k, 2), second minus first of each pair in Å. `shift`: of the whole set, where there is one.
    """

    total: Agreement
    micrographs: list[tuple[Any, Agreement]]
    offsets: Points
    shift: Shift | None = None
    pixel_size: float = 0.0
    sentences: list[str] = field(default_factory=list)

    @property
    def median(self) -> tuple[float, float]:
        """Å in x and y: of the whole set where it is shifted, as its pairs are chance then; 0 without pairs."""
        if self.shift and not self.shift.flipped:
            return self.shift.x * self.pixel_size, self.shift.y * self.pixel_size
        x, y = np.median(self.offsets, axis=0).tolist() if len(self.offsets) else (0.0, 0.0)
        return x, y


def compare(sides: Iterable[Side], names: tuple[str, str] = ("A", "B")) -> Comparison:
    """Pairs are nearer than 0.4 diameters, as everywhere; the micrographs that agree least come first."""
    every = list(sides)
    agreements, offsets = [], [np.empty((0, 2))]
    for side in every:
        pairs = Pairs.of(side)
        agreements.append((side.key, pairs.agreement))
        offsets.append((pairs.second - pairs.first) * side.pixel_size)
    total = sum((each for _, each in agreements), Agreement())
    shift = shift_of([(each.first, each.second, each.height, each.diameter_px) for each in every])
    pixel_size = float(np.median([each.pixel_size for each in every])) if every else 0.0
    return Comparison(
        total=total,
        micrographs=sorted(agreements, key=lambda each: (each[1].f1, -each[1].reference - each[1].found)),
        offsets=np.concatenate(offsets),
        shift=shift,
        pixel_size=pixel_size,
        sentences=[shift.sentence(names, pixel_size)] if shift else [],
    )
