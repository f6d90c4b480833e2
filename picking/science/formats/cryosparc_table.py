"""The table of cryoSPARC, `.cs`: one structured array of NumPy's `.npy` format, read a part at a time.

A file says how many rows it has: that is compared with its length before anything is read, and nothing in it is ever
unpickled. Source: NumPy's NEP 1, cryosparc-tools' dataset.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates
from picking.science.picks import Points

_MAGIC, _COMPRESSED = b"\x93NUMPY", b"CSDAT"
_MOST_HEADER = 1 << 16
_PART = 16 << 20
"""Bytes read at a time."""

_PATH = "location/micrograph_path"
_SHAPE = "location/micrograph_shape"
_PIXEL_SIZE = "location/micrograph_psize_A"
_X, _Y = "location/center_x_frac", "location/center_y_frac"
_SCORE = "pick_stats/ncc_score"

_KINDS = {_PATH: "SU", _SHAPE: "uif", _PIXEL_SIZE: "f", _X: "f", _Y: "f", _SCORE: "f"}
"""Column -> kinds of NumPy that it may have."""


@dataclass(frozen=True)
class Table:
    """What the header says. `start`: the byte at which the rows begin."""

    path: str
    dtype: np.dtype[Any]
    rows: int
    start: int

    @property
    def has_locations(self) -> bool:
        """Whether there are particles with places."""
        return {_X, _Y} <= set(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return self.dtype.names or ()

    def where(self, row: int, column: str) -> str:
        """Path and byte of a value."""
        offset = self.dtype.fields[column][1] if self.dtype.fields else 0
        return f"{self.path}, row {row + 1}, byte {self.start + row * self.dtype.itemsize + offset}"


def is_table(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a table of cryoSPARC, of either kind."""
    named = b"'uid'" in head or b"'location/" in head
    return (head.startswith(_MAGIC) and named) or head[1:6] == _COMPRESSED


def described(path: str, file: BinaryIO) -> Table:
    """The header of a file, without its rows. Raises UnreadableCoordinates."""
    if file.read(6)[1:] == _COMPRESSED:
        raise UnreadableCoordinates(
            f"{path} is in cryoSPARC's compressed format. Load it with cryosparc-tools and save it again with "
            "Dataset.save(…, format=NUMPY_FORMAT)."
        )
    file.seek(0)
    dtype, shape = _header(path, file)
    start = file.tell()
    length = file.seek(0, 2)
    if dtype.names is None or len(shape) != 1:
        raise UnreadableCoordinates(f"{path} is a NumPy file, but not a table of cryoSPARC.")
    if dtype.hasobject:
        raise UnreadableCoordinates(f"{path} holds Python objects, which are never read. Save it with cryosparc-tools.")
    table = Table(path, dtype, shape[0], start)
    if length - start != table.rows * dtype.itemsize:
        raise UnreadableCoordinates(
            f"{path} ends at byte {length}, but {table.rows} rows reach to byte {start + table.rows * dtype.itemsize}. "
            "Copy the file again."
        )
    for column in _KINDS:
        _check(table, column)
    return table


def found_in(table: Table, file: BinaryIO) -> Iterator[Found]:
    """Coordinates by micrograph, a part of the file at a time. Raises UnreadableCoordinates."""
    for column in (_PATH, _SHAPE):
        if column not in table.names:
            raise UnreadableCoordinates(
                f"{table.path} has no column {column}, without which its places mean nothing. "
                "Export the particles group again."
            )
    file.seek(table.start)
    most = max(1, _PART // table.dtype.itemsize)
    for first in range(0, table.rows, most):
        count = min(most, table.rows - first)
        content = file.read(count * table.dtype.itemsize)
        if len(content) < count * table.dtype.itemsize:
            raise UnreadableCoordinates(f"{table.path} became shorter while it was read. Import it again.")
        yield from _found(table, np.frombuffer(content, table.dtype), first)


def _header(path: str, file: BinaryIO) -> tuple[np.dtype[Any], tuple[int, ...]]:
    try:
        read = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}[npy.read_magic(file)]
        shape, _, dtype = read(file, max_header_size=_MOST_HEADER)
    except Exception as error:  # what a damaged header raises depends on where NumPy's parser meets the damage
        raise UnreadableCoordinates(f"{path}: the header (bytes 0 to {file.tell()}) is damaged.") from error
    if any(each < 0 for each in shape):
        raise UnreadableCoordinates(f"{path}: the header says that there are {shape} rows.")
    return dtype, shape


