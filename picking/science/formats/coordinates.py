"""Coordinates: the particles of one micrograph, one by one or as columns."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from picking.science.picks import Points, as_points

Column = NDArray[np.float64]
"""(n,): a number for each particle; NaN where there is none."""

BY_PEOPLE = ("label", "verdict")


class UnreadableCoordinates(Exception):
    """Coordinate files that cannot be used. The message is for people."""


@dataclass(frozen=True, slots=True)
class Coordinate:
    """One particle: its centre in full-resolution pixels, and what is known about it.

    `source`: label, verdict or network. `created`: ISO 8601.
    """

    x: float
    y: float
    particle_score: float | None = None
    contamination_score: float | None = None
    source: str = ""
    author: str = ""
    created: str = ""


@dataclass(frozen=True, eq=False)
class Coordinates(Sequence[Coordinate]):
    """The particles of one micrograph as columns of equal length, so that millions need little time and memory.

    `xy`: (n, 2) centres in full-resolution pixels. Scores: (n,), NaN where there is none. `source`, `author` and
    `created` are as in `Coordinate`, and empty where nothing is known of any particle.
    """

    xy: Points
    particle_score: Column
    contamination_score: Column
    source: Sequence[str] = ()
    author: Sequence[str] = ()
    created: Sequence[str] = ()

    @classmethod
    def of(cls, particles: Iterable[Coordinate]) -> "Coordinates":
        """The columns of a list; columns are returned as they are."""
        if isinstance(particles, Coordinates):
            return particles
        rows = list(particles)
        return cls(
            as_points([(p.x, p.y) for p in rows]),
            _column(p.particle_score for p in rows),
            _column(p.contamination_score for p in rows),
            *(tuple(getattr(p, text) for p in rows) for text in ("source", "author", "created")),
        )

    @classmethod
    def at(cls, xy: Points, score: Column | None = None) -> "Coordinates":
        """Centres (n, 2), with a score each if there is one."""
        none = np.full(len(xy), np.nan)
        return cls(xy, none if score is None else score, none)

    @classmethod
    def joined(cls, parts: Iterable["Coordinates"]) -> "Coordinates":
        """All particles of several parts, in their order."""
        every = list(parts)
        if len(every) == 1:
            return every[0]
        texts = ("source", "author", "created")
        return cls(
            as_points(np.concatenate([np.empty((0, 2)), *(p.xy for p in every)])),
            np.concatenate([np.empty(0), *(p.particle_score for p in every)]),
            np.concatenate([np.empty(0), *(p.contamination_score for p in every)]),
            *(_words([(getattr(p, text), len(p)) for p in every]) for text in texts),
        )

    @property
    def merit(self) -> Column:
        """(n,): one score for formats that have one: 1 where a person marked the particle or no score is known.

        Else the combined score: the particle score times (1 - contamination score), as in `picks`.
        """
        combined = self.particle_score * (1 - np.nan_to_num(self.contamination_score))
        anyone = not set(self.source).isdisjoint(BY_PEOPLE)
        people = np.array([source in BY_PEOPLE for source in self.source], bool) if anyone else False
        merit: Column = np.where(np.isnan(combined) | people, 1.0, combined)
        return merit

    def moved(self, xy: Points) -> "Coordinates":
        """The same particles at other places."""
        return replace(self, xy=xy)

    def chosen(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> "Coordinates":
        """Some of the particles: (n,) yes or no, or (m,) indices."""
        indices = np.flatnonzero(which) if which.dtype == bool else which
        if len(indices) == len(self) and which.dtype == bool:
            return self
        texts = (tuple(text[i] for i in indices.tolist()) if text else () for text in self.texts)
        return Coordinates(self.xy[indices], self.particle_score[indices], self.contamination_score[indices], *texts)

    @property
    def scores(self) -> tuple[Column, Column]:
        """Both scores."""
        return self.particle_score, self.contamination_score

    @property
    def texts(self) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
        """Source, author and time; each is empty where nothing is known."""
        return self.source, self.author, self.created

    def __len__(self) -> int:
        return len(self.xy)

    @overload
    def __getitem__(self, index: int) -> Coordinate: ...
    @overload
    def __getitem__(self, index: slice) -> "Coordinates": ...
    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return self.chosen(np.arange(len(self))[index])
        x, y = self.xy[index].tolist()
        particle, contamination = (None if isnan(each[index]) else float(each[index]) for each in self.scores)
        return Coordinate(x, y, particle, contamination, *(text[index] if text else "" for text in self.texts))

    def __iter__(self) -> Iterator[Coordinate]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Found:
    """What a file says of one micrograph, or of a part of it: `name` as it is written there.

    `size`: (width, height) in pixels and `pixel_size` in Å of the image that the coordinates refer to, where the
    file says so. Coordinates are those of the file: flips and scales of whole files are applied later.
    """

    name: str
    coordinates: Coordinates
    size: tuple[int, int] | None = None
    pixel_size: float | None = None


def by_name(names: Sequence[str], coordinates: Coordinates) -> Iterator[tuple[str, Coordinates]]:
    """The particles of each name, where rows of several micrographs follow one another or are mixed."""
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        rows.setdefault(name, []).append(row)
    for name, indices in rows.items():
        yield name, coordinates.chosen(np.array(indices, np.intp)) if len(rows) > 1 else coordinates


def some_names(names: Collection[str], shown: int = 3) -> str:
    """The first few for a message, and how many more there are."""
    if not names:
        return "none"
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(sorted(names)[:shown]) + more


def _column(values: Iterable[float | None]) -> Column:
    return np.array([np.nan if value is None else value for value in values], np.float64)


def _words(parts: Sequence[tuple[Sequence[str], int]]) -> Sequence[str]:
    if not any(text for text, _ in parts):
        return ()
    return tuple(word for text, number in parts for word in (text or ("",) * number))
