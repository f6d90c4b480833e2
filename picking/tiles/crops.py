"""Crops for the gallery: up to 64 places of a project in one JPEG, eight side by side.

They are smoothed until noise does not hide the particle, or cut from the micrograph as it is. They are for people only:
the networks have their own input.

The address carries the places as base64url of groups, one a micrograph, little-endian: its key (16 bytes), uint16
side of the crop in micrograph pixels, uint8 number of places, then float32 x and y of each, full-resolution pixels.
"""

import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

import numpy as np
from django.utils.http import urlsafe_base64_decode
from numpy.typing import NDArray
from PIL import Image

from picking.science.imaging.filtered import SIGMA, Box, low_passed, to_greys
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
_UNCLIPPED = 94
"""Per cent of a micrograph that keep to the range: what stands out much from little noise is shown with its greys. The
rest is for crystals, frost and the like: with 97, the particles beside them were flat grey."""
_SAMPLED = 1 << 16
_WAVES = 6
"""Shortest waves left across a smoothed crop: about a quarter of the particle's diameter, as crops are 1.6 wide."""
_FLATTEST = 1.0
"""Least standard deviation assumed for a level, in grey values: flat images are not amplified."""
_PARTS, _PART = 3, 192
"""Smoothed parts of a level, along each side, by which its greys are set; and their side, pixels."""


@dataclass(frozen=True)
class Crop:
    """A square of `box` micrograph pixels around (x, y)."""

    key: str
    box: int
    x: float
    y: float


@lru_cache(maxsize=REMEMBERED_SHEETS)
def render_sheet(project_id: int, side: int, packed: str, smooth: bool = False) -> bytes:
    """JPEG of the crops at `side` pixels each, in the order of the address, grey where the image ends.

    Raises NoSuchTile for an address that cannot be read and for a micrograph that is not in the project.
    """
    crops = list(unpack(packed))
    if not 0 < len(crops) <= MOST or not SMALLEST <= side <= LARGEST:
        raise NoSuchTile
    sheet = Image.new("L", (ACROSS * side, ceil(len(crops) / ACROSS) * side), _GREY)
    for number, crop in enumerate(crops):
        row, column = divmod(number, ACROSS)
        sheet.paste(_cut(project_id, crop, side, smooth), (column * side, row * side))
    return jpeg(np.asarray(sheet))


def unpack(packed: str) -> Iterator[Crop]:
    """The crops that an address asks for. Raises NoSuchTile."""
    try:
        data = urlsafe_base64_decode(packed)
        at = 0
        while at < len(data):
            key, box, count = _GROUP.unpack_from(data, at)
            at += _GROUP.size
            for _ in range(count):
                x, y = _PLACE.unpack_from(data, at)
                at += _PLACE.size
                yield Crop(str(uuid.UUID(bytes=key)), box, x, y)
    except (ValueError, struct.error):
        raise NoSuchTile from None


def _cut(project_id: int, crop: Crop, side: int, smooth: bool) -> Image.Image:
    """One crop, from the first level with no more pixels than the crop: what finer levels add is mostly noise."""
    width, height = micrograph_size(project_id, crop.key)
    on_image = -0.5 <= crop.x <= width - 0.5 and -0.5 <= crop.y <= height - 0.5
    if not on_image or not 0 < crop.box <= 2 * max(width, height):
        raise NoSuchTile
    level = 0
    while level + 1 < len(level_shapes(width, height)) and crop.box > side * 2**level:
        level += 1
    sigma = SIGMA * crop.box / _WAVES / 2**level if smooth else 0.0
    pixels = micrograph_level(project_id, crop.key, level)
    span = crop.box / 2**level
    left, top = ((place + 0.5) / 2**level - span / 2 for place in (crop.x, crop.y))
    x, y = floor(left), floor(top)
    patch = Image.new("L", (ceil(left + span) - x, ceil(top + span) - y), _GREY)
    ny, nx = pixels.shape
    box = (max(x, 0), max(y, 0), min(x + patch.width, nx), min(y + patch.height, ny))
    middle, gain = _tone(project_id, crop.key, level, sigma)
    seen = _seen(pixels, sigma, box)
    if smooth:  # what is left of the noise is less than the ice differs from place to place
        middle = np.float32(np.median(seen))
    greys = to_greys(_GREY + (seen - middle) * gain)
    patch.paste(Image.fromarray(greys), (max(-x, 0), max(-y, 0)))
    part = (left - x, top - y, left - x + span, top - y + span)
    return patch.resize((side, side), Image.Resampling.BICUBIC, box=part)


def _seen(pixels: NDArray[np.uint8], sigma: float, box: Box) -> NDArray[np.float32]:
    """The part `box` of a level, smoothed where `sigma` says so."""
    left, top, right, bottom = box
    return low_passed(pixels, sigma, box) if sigma else pixels[top:bottom, left:right].astype(np.float32)


@lru_cache(maxsize=10_000)
def _tone(project_id: int, key: str, level: int, sigma: float) -> tuple[np.float32, np.float32]:
    """The grey of a level that becomes the middle one, its median, and the gain: so all micrographs look alike."""
    pixels = micrograph_level(project_id, key, level)
    step = max(1, int(np.sqrt(pixels.size / _SAMPLED)))
    sample = _parts(pixels, sigma) if sigma else pixels[::step, ::step].astype(np.float32)
    median = np.median(sample)
    middle, most = np.percentile(np.abs(sample - median), (50, _UNCLIPPED))
    spread = max(1.4826 * middle, most * _SPREAD / _GREY)
    return np.float32(median), np.float32(_SPREAD / max(spread, _FLATTEST))


def _parts(pixels: NDArray[np.uint8], sigma: float) -> NDArray[np.float32]:
    """Smoothed parts all over a level, each around its own median: to smooth it whole would take too long."""
    ny, nx = pixels.shape
    tops, lefts = (np.linspace(0, max(0, n - _PART), _PARTS, dtype=int).tolist() for n in (ny, nx))
    boxes = [(x, y, min(nx, x + _PART), min(ny, y + _PART)) for y in tops for x in lefts]
    parts = [low_passed(pixels, sigma, box).ravel() for box in boxes]
    return np.concatenate([part - np.median(part) for part in parts])
