"""PNG and JPEG, by Pillow: greyscale, or colour whose channels are equal."""

import io
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from picking.science.imaging.micrograph import (
    LARGEST,
    PACKED_RATIO,
    Header,
    OpenImage,
    UnreadableMicrograph,
    check_size,
    truncated,
)
from picking.science.imaging.other_kinds import refuse_stack

Image.MAX_IMAGE_PIXELS = LARGEST**2  # the guard against decompression bombs; Pillow's own is below a large detector

_WITHOUT_ALPHA = {"LA": "L", "La": "L", "RGBA": "RGB", "P": "RGB", "PA": "RGB", "CMYK": "RGB", "YCbCr": "RGB"}


def open_picture(path: Path, kind: str) -> OpenImage:
    """`kind`: PNG or JPEG. Raises UnreadableMicrograph, or whatever Pillow raises on a damaged file."""
    length = path.stat().st_size
    with _opened(path, kind) as image:
        width, height = image.size
        check_size(width, height)
        refuse_stack(getattr(image, "n_frames", 1), width, height)
    if kind == "PNG":
        _check_depth(path)
    if width * height > length * PACKED_RATIO:
        raise truncated(width * height // PACKED_RATIO, length)
    return OpenImage(Header(width, height, None), partial(_decode, path, kind))


def _check_depth(path: Path) -> None:
    """Raise UnreadableMicrograph for 16 bits per channel, of which Pillow keeps 8 unless the image is greyscale."""
    with path.open("rb") as file:
        depth, kind = file.read(26)[24:]  # of the IHDR chunk, which comes first
    if depth == 16 and kind != 0:
        raise UnreadableMicrograph(
            "it is a 16-bit PNG with colour or transparency; export it as 16-bit greyscale or as MRC."
        )


def _opened(path: Path, kind: str) -> Image.Image:
    """From memory: Pillow asks for as many bytes as a damaged file claims; reading a file would allocate them all."""
    return Image.open(io.BytesIO(path.read_bytes()), formats=[kind])


def _decode(path: Path, kind: str) -> NDArray[np.generic]:
    with _opened(path, kind) as image:
        return np.asarray(image.convert(_WITHOUT_ALPHA.get(image.mode, image.mode)))