def _check(table: Table, column: str) -> None:
    """Raises UnreadableCoordinates for a column that is of another kind than cryoSPARC's."""
    if column not in table.names:
        return
    dtype = table.dtype[column]
    if dtype.base.kind not in _KINDS[column] or dtype.shape != ((2,) if column == _SHAPE else ()):
        raise UnreadableCoordinates(f"{table.path}: the column {column} has the type {dtype}, unlike cryoSPARC's.")


def _found(table: Table, rows: NDArray[Any], first: int) -> Iterator[Found]:
    """`first`: the row of the table that comes first in `rows`."""
    scores = _scores(rows)
    shapes = rows[_SHAPE].astype(np.float64)
    sizes = _whole_sizes(table, shapes, first)
    centres = _centres(table, rows, sizes, first)
    for path, which in _by_path(rows[_PATH]).items():
        nx, ny = sizes[which[0]].tolist()
        if (sizes[which] != (nx, ny)).any():
            other = which[(sizes[which] != (nx, ny)).any(axis=1)][0]
            raise UnreadableCoordinates(
                f"{table.where(first + int(other), _SHAPE)}: this row gives its micrograph another size."
            )
        yield Found(
            _name(path, table.where(first + int(which[0]), _PATH)),
            Coordinates.at(centres[which], scores[which]),
            (nx, ny),
            _pixel_size(rows, which),
        )


def _by_path(paths: NDArray[Any]) -> dict[Any, NDArray[np.intp]]:
    """Path -> the rows that have it. Rows of a micrograph mostly follow one another."""
    starts = np.flatnonzero(np.concatenate([[True], paths[1:] != paths[:-1]]))
    stops = np.append(starts[1:], len(paths))
    runs: dict[Any, list[tuple[int, int]]] = {}
    for path, start, stop in zip(paths[starts].tolist(), starts.tolist(), stops.tolist(), strict=True):
        runs.setdefault(path, []).append((start, stop))
    return {path: np.concatenate([np.arange(*run) for run in each]) for path, each in runs.items()}


def _whole_sizes(table: Table, shapes: NDArray[np.float64], first: int) -> NDArray[np.int64]:
    """(n, 2): nx, ny of `shapes`, which are (ny, nx)."""
    bad = ~((shapes >= 1) & (shapes < 1 << 24) & (shapes == np.floor(shapes))).all(axis=1)
    if bad.any():
        row = int(np.argmax(bad))
        raise UnreadableCoordinates(
            f"{table.where(first + row, _SHAPE)}: no micrograph has the size {shapes[row].tolist()}."
        )
    return shapes[:, ::-1].astype(np.int64)


def _centres(table: Table, rows: NDArray[Any], sizes: NDArray[np.int64], first: int) -> Points:
    fractions = np.column_stack([rows[_X], rows[_Y]]).astype(np.float64)
    bad = ~np.isfinite(fractions)
    if bad.any():
        row = int(np.argmax(bad.any(axis=1)))
        column = _X if bad[row, 0] else _Y
        raise UnreadableCoordinates(f"{table.where(first + row, column)}: {column} is not a number.")
    return fractions * sizes


def _scores(rows: NDArray[Any]) -> NDArray[np.float64]:
    if _SCORE not in (rows.dtype.names or ()):
        return np.full(len(rows), np.nan)
    scores = rows[_SCORE].astype(np.float64)
    return np.where(np.isfinite(scores), scores, np.nan)


def _pixel_size(rows: NDArray[Any], which: NDArray[np.intp]) -> float | None:
    value = float(rows[_PIXEL_SIZE][which[0]]) if _PIXEL_SIZE in (rows.dtype.names or ()) else 0.0
    return value if 0 < value < float("inf") else None


def _name(path: bytes | str, where: str) -> str:
    try:
        name = path.decode() if isinstance(path, bytes) else path
    except UnicodeDecodeError as error:
        raise UnreadableCoordinates(f"{where}: the name of the micrograph is not in UTF-8.") from error
    if not name.strip():
        raise UnreadableCoordinates(f"{where}: there is no name of a micrograph.")
    return name
