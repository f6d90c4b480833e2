"""Coordinates of a whole conversion, on the disk: millions need no memory, and a micrograph's parts come together."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO

import numpy as np

from picking.science.formats import Coordinates, Found


@dataclass(frozen=True)
class Spool:
    """`places`: written name -> where its parts begin in `file`; the names in the order of their first part."""

    file: IO[bytes] = field(default_factory=TemporaryFile)
    places: dict[str, list[int]] = field(default_factory=dict)
    sizes: dict[str, tuple[tuple[int, int] | None, float | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Iterable[Found]) -> "Spool":
        spool = cls()
        for each in found:
            spool.places.setdefault(each.name, []).append(spool.file.tell())
            spool.sizes[each.name] = (each.size, each.pixel_size)
            coordinates = each.coordinates
            np.save(spool.file, np.column_stack([coordinates.xy, *coordinates.scores]))
            texts = any(coordinates.texts) and [list(text) for text in coordinates.texts]
            spool.file.write(json.dumps(texts).encode() + b"\n")
        return spool

    def found(self, name: str) -> Found:
        """All parts of one micrograph."""
        return Found(name, Coordinates.joined(self._parts(name)), *self.sizes[name])

    def close(self) -> None:
        self.file.close()

    def _parts(self, name: str) -> Iterator[Coordinates]:
        for place in self.places[name]:
            self.file.seek(place)
            table = np.load(self.file)
            texts = json.loads(self.file.readline()) or ((), (), ())
            yield Coordinates(table[:, :2], table[:, 2], table[:, 3], *map(tuple, texts))
