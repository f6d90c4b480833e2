"""TIFF with one page.

`tifffile` reads the structure and uncompressed pixels. libtiff, inside Pillow, unpacks compressed ones strip
by strip into buffers of known size, so that a small file cannot unfold into a large one.
"""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, cast

import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from picking.science.imaging.micrograph import (
    DEFLATE_RATIO,
    Header,
    OpenImage,
    UnreadableMicrograph,
    check_size,
    plausible_pixel_size,
    refuse_stack,
    truncated,
)

_ANGSTROM = {
    tifffile.RESUNIT.INCH: 2.54e8,
    tifffile.RESUNIT.CENTIMETER: 1e8,
    tifffile.RESUNIT.MILLIMETER: 1e7,
}


def open_tiff(path: Path) -> OpenImage:
    """Check the first page. Raises UnreadableMicrograph, or whatever tifffile raises on a damaged file."""
    length = path.stat().st_size
    with _first_page(path) as page:
        refuse_stack(page.imagedepth)
        width, height, dtype = page.imagewidth, page.imagelength, page.dtype
        check_size(width, height)
        if dtype is None or dtype.kind not in "biuf" or page.samplesperpixel > 4:
            raise UnreadableMicrograph("its TIFF pixels are not grey values; save it as 32-bit float greyscale.")
        packed = page.compression != tifffile.COMPRESSION.NONE
        size = width * height * page.samplesperpixel * page.bitspersample // 8
        if size > length * (DEFLATE_RATIO if packed else 1):
            raise truncated(size, length)
        return OpenImage(Header(width, height, _pixel_size(page)), partial(_decode_packed if packed else _decode, path))


@contextmanager
def _first_page(path: Path) -> Iterator[tifffile.TiffPage]:
    """The only page. Mapped, because reading a plain file allocates whatever length a damaged tag gives."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        stream = cast(IO[bytes], mapped)  # it has all that tifffile calls: read, seek, tell
        with tifffile.TiffFile(stream) as tiff:
            refuse_stack(len(tiff.pages))
            yield tiff.pages.first


def _pixel_size(page: tifffile.TiffPage) -> float | None:
    resolution, unit = page.tags.valueof("XResolution"), page.tags.valueof("ResolutionUnit")
    if resolution is None or unit not in _ANGSTROM or not all(resolution):
        return None
    return plausible_pixel_size(_ANGSTROM[unit] * resolution[1] / resolution[0])


def _decode(path: Path) -> NDArray[np.generic]:
    with _first_page(path) as page:
        pixels = np.asarray(page.asarray(maxworkers=1))
        separate = page.samplesperpixel > 1 and page.planarconfig == tifffile.PLANARCONFIG.SEPARATE
        return np.moveaxis(pixels, 0, -1) if separate else pixels


def _decode_packed(path: Path) -> NDArray[np.generic]:
    with Image.open(path, formats=["TIFF"]) as image:
        return np.asarray(image)
