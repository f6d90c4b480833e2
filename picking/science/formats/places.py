"""Where the picks of many micrographs are, in one file: those of one are found at once.

Little-endian: a table of (micrograph, first row, rows) in uint64, after how many entries it has; then rows of
(x, y) in float32, full-resolution pixels.
"""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile

import numpy as np

from picking.science.picks import Points, as_points

_NUMBER, _ROW = np.dtype("<u8"), np.dtype("<f4")
_WIDTH = 2 * _ROW.itemsize


def write_places(path: Path, found: Iterable[tuple[int, Points]]) -> None:
    """`found`: micrograph and its (n, 2) places."""
    table: list[tuple[int, int, int]] = []
    start = 0
    with TemporaryFile(dir=path.parent) as rows:
        for micrograph, places in found:
            rows.write(np.ascontiguousarray(places, _ROW).tobytes())
            table.append((micrograph, start, len(places)))
            start += len(places)
        rows.seek(0)
        with path.open("wb") as file:
            file.write(np.array([len(table), *np.ravel(table)], _NUMBER).tobytes())
            while piece := rows.read(1 << 20):
                file.write(piece)


def read_places(path: Path, micrograph: int) -> Points:
    """(n, 2): those of one micrograph; none if it has none. Raises OSError."""
    with path.open("rb") as file:
        entries = int(np.fromfile(file, _NUMBER, 1)[0])
        table = np.fromfile(file, _NUMBER, 3 * entries).reshape(-1, 3)
        head = file.tell()
        for _, start, count in table[table[:, 0] == micrograph].tolist():
            file.seek(head + start * _WIDTH)
            return as_points(np.fromfile(file, _ROW, 2 * count))
    return as_points([])
