"""Picks cut out of a micrograph, all of one size: what the averages are made of.

The micrograph is rescaled by a crop of its Fourier transform, as in `extract.rescale`, and its phases are flipped
there, before anything is cut out: a crop no longer holds what defocus has spread beyond it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from picking.science.averages.settings import CropSettings
from picking.science.extract.background import normalise
from picking.science.extract.boxes import Boxes, cut, touching
from picking.science.extract.settings import ExtractSettings
from picking.science.imaging.ctf import CtfValues, contrast_transfer
from picking.science.imaging.micrograph import Pixels
from picking.science.picks import Points

_SEED = 0


@dataclass(frozen=True)
class Crops:
    """`boxes`: (m, size, size), particles bright, background of mean 0 and standard deviation 1.

    `kept`: (m,), which of the places they are; the others' boxes lie wholly outside. `centres`: (m, 2), x and y in
    pixels of the micrograph of the middle of pixel (size // 2, size // 2). `pixel_size`: Å per pixel of a crop.
    """

    boxes: Boxes
    kept: NDArray[np.intp]
    centres: Points
    pixel_size: float


def crop_pixel_size(diameter: float, settings: CropSettings) -> float:
    """Å per pixel of a crop; `diameter` of the particle in Å."""
    return settings.box * diameter / settings.size


def cut_crops(
    pixels: Pixels,
    pixel_size: float,
    xy: Points,
    diameter: float,
    *,
    dark: bool = True,
    ctf: CtfValues | None = None,
    settings: CropSettings | None = None,
) -> Crops:
    """Crops at the places `xy` (n, 2) of a micrograph (ny, nx), in Ångström and pixels of the micrograph."""
    settings = settings or CropSettings()
    small = _rescaled(pixels, pixel_size, crop_pixel_size(diameter, settings), ctf)
    scale = np.array(pixels.shape[::-1]) / small.shape[::-1]
    middle = np.rint(xy / scale).astype(np.int64)
    corners = middle - settings.size // 2
    kept = np.flatnonzero(touching(corners, small.shape, settings.size))
    boxes = cut(small, corners[kept], settings.size)
    about = ExtractSettings(box=settings.size, background_diameter=settings.size / settings.box)
    normalise(boxes, about, np.random.default_rng(_SEED))
    if dark:
        np.negative(boxes, out=boxes)
    return Crops(boxes, kept, middle[kept] * scale, crop_pixel_size(diameter, settings))


def bright(boxes: Boxes, settings: CropSettings | None = None) -> Boxes:
    """Crops of `cut_crops` with particles bright, whichever way round the micrographs show them. Changed in place.

    Their background has a mean of 0: the middle of all of them together tells.
    """
    settings = settings or CropSettings()
    half, near = settings.size // 2, max(1, round(settings.size / settings.box / 4))
    if boxes[:, half - near : half + near, half - near : half + near].mean() < 0:
        np.negative(boxes, out=boxes)
    return boxes


def _rescaled(pixels: Pixels, pixel_size: float, wanted: float, ctf: CtfValues | None) -> Pixels:
    """(ny, nx) at about `wanted` Å per pixel, whose grey values stay, with the phases of `ctf` flipped."""
    shape = (max(2, round(pixels.shape[0] * pixel_size / wanted)), max(2, round(pixels.shape[1] * pixel_size / wanted)))
    whole = fft.rfft2(pixels, norm="forward")
    rows, columns = (min(new, old) // 2 for new, old in zip(shape, pixels.shape, strict=True))
    spectrum = np.zeros((shape[0], shape[1] // 2 + 1), np.complex64)
    spectrum[:rows, : columns + 1] = whole[:rows, : columns + 1]
    spectrum[-rows:, : columns + 1] = whole[-rows:, : columns + 1]
    if ctf is not None:
        spectrum *= -np.sign(contrast_transfer(shape, wanted, ctf))
    return np.asarray(fft.irfft2(spectrum, s=shape, norm="forward"), np.float32)
