"""MRC: modes 0, 1, 2, 6 and 12 in either byte order.

Source: Cheng et al. (2015), MRC2014; the header's layout is that of the `mrcfile` package. The header is
parsed here rather than by `mrcfile.open`, which allocates whatever a damaged header asks for.
"""

from functools import partial
from pathlib import Path
from typing import Any, Literal

import mrcfile.dtypes
import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.micrograph import (
    Header,
    OpenImage,
    UnreadableMicrograph,
    check_size,
    plausible_pixel_size,
    refuse_stack,
    truncated,
)

_HEADER: np.dtype[np.void] = mrcfile.dtypes.HEADER_DTYPE
_TYPES = {0: "i1", 1: "i2", 2: "f4", 6: "u2", 12: "f2"}
_OTHER_MODES = {3: "complex", 4: "complex", 16: "colour", 101: "4-bit"}
_BIG_ENDIAN_STAMP = 0x11
_IMOD_STAMP, _IMOD_SIGNED = 1146047817, 1

Order = Literal["<", ">"]


def looks_like_mrc(start: bytes) -> bool:
    """Whether a file that starts so is MRC; files from before 2000 lack the word MAP."""
    return start[208:211] == b"MAP" or (len(start) >= _HEADER.itemsize and _plausible(_parse(start)[0]))


def open_mrc(path: Path) -> OpenImage:
    """Check the header. Raises UnreadableMicrograph: a stack, truncated, or without grey values."""
    length = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(_HEADER.itemsize)
    if len(start) < _HEADER.itemsize:
        raise truncated(_HEADER.itemsize, length)
    header, order = _parse(start)
    width, height = int(header["nx"]), int(header["ny"])
    refuse_stack(int(header["nz"]))
    check_size(width, height)
    dtype = _pixel_type(header, order)
    offset = _HEADER.itemsize + max(0, int(header["nsymbt"]))
    expected = offset + width * height * dtype.itemsize
    if expected > length:
        raise truncated(expected, length)
    decode = partial(_decode, path, dtype, offset, (height, width))
    return OpenImage(Header(width, height, _pixel_size(header)), decode)


def _parse(start: bytes) -> tuple[Any, Order]:
    """The header record in the byte order of its machine stamp, or in the other if only that makes sense.

    Files with a wrong stamp are found in the wild (`mrcfile` helps itself in the same way).
    """
    orders: tuple[Order, Order] = (">", "<") if start[212] == _BIG_ENDIAN_STAMP else ("<", ">")
    read = [(np.frombuffer(start, _HEADER.newbyteorder(order), count=1)[0], order) for order in orders]
    return next((each for each in read if _plausible(each[0])), read[0])


def _plausible(header: Any) -> bool:
    sides = (int(header["nx"]), int(header["ny"]), int(header["nz"]))
    return int(header["mode"]) in _TYPES | _OTHER_MODES and all(0 < side < 1 << 16 for side in sides)


def _pixel_type(header: Any, order: Order) -> np.dtype[Any]:
    mode = int(header["mode"])
    if mode not in _TYPES:
        kind = _OTHER_MODES.get(mode, "unknown")
        raise UnreadableMicrograph(
            f"its MRC mode is {mode} ({kind}); only the greyscale modes 0, 1, 2, 6 and 12 can be read, "
            "so convert it to mode 2."
        )
    # IMOD's bytes are unsigned unless a flag says otherwise (bytes 152 to 159 in its mrc_format.txt).
    stamp, flags = np.frombuffer(header.tobytes(), np.dtype("i4").newbyteorder(order), count=2, offset=152)
    if mode == 0 and stamp == _IMOD_STAMP and not flags & _IMOD_SIGNED:
        return np.dtype("u1")
    return np.dtype(_TYPES[mode]).newbyteorder(order)


def _pixel_size(header: Any) -> float | None:
    intervals = int(header["mx"])
    return plausible_pixel_size(float(header["cella"]["x"]) / intervals) if intervals > 0 else None


def _decode(path: Path, dtype: np.dtype[Any], offset: int, shape: tuple[int, int]) -> NDArray[np.generic]:
    return np.fromfile(path, dtype, shape[0] * shape[1], offset=offset).reshape(shape)
