"""Other looks of a micrograph, made from its pyramid when somebody looks: filtered, or denoised.

A look is a word in a tile's address: `denoised`, or `l` and `h` with the shortest and longest wave left, in tenths
of a pixel of the full resolution (`l113`, `h2820`, `l113h2820`). In pixels, because tiles know no pixel size.

A filter may ask for waves that the micrograph can hold: all that the page offers, at any sensible pixel size.
"""

import re
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.denoise import denoised
from picking.science.imaging.filtered import BandPass, Box, filtered_tile, resampled, to_greys
from picking.science.imaging.power import power_spectrum, spectrum_picture
from picking.science.imaging.pyramid import Pyramid

LOOK = r"denoised|l\d{2,5}|h\d{2,5}|l\d{2,5}h\d{2,5}"
_DENOISED_SIDE = 2048
"""Particles are told at a coarser level than this, and a larger one would take seconds."""
_SPECTRUM_TILE = 512
SHORTEST = 2.0
"""Pixels: Nyquist's wave. Below it a filter does nothing."""
LONGEST_LOW_PASS = 0.25
"""Of the longer side: what is longer leaves a picture of no detail, and takes seconds to smooth."""
_denoising = Lock()


class NonsenseLook(ValueError):
    """This look is not possible for a micrograph of this size."""


def look_tile(pyramid: Pyramid, look: str, level: int, box: Box) -> NDArray[np.uint8]:
    """The part `box` of a level in that look. `look` matches LOOK. Raises NonsenseLook."""
    if look == "denoised":
        source = _denoised_level(pyramid)
        scale = 2.0 ** (level - source)
        with _denoising:  # the tiles of a view come together: the first makes the image, the others wait for it
            image = _denoised(pyramid, source)
        left, top, right, bottom = (edge * scale for edge in box)
        return to_greys(resampled(image, (box[2] - box[0], box[3] - box[1]), (left, top, right, bottom)))
    return filtered_tile(pyramid, _band(pyramid, look), level, box)


def _band(pyramid: Pyramid, look: str) -> BandPass:
    waves = {name: int(tenths) / 10 for name, tenths in re.findall(r"([lh])(\d+)", look)}
    band = BandPass(waves.get("l"), waves.get("h"))
    longest = LONGEST_LOW_PASS * max(pyramid.width, pyramid.height)
    if min(waves.values()) < SHORTEST or (band.low_pass or 0) > longest:
        raise NonsenseLook
    return band


def spectrum(pyramid: Pyramid) -> NDArray[np.uint8]:
    """The power spectrum up to Nyquist's frequency at the middle of each edge."""
    tile = min(_SPECTRUM_TILE, pyramid.width // 2 * 2, pyramid.height // 2 * 2)
    return spectrum_picture(power_spectrum(pyramid.level(0), tile))


def _denoised_level(pyramid: Pyramid) -> int:
    return next(level for level, shape in enumerate(pyramid.shapes) if max(shape) <= _DENOISED_SIDE)


@lru_cache(maxsize=12)
def _denoised(pyramid: Pyramid, level: int) -> NDArray[np.float32]:
    """At most 16 MB each."""
    return denoised(pyramid.level(level))
