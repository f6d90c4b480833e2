"""Read a micrograph: MRC, TIFF, PNG or JPEG, told apart by their first bytes, never by the name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.compressed import open_compressed
from picking.science.imaging.file_name import EXTENSIONS
from picking.science.imaging.mend import mend
from picking.science.imaging.micrograph import (
    Header,
    Micrograph,
    NotWhole,
    OpenImage,
    OtherKind,
    Pixels,
    UnreadableMicrograph,
)
from picking.science.imaging.mrc import looks_like_mrc, open_mrc
from picking.science.imaging.other_kinds import kind_by_content
from picking.science.imaging.picture import open_picture
from picking.science.imaging.tiff import open_tiff

__all__ = [
    "EXTENSIONS",
    "Header",
    "Micrograph",
    "NotWhole",
    "OtherKind",
    "UnreadableMicrograph",
    "read_header",
    "read_micrograph",
]

_SANE = (1e-15, 1e15)
"""The least span and the greatest size of grey values: between them, squares stay inside float32."""

_OPENERS: dict[bytes, Callable[[Path], OpenImage]] = {
    b"II*\0": open_tiff,
    b"MM\0*": open_tiff,
    b"II+\0": open_tiff,
    b"MM\0+": open_tiff,
    b"\x89PNG\r\n\x1a\n": lambda path: open_picture(path, "PNG"),
    b"\xff\xd8\xff": lambda path: open_picture(path, "JPEG"),
    b"\x1f\x8b": lambda path: open_compressed(path, "gzip"),
    b"BZh": lambda path: open_compressed(path, "bzip2"),
}


def read_header(path: Path) -> Header:
    """Width, height and pixel size, without reading the pixels. Raises UnreadableMicrograph."""
    return _open(path).header


def read_micrograph(path: Path) -> Micrograph:
    """The image as float32 (ny, nx), values as stored, all finite. Raises UnreadableMicrograph.

    Rows stay as they lie in the file and greys as they are written: nothing is turned or inverted for a tag that says
    how to show them (TIFF's and EXIF's Orientation, WhiteIsZero), because coordinates are array pixels.
    """
    image = _open(path)
    with _damage_refused("pixels"):
        pixels = _grey(image.decode())
    if pixels.shape != (image.header.height, image.header.width):
        raise UnreadableMicrograph("its header and its pixels disagree about its size; write it again.")
    pixels, replaced = mend(pixels)
    _check_values(pixels)
    return Micrograph(pixels, image.header.pixel_size, replaced)


def _open(path: Path) -> OpenImage:
    with path.open("rb") as file:
        start = file.read(1024)
    if not start:
        raise UnreadableMicrograph("the file is empty; copy it again.")
    for signature, opener in _OPENERS.items():
        if start.startswith(signature):
            with _damage_refused("header"):
                return opener(path)
    if looks_like_mrc(start):
        return open_mrc(path)
    if kind := kind_by_content(start):
        raise OtherKind(f"it is {kind}")
    raise UnreadableMicrograph("its content is not MRC, TIFF, PNG or JPEG; convert it to MRC first.")


_DAMAGED = {
    "header": "its header is damaged or of an unusual kind; copy it again or convert it to MRC.",
    "pixels": "its pixels are damaged or cut short; copy it again, or write it again as MRC.",
}


@contextmanager
def _damage_refused(part: Literal["header", "pixels"]) -> Iterator[None]:
    """Decoders raise exceptions of every kind for damaged files; people need one sentence."""
    try:
        yield
    except (UnreadableMicrograph, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise  # the disk failed, not the file
        raise UnreadableMicrograph(_DAMAGED[part]) from error


def _grey(pixels: NDArray[np.generic]) -> Pixels:
    """(ny, nx) or (ny, nx, channels) of any type -> (ny, nx) float32. An alpha channel is left out."""
    if pixels.ndim == 3:
        colours = pixels[..., : pixels.shape[-1] - (pixels.shape[-1] + 1) % 2]
        if (colours != colours[..., :1]).any():
            raise UnreadableMicrograph(
                "it is a colour picture; a micrograph is greyscale, so export it as MRC or greyscale TIFF."
            )
        pixels = colours[..., 0]
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(pixels, np.float32)


def _check_values(pixels: Pixels) -> None:
    low, high = float(pixels.min()), float(pixels.max())
    if high - low < _SANE[0]:
        raise UnreadableMicrograph("all its pixels have the same value, so there is nothing to see; export it again.")
    if max(-low, high) > _SANE[1]:
        raise UnreadableMicrograph(
            f"its grey values reach {max(-low, high):.0e}, which no detector produces; "
            "it is damaged, or its byte order is wrong: write it again."
        )
