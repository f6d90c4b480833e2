"""MRC: modes 0, 1, 2, 6, 12 and 101 in either byte order.

Sources: Cheng et al. (2015), MRC2014, with its update 20141; the header's layout is that of the `mrcfile` package.
The header is parsed here rather than by `mrcfile.open`, which allocates whatever a damaged header asks for.

Mode 101 is SerialEM's (its document on frame files): two pixels a byte, 0 to 15, the one with the lower x in the low
four bits, whatever the byte order; a row has (nx + 1) // 2 bytes. Older SerialEM wrote the same as mode 0 with half
the nx and a flag (MRC_FLAGS_4BIT_BYTES of IMOD's b3dutil.h).
"""

from dataclasses import dataclass
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
    truncated,
)
from picking.science.imaging.other_kinds import refuse_stack

_HEADER: np.dtype[np.void] = mrcfile.dtypes.HEADER_DTYPE
HEADER_BYTES = _HEADER.itemsize
_TYPES = {0: "i1", 1: "i2", 2: "f4", 6: "u2", 12: "f2", 101: "u1"}
_OTHER_MODES = {3: "complex", 4: "complex", 16: "colour"}
_BIG_ENDIAN_STAMP = 0x11
_IMOD_STAMP, _IMOD_SIGNED, _IMOD_4_BIT = 1146047817, 1, 16

Order = Literal["<", ">"]


@dataclass(frozen=True)
class MrcLayout:
    """How the pixels of an MRC file are stored; `extended` bytes come between the header and them."""

    header: Header
    dtype: np.dtype[Any]
    extended: int
    four_bit: bool

    @property
    def count(self) -> int:
        """Stored values: pixels, or pairs of 4-bit ones."""
        width = (self.header.width + 1) // 2 if self.four_bit else self.header.width
        return width * self.header.height

    @property
    def end(self) -> int:
        """Bytes that the header promises, up to the last pixel."""
        return HEADER_BYTES + self.extended + self.count * self.dtype.itemsize

    def start_of_pixels(self, length: int) -> int:
        """Where the pixels begin in a file of that length. Raises UnreadableMicrograph if it is too short.

        Programs that copy a header but not the extended one leave its length behind (cryoCARE_pip #43).
        """
        if length == self.end - self.extended:
            return HEADER_BYTES
        if length < self.end:
            raise truncated(self.end, length)
        return HEADER_BYTES + self.extended

    def image(self, stored: NDArray[np.generic]) -> NDArray[np.generic]:
        """(ny, nx) from the stored values."""
        rows = stored.reshape(self.header.height, -1)
        if not self.four_bit:
            return rows
        pixels = np.empty((self.header.height, self.header.width), np.uint8)
        np.bitwise_and(rows, 15, out=pixels[:, 0::2])
        np.right_shift(rows[:, : self.header.width // 2], 4, out=pixels[:, 1::2])
        return pixels


def looks_like_mrc(start: bytes) -> bool:
    """Whether a file that starts so is MRC; files from before 2000 lack the word MAP."""
    return start[208:211] == b"MAP" or (len(start) >= HEADER_BYTES and _plausible(_parse(start)[0]))


def open_mrc(path: Path) -> OpenImage:
    """Check the header. Raises UnreadableMicrograph: a stack, truncated, or without grey values."""
    with path.open("rb") as file:
        layout = read_layout(file.read(HEADER_BYTES))
    start = layout.start_of_pixels(path.stat().st_size)
    return OpenImage(layout.header, partial(_decode, path, layout, start))


def read_layout(start: bytes) -> MrcLayout:
    """The header in the first HEADER_BYTES of a file. Raises UnreadableMicrograph unless it is that of a micrograph."""
    if len(start) < HEADER_BYTES:
        raise truncated(HEADER_BYTES, len(start))
    header, order = _parse(start)
    mode, width, height = (int(header[name]) for name in ("mode", "nx", "ny"))
    stamp, flags = np.frombuffer(start, np.dtype("i4").newbyteorder(order), count=2, offset=152)
    imod = int(flags) if stamp == _IMOD_STAMP else None
    halved = mode == 0 and bool((imod or 0) & _IMOD_4_BIT)
    width *= 1 + halved
    refuse_stack(int(header["nz"]), width, height, volume=int(header["ispg"]) >= 1)
    check_size(width, height)
    if mode not in _TYPES:
        kind = _OTHER_MODES.get(mode, "unknown")
        raise UnreadableMicrograph(
            f"its MRC mode is {mode} ({kind}); only the greyscale modes 0, 1, 2, 6, 12 and 101 can be read, "
            "so convert it to mode 2."
        )
    dtype = np.dtype("u1" if mode == 0 and _unsigned(header, imod) else _TYPES[mode]).newbyteorder(order)
    extended = max(0, int(header["nsymbt"]))
    return MrcLayout(Header(width, height, _pixel_size(header)), dtype, extended, halved or mode == 101)


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


def _unsigned(header: Any, imod: int | None) -> bool:
    """Whether the bytes of mode 0 are 0 to 255, as IMOD decides it (readBytesSigned of its b3dutil.c).

    A flag tells in IMOD's own files, else the header's least and greatest value, as far as they tell; MRC2014 says
    signed, so files that say neither are.
    """
    if imod is not None:
        return not imod & _IMOD_SIGNED
    low, high = float(header["dmin"]), float(header["dmax"])
    return high >= 128 and (low >= 0 or -low <= high - 128)


def _pixel_size(header: Any) -> float | None:
    intervals = int(header["mx"])
    return plausible_pixel_size(float(header["cella"]["x"]) / intervals) if intervals > 0 else None


def _decode(path: Path, layout: MrcLayout, start: int) -> NDArray[np.generic]:
    return layout.image(np.fromfile(path, layout.dtype, layout.count, offset=start))
