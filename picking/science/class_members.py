"""The files of class averages: their names, and the one that says which pick is in which class.

Apart from `averages`, which loads torch: these are read where pages are answered.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from picking.science.evaluate import paired
from picking.science.picks import Points

STACK, TABLE, PICTURE = "run_classes.mrcs", "run_classes.star", "averages.png"
"""As `averages.export` makes them."""
FILE = "members.npz"
"""Which pick is in which class."""
SAME = 0.25
"""Two places closer than this many particle diameters are the same pick, in two sets of averages."""


@dataclass(frozen=True, eq=False)
class ClassMembers:
    """Picks that were sorted, as columns (n,), and what is known of each.

    micrograph: id. x, y: centres in full-resolution pixels. particle, contamination: scores, NaN where no network saw
    the pick. number: of its class, from 1; 0 for one that waits. fit: how well it fits its average, 0 to 1.
    """

    micrograph: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    particle: NDArray[np.float64]
    contamination: NDArray[np.float64]
    number: NDArray[np.int64]
    fit: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.x)

    @property
    def xy(self) -> Points:
        """(n, 2)."""
        return np.column_stack([self.x, self.y])

    def columns(self) -> dict[str, NDArray[Any]]:
        """By their names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def chosen(self, which: NDArray[Any]) -> "ClassMembers":
        """Some of them: by a mask (n,), or by their positions in the order of these."""
        return ClassMembers(**{name: column[which] for name, column in self.columns().items()})

    @classmethod
    def joined(cls, parts: Sequence["ClassMembers"]) -> "ClassMembers":
        """All of several parts, in their order."""
        names = [field.name for field in fields(cls)]
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})

    def sorted_into(self, number: NDArray[np.int64], fit: NDArray[np.float64]) -> "ClassMembers":
        """The same picks in other classes."""
        return replace(self, number=number, fit=fit)

    def means(self, scores: NDArray[np.float64]) -> list[float | None]:
        """Of each class, from the first, the mean of a column; None where no member has a score."""
        known, classes = ~np.isnan(scores), self.number.max(initial=0)
        counts = np.bincount(self.number[known], minlength=classes + 1)[1:].tolist()
        sums = np.bincount(self.number[known], scores[known], minlength=classes + 1)[1:].tolist()
        return [round(total / count, 4) if count else None for total, count in zip(sums, counts, strict=True)]

    def of_class(self, number: int) -> "ClassMembers":
        """The members of a class, the best fit first."""
        inside = np.flatnonzero(self.number == number)
        return self.chosen(inside[np.argsort(-self.fit[inside], kind="stable")])

    def as_bytes(self) -> bytes:
        """The content of FILE."""
        file = io.BytesIO()
        np.savez(file, **self.columns())  # type: ignore[arg-type]
        return file.getvalue()

    @classmethod
    def read(cls, path: Path) -> "ClassMembers":
        """Raises OSError where the file is gone."""
        with np.load(path, allow_pickle=False) as file:
            return cls(**{field.name: file[field.name] for field in fields(cls)})


def shared(one: ClassMembers, other: ClassMembers, near: Mapping[int, float]) -> NDArray[np.int64]:
    """How many picks each class of `one` shares with each of `other`: (classes of one, classes of the other).

    `near`: by micrograph, how many of its pixels two places of one pick may be apart, at most; micrographs that are not
    in it are left out.
    """
    counts = np.zeros((one.number.max(initial=0) + 1, other.number.max(initial=0) + 1), np.int64)
    of_one, of_other = _by_micrograph(one), _by_micrograph(other)
    for micrograph in near.keys() & of_one.keys() & of_other.keys():
        mine, theirs = of_one[micrograph], of_other[micrograph]
        i, j = paired(mine.xy, theirs.xy, near[micrograph]).T
        np.add.at(counts, (mine.number[i], theirs.number[j]), 1)
    return counts[1:, 1:]


def _by_micrograph(members: ClassMembers) -> dict[int, ClassMembers]:
    return {name: members.chosen(members.micrograph == name) for name in np.unique(members.micrograph).tolist()}
