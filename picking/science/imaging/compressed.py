"""MRC packed as a whole with gzip or bzip2, as archives keep it (`x.mrc.gz`, `x.mrc.bz2`).

It is unpacked in memory and no further than its header promises, so that a small file cannot expand into a huge one.
"""

import bz2
import gzip
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.micrograph import PACKED_RATIO, OpenImage, UnreadableMicrograph, truncated
from picking.science.imaging.mrc import HEADER_BYTES, MrcLayout, looks_like_mrc, read_layout

Unpacker = Callable[[Path], gzip.GzipFile | bz2.BZ2File]

_UNPACKERS: dict[str, Unpacker] = {"gzip": gzip.GzipFile, "bzip2": bz2.BZ2File}


def open_compressed(path: Path, kind: Literal["gzip", "bzip2"]) -> OpenImage:
    """Check the MRC header inside. Raises UnreadableMicrograph, or whatever Python raises on a damaged file."""
    unpacker = _UNPACKERS[kind]
    with unpacker(path) as file:
        start = file.read(HEADER_BYTES)
    if not looks_like_mrc(start):
        raise UnreadableMicrograph(f"it is compressed with {kind} but contains no MRC; unpack it first.")
    layout = read_layout(start)
    length = path.stat().st_size
    if layout.end > length * PACKED_RATIO:
        raise truncated(layout.end // PACKED_RATIO, length)
    return OpenImage(layout.header, partial(_decode, path, unpacker, layout))


def _decode(path: Path, unpacker: Unpacker, layout: MrcLayout) -> NDArray[np.generic]:
    with unpacker(path) as file:
        content = file.read(layout.end + 1)  # one more: at the end, checksums are compared
    start = layout.start_of_pixels(len(content))
    return layout.image(np.frombuffer(content, layout.dtype, layout.count, start))
