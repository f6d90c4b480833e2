"""NumPy files of one structured array, read without trust: no pickles, and no more memory than the file is long."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

MOST_HEADER = 1 << 18
"""Characters: cryoSPARC's data sets have some hundred columns."""

_Reader = Callable[..., tuple[tuple[int, ...], bool, np.dtype[Any]]]
_READERS: dict[tuple[int, int], _Reader] = {
    (1, 0): npy.read_array_header_1_0,
    (2, 0): npy.read_array_header_2_0,
}


def columns_of(path: Path) -> frozenset[str]:
    """The names of its columns, from the header alone. Raises ValueError for another file."""
    with path.open("rb") as file:
        return frozenset(_header(file)[1].names or ())


def read_structured(path: Path) -> NDArray[np.void]:
    """Its rows, in the byte order of this machine or not. Raises ValueError, saying what is wrong."""
    with path.open("rb") as file:
        rows, dtype = _header(file)
        there, needed = os.fstat(file.fileno()).st_size - file.tell(), rows * dtype.itemsize
        if needed > there:
            raise ValueError(f"it is truncated: its header says {needed:,} bytes of rows, but there are {there:,}")
        return np.fromfile(file, dtype, rows)


def texts(column: NDArray[Any]) -> list[str]:
    """A column of bytes or text, as text; bytes as file systems have them."""
    return [os.fsdecode(each) if isinstance(each, bytes) else str(each) for each in column.tolist()]


def _header(file: IO[bytes]) -> tuple[int, np.dtype[Any]]:
    try:
        version = npy.read_magic(file)
        shape, _, dtype = _READERS[version](file, max_header_size=MOST_HEADER)
    except Exception as error:
        raise ValueError("its header is damaged or of a newer kind") from error
    if dtype.names is None or len(shape) != 1:
        raise ValueError("it is no table")
    if dtype.hasobject:
        raise ValueError("it holds pickled objects, which are never opened")
    if dtype.itemsize == 0:
        raise ValueError("its rows are empty")
    return shape[0], dtype
