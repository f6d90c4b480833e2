"""Crops for the gallery: up to 64 places of a project in one JPEG, eight side by side.

The address carries the places as base64url of groups, one a micrograph, little-endian: its key (16 bytes), uint16
side of the crop in micrograph pixels, uint8 number of places, then float32 x and y of each, full-resolution pixels.
"""

import base64
import binascii
import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from picking.science.imaging.pyramid import level_shapes
from picking.tiles.render import NoSuchTile, jpeg, micrograph_level, micrograph_size

ACROSS = 8
MOST = 64
SMALLEST, LARGEST = 32, 384  # side of a crop in the sheet, pixels
REMEMBERED_SHEETS = 200  # about 200 kB each

_GROUP = struct.Struct("<16sHB")
_PLACE = struct.Struct("<ff")
_GREY = 128
_SPREAD = 42
"""Grey values a standard deviation of the micrograph: three of them, either way, fill the range."""
_SAMPLED = 1 << 16


@dataclass(frozen=True)
class Crop:
    """A square of `box` micrograph pixels around (x, y)."""

    key: str
    box: int
    x: float
    y: float


@lru_cache(maxsize=REMEMBERED_SHEETS)
def render_sheet(project_id: int, side: int, packed: str) -> bytes:
    """JPEG of the crops at `side` pixels each, in the order of the address, grey where the image ends.

    Raises NoSuchTile for an address that cannot be read and for a micrograph that is not in the project.
    """
    crops = list(unpack(packed))
    if not 0 < len(crops) <= MOST or not SMALLEST <= side <= LARGEST:
        raise NoSuchTile
    sheet = Image.new("L", (ACROSS * side, ceil(len(crops) / ACROSS) * side), _GREY)
    for number, crop in enumerate(crops):
        row, column = divmod(number, ACROSS)
        sheet.paste(_cut(project_id, crop, side), (column * side, row * side))
    return jpeg(sheet)


def unpack(packed: str) -> Iterator[Crop]:
    """The crops that an address asks for. Raises NoSuchTile."""
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        at = 0
        while at < len(data):
            key, box, count = _GROUP.unpack_from(data, at)
            at += _GROUP.size
            for _ in range(count):
                x, y = _PLACE.unpack_from(data, at)
                at += _PLACE.size
                yield Crop(str(uuid.UUID(bytes=key)), box, x, y)
    except (binascii.Error, struct.error):
        raise NoSuchTile from None


def _cut(project_id: int, crop: Crop, side: int) -> Image.Image:
    """One crop, from the first level with no more pixels than the crop: what finer levels add is mostly noise."""
    width, height = micrograph_size(project_id, crop.key)
    on_image = -0.5 <= crop.x <= width - 0.5 and -0.5 <= crop.y <= height - 0.5
    if not on_image or not 0 < crop.box <= 2 * max(width, height):
        raise NoSuchTile
    level = 0
    while level + 1 < len(level_shapes(width, height)) and crop.box > side * 2**level:
        level += 1
    pixels = micrograph_level(project_id, crop.key, level)
    span = crop.box / 2**level
    left, top = ((place + 0.5) / 2**level - span / 2 for place in (crop.x, crop.y))
    x, y = floor(left), floor(top)
    patch = Image.new("L", (ceil(left + span) - x, ceil(top + span) - y), _GREY)
    seen = Image.fromarray(pixels[max(y, 0) : y + patch.height, max(x, 0) : x + patch.width])
    patch.paste(seen.point(_tone(project_id, crop.key, level)), (max(-x, 0), max(-y, 0)))
    part = (left - x, top - y, left - x + span, top - y + span)
    return patch.resize((side, side), Image.Resampling.BICUBIC, box=part)


@lru_cache(maxsize=10_000)
def _tone(project_id: int, key: str, level: int) -> list[int]:
    """The grey of each of a level's 256 values: its median in the middle, so that all micrographs look alike."""
    pixels = micrograph_level(project_id, key, level)
    step = max(1, int(np.sqrt(pixels.size / _SAMPLED)))
    sample: NDArray[np.float64] = pixels[::step, ::step].astype(np.float64)
    median = np.median(sample)
    spread = max(1.0, 1.4826 * float(np.median(np.abs(sample - median))))
    greys = _GREY + (np.arange(256) - median) * (_SPREAD / spread)
    return [int(grey) for grey in np.clip(np.rint(greys), 0, 255)]
