"""Arrays as `.npy`, the format of `numpy.save`. Files are read with care: no pickles, no size taken on trust."""

import io
import math
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

MOST_HEADER = 10_000
_HEADERS: dict[tuple[int, int], Any] = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


class UnreadableArray(ValueError):
    """The bytes are no array that can be used. The message says why."""


def as_npy(array: NDArray[Any]) -> bytes:
    """The bytes of a `.npy` file."""
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def read_npy(content: bytes) -> NDArray[Any]:
    """The array of a `.npy` file, which cannot be written to. Raises UnreadableArray.

    The header is compared with how many bytes follow before anything is made of them: it could claim any size.
    """
    file = io.BytesIO(content)
    try:
        version = npy.read_magic(file)
        shape, fortran, kind = _HEADERS[version](file, max_header_size=MOST_HEADER)
    except Exception as error:  # numpy raises many kinds for a broken header
        raise UnreadableArray("This is not a .npy file of version 1 or 2. Write it with numpy.save.") from error
    if kind.hasobject:
        raise UnreadableArray("This array holds Python objects. Send numbers.")
    left = content[file.tell() :]
    if any(side < 0 for side in shape) or kind.itemsize == 0 or math.prod(shape) * kind.itemsize != len(left):
        raise UnreadableArray("This .npy file is not whole: its header and its length do not fit.")
    return np.frombuffer(left, kind).reshape(shape, order="F" if fortran else "C")
