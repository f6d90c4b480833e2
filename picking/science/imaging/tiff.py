"""TIFF with one image, by `tifffile` and the codecs of `imagecodecs`, whatever the compression.

Pixels are as stored, packed or not: nothing is turned, inverted or scaled. Strips and tiles are unpacked one by one
into buffers of the size that the header promises, and the header may not promise more than the file can hold.
"""

import io
import math
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, cast

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image
from tifffile import COMPRESSION, EXTRASAMPLE, PHOTOMETRIC, PLANARCONFIG

from picking.science.imaging.micrograph import (
    PACKED_RATIO,
    Header,
    OpenImage,
    UnreadableMicrograph,
    check_size,
    truncated,
)
from picking.science.imaging.other_kinds import refuse_eer, refuse_stack
from picking.science.imaging.tiff_description import images_in, pixel_size

_COMPRESSIONS = {
    COMPRESSION.NONE,
    COMPRESSION.LZW,
    COMPRESSION.JPEG,
    COMPRESSION.ADOBE_DEFLATE,
    COMPRESSION.DEFLATE,
    COMPRESSION.PACKBITS,
    COMPRESSION.LZMA,
    COMPRESSION.ZSTD,
}
"""Those whose codecs stop at a given size. JPEG has a size of its own, which is compared before."""

_RATIOS: dict[int, int] = {COMPRESSION.NONE: 1, COMPRESSION.PACKBITS: 64}
"""The most that they compress: two bytes of PackBits stand for at most 128 (TIFF 6.0, section 9)."""

_EER = (65000, 65001, 65002)
"""Compressions of EER, whose file is otherwise a BigTIFF."""

_ALPHA = ((EXTRASAMPLE.ASSOCALPHA,), (EXTRASAMPLE.UNASSALPHA,))


def open_tiff(path: Path) -> OpenImage:
    """Check the only image. Raises UnreadableMicrograph, or whatever tifffile raises on a damaged file."""
    with _only_image(path) as page:
        width, height = page.imagewidth, page.imagelength
        check_size(width, height)
        _check_kind(page)
        _check_length(page, path.stat().st_size)
        return OpenImage(Header(width, height, pixel_size(page)), partial(_decode, path))


@contextmanager
def _only_image(path: Path) -> Iterator[tifffile.TiffPage]:
    """The only image but for reduced ones of it and masks.

    Mapped, because reading a plain file allocates whatever length a damaged tag gives.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        stream = cast(IO[bytes], mapped)  # it has all that tifffile calls: read, seek, tell
        with tifffile.TiffFile(stream) as tiff:
            pages = (page.aspage() for page in tiff.pages)
            whole = [*islice((page for page in pages if not (page.is_reduced or page.is_mask)), 2)]
            if not whole:
                raise UnreadableMicrograph("it contains only a thumbnail; export it as MRC.")
            if any(page.compression in _EER for page in whole):
                refuse_eer()
            first = whole[0]
            sections = len(tiff.pages) if len(whole) > 1 else images_in(first)
            refuse_stack(sections, first.imagewidth, first.imagelength)
            yield first


def _check_kind(page: tifffile.TiffPage) -> None:
    """Raise UnreadableMicrograph unless the pixels are intensities, compressed in a way supported here."""
    if page.compression not in _COMPRESSIONS:
        kind = getattr(page.compression, "name", page.compression)
        raise UnreadableMicrograph(
            f"its TIFF compression ({kind}) cannot be read; save it uncompressed, or with LZW or deflate."
        )
    dtype, bits = page.dtype, page.bitspersample
    colours = page.samplesperpixel - (page.extrasamples in _ALPHA)
    if (
        dtype is None
        or dtype.kind not in "biuf"
        or (dtype.kind == "i" and bits % 8)  # tifffile drops the sign of such numbers
        or (bits != 8 and (page.compression == COMPRESSION.JPEG or page.photometric == PHOTOMETRIC.PALETTE))
        or colours not in (1, 3)
    ):
        raise UnreadableMicrograph("its TIFF pixels are not grey values; save it as 32-bit float greyscale.")


def _check_length(page: tifffile.TiffPage, length: int) -> None:
    """Raise UnreadableMicrograph if a file of `length` bytes cannot hold the image."""
    ratio, segments = _RATIOS.get(page.compression, PACKED_RATIO), math.prod(page.chunked)
    samples = page.imagewidth * page.imagelength * page.samplesperpixel
    if ratio > 1 and page.is_tiled:  # whole tiles are unpacked, of which the image may need a part
        samples = segments * math.prod(page.chunks)
    size = samples * page.bitspersample // 8
    if size > length * ratio:
        raise truncated(size // ratio, length)
    ends = [offset + count for count, offset in zip(page.databytecounts, page.dataoffsets, strict=False)]
    if max(ends, default=0) > length:
        raise truncated(max(ends), length)
    there = [count for count, offset in zip(page.databytecounts, page.dataoffsets, strict=False) if count and offset]
    if len(there) < segments and not page.is_contiguous:
        raise UnreadableMicrograph(
            f"{segments - len(there)} of the {segments} parts of its pixels are missing; write or copy it again."
        )


def _decode(path: Path) -> NDArray[np.generic]:
    with _only_image(path) as page:
        if page.compression == COMPRESSION.JPEG:
            _check_jpeg(page)
        pixels = np.asarray(page.asarray(maxworkers=1))
        if page.photometric == PHOTOMETRIC.PALETTE:
            colours: NDArray[np.generic] = (np.asarray(page.colormap) >> 8).T[pixels]
            return colours
        separate = page.samplesperpixel > 1 and page.planarconfig == PLANARCONFIG.SEPARATE
        return np.moveaxis(pixels, 0, -1) if separate else pixels


def _check_jpeg(page: tifffile.TiffPage) -> None:
    """Raise UnreadableMicrograph if a strip or tile says that it is larger than the header says."""
    length, width = page.chunks[:2]
    for start, count in zip(page.dataoffsets, page.databytecounts, strict=True):
        page.parent.filehandle.seek(start)
        with Image.open(io.BytesIO(page.parent.filehandle.read(count)), formats=["JPEG"]) as part:
            if part.width > width or part.height > length:
                raise UnreadableMicrograph("its header and its pixels disagree about its size; write it again.")
