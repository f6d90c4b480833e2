"""Coordinates drawn on their micrograph, as a picture to look at."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter

from picking.science.formats import Coordinates, UnreadableCoordinates
from picking.science.imaging.micrograph import Pixels, UnreadableMicrograph
from picking.science.imaging.read import read_micrograph

LONGEST = 1500
"""Pixels of the longer side of a picture."""

_CONTRAST = (1, 99)
"""Percentiles that become black and white."""

_GREEN, _ORANGE = (64, 224, 120), (255, 170, 60)
_FINER = 2
"""Lines are drawn so many times as large and made smaller with the whole: their edges are smooth then."""

_TEXT = 22


def draw(micrograph: Path, coordinates: Coordinates, out: Path, diameter: float | None, box: int | None) -> Path:
    """Draws circles of `diameter` and boxes of `box`, in pixels of the micrograph, where these are known.

    Row 0 is at the top, as in CryoWeb, RELION and ImageJ. Raises UnreadableCoordinates for what is no micrograph.
    """
    try:
        pixels = read_micrograph(micrograph).pixels
    except UnreadableMicrograph as error:
        raise UnreadableCoordinates(f"{micrograph}: {error}") from error
    shrunk = max(1.0, max(pixels.shape) / LONGEST)
    picture = Image.fromarray(_grey(pixels, shrunk)).convert("RGB")
    large = picture.resize((picture.width * _FINER, picture.height * _FINER), Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(large)
    zoom = _FINER * picture.width / pixels.shape[1]
    for x, y in ((coordinates.xy + 0.5) * zoom).tolist():
        if box:
            half = box / 2 * zoom
            pen.rectangle((x - half, y - half, x + half, y + half), outline=_ORANGE, width=3)
        if diameter or not box:
            radius = (diameter or max(pixels.shape) / 60) / 2 * zoom
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_GREEN, width=4)
    out.parent.mkdir(parents=True, exist_ok=True)
    text = f"{micrograph.name}   {len(coordinates):,} coordinates   row 0 at the top"
    _titled(large.resize(picture.size, Image.Resampling.LANCZOS), text).save(out)
    return out


def _titled(picture: Image.Image, text: str) -> Image.Image:
    """The picture below a line of text."""
    whole = Image.new("RGB", (picture.width, picture.height + 2 * _TEXT))
    whole.paste(picture, (0, 2 * _TEXT))
    ImageDraw.Draw(whole).text((_TEXT // 2, _TEXT // 3), text, fill="white", font_size=_TEXT)
    return whole


def _grey(pixels: Pixels, shrunk: float) -> NDArray[np.uint8]:
    """(ny, nx), smoothed by what it is made smaller, so that particles show above the noise."""
    size = (round(pixels.shape[1] / shrunk), round(pixels.shape[0] / shrunk))
    small = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))
    small = gaussian_filter(small, 1.0)
    dark, bright = np.percentile(small, _CONTRAST)
    grey: NDArray[np.uint8] = (np.clip((small - dark) / max(bright - dark, 1e-9), 0, 1) * 255).astype(np.uint8)
    return grey
