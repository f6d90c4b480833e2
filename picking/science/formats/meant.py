"""What an export is meant to hold, noted on the disk while it is written: the file is compared with it afterwards."""

from collections.abc import Iterable, Iterator
from typing import IO

import numpy as np

from picking.science.formats.coordinates import Coordinates
from picking.science.formats.export import ExportMicrograph, flipped

_COLUMNS = 3


class Meant:
    """Coordinates and merits by the name of the micrograph, in pixels of the next program. `file`: an empty one."""

    def __init__(self, file: IO[bytes], flip_y: bool, scale: float) -> None:
        self._file, self._flip_y, self._scale = file, flip_y, scale
        self._rows: dict[str, tuple[int, int]] = {}
        self._heights: dict[str, int] = {}

    @property
    def names(self) -> list[str]:
        """Of the micrographs that have picks."""
        return list(self._rows)

    def noted(self, micrographs: Iterable[ExportMicrograph]) -> Iterator[ExportMicrograph]:
        """The same micrographs, whose picks must lie on them, each noted before it is written."""
        for each in micrographs:
            if len(each.picks):
                picks = Coordinates.of(each.picks)
                self._rows[each.name] = (self._file.tell(), len(picks))
                self._heights[each.name] = each.height
                self._file.write(np.column_stack([picks.xy, picks.merit]).tobytes())
            yield each

    def __call__(self, name: str) -> Coordinates:
        """What the file must say of a micrograph."""
        start, count = self._rows[name]
        self._file.seek(start)
        content = self._file.read(8 * count * _COLUMNS)
        table = np.frombuffer(content, np.float64).reshape(count, _COLUMNS)
        xy = flipped(table[:, :2], self._heights[name], name) if self._flip_y else table[:, :2]
        return Coordinates.at(xy / self._scale, table[:, 2])

    def back(self, name: str, read: Coordinates) -> np.ndarray:
        """(n, 2): what was read of a micrograph, in pixels of ours."""
        xy = read.xy * self._scale
        return flipped(xy, self._heights[name], name) if self._flip_y else xy
