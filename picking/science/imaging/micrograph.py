"""What every reader returns and refuses: the image, its header, and a reason in words for people."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]
"""(ny, nx): row 0 comes first in the file."""

SMALLEST, LARGEST = 64, 16384
"""Pixels per side. Detectors have 1,024 to 11,520; less holds no particles, more is not a micrograph."""

PACKED_RATIO = 1032
"""The most that deflate can compress (zlib's technical notes).

A file that claims more is damaged, or was made to fill the memory: zstd and bzip2 could, but the noise of a micrograph
never packs as well.
"""

_PIXEL_SIZES = (0.1, 20.0)
"""Ångström per pixel in single-particle cryo-EM; anything else in a header is not a pixel size (72 dpi, 0, -1)."""


class UnreadableMicrograph(Exception):
    """A file is not a micrograph. The message is a sentence for people, without the file's name."""


class OtherKind(UnreadableMicrograph):
    """A whole file of another kind, such as a movie: no copy of it will ever be a micrograph."""


class NotWhole(UnreadableMicrograph):
    """A file that ends before its header says. It may still be growing."""


@dataclass(frozen=True)
class Header:
    """Size in pixels, and Ångström per pixel if the file gives it."""

    width: int
    height: int
    pixel_size: float | None


@dataclass(frozen=True)
class Micrograph:
    """The whole image as float32 (ny, nx), every value finite, and Ångström per pixel or None.

    `replaced`: how many pixels of the file were NaN or infinite and were replaced from their surroundings.
    """

    pixels: Pixels
    pixel_size: float | None
    replaced: int = 0


@dataclass(frozen=True)
class OpenImage:
    """A file whose header is checked, and what reads its pixels: (ny, nx) or (ny, nx, channels)."""

    header: Header
    decode: Callable[[], NDArray[np.generic]]


def plausible_pixel_size(angstrom: float) -> float | None:
    """The value itself if it can be the pixel size of a micrograph, else None."""
    smallest, largest = _PIXEL_SIZES
    return float(angstrom) if smallest <= angstrom <= largest else None


def check_size(width: int, height: int) -> None:
    """Raise UnreadableMicrograph unless both sides are those of a micrograph."""
    if width < 1 or height < 1:
        raise UnreadableMicrograph(
            f"its header says {width} by {height} pixels, so it is damaged; write or copy it again."
        )
    if min(width, height) < SMALLEST:
        raise UnreadableMicrograph(
            f"it is only {width} by {height} pixels, too small for a micrograph "
            f"(at least {SMALLEST} a side); import the whole micrograph, not a particle or a thumbnail."
        )
    if max(width, height) > LARGEST:
        raise UnreadableMicrograph(
            f"it is {width} by {height} pixels, more than the {LARGEST} a side that can be handled; "
            "bin it first, or write it again if that is not its true size."
        )


def truncated(expected: int, found: int) -> NotWhole:
    """The refusal of a file shorter than its header promises, both in bytes."""
    return NotWhole(f"it is truncated: its header says {expected:,} bytes, but the file has {found:,}; copy it again.")
