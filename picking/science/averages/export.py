"""Averages as files: a stack and a table as RELION's 2D classification leaves them, and a picture of all.

`run_classes.mrcs` holds the averages in the order of `run_classes.star`, whose block `model_classes` has columns of
RELION's `_model.star`. Source: RELION's ml_model.cpp (`MlModel::write`).
"""

import io

import numpy as np
from PIL import Image

from picking.science.averages.averages import Averages
from picking.science.class_members import PICTURE, STACK, TABLE
from picking.science.extract.stack import write_stack
from picking.science.formats.star import write_star

_COLUMNS = ("rlnReferenceImage", "rlnClassDistribution", "rlnEstimatedResolution")
_UNKNOWN = 999.0
"""Å: what RELION writes where a resolution is not known."""

ACROSS = 10
"""Averages in a row of the picture."""
_GREY = (0.5, 99.5)
"""Percentiles that become black and white, for each average by itself."""


def class_files(averages: Averages, pixel_size: float) -> dict[str, bytes]:
    """The files by name. `pixel_size`: Å per pixel of an average."""
    stack, picture = io.BytesIO(), io.BytesIO()
    write_stack(stack, [averages.images], pixel_size)
    contact_sheet(averages).save(picture, "PNG")
    return {STACK: stack.getvalue(), TABLE: _table(averages).encode(), PICTURE: picture.getvalue()}


def _table(averages: Averages) -> str:
    parts = averages.counts / max(1, averages.counts.sum())
    known = np.nan_to_num(averages.resolutions, nan=_UNKNOWN)
    rows = (
        (f"{number:06d}@{STACK}", f"{part:.6f}", f"{angstrom:.6f}")
        for number, (part, angstrom) in enumerate(zip(parts.tolist(), known.tolist(), strict=True), 1)
    )
    return write_star("model_classes", _COLUMNS, rows)


def contact_sheet(averages: Averages) -> Image.Image:
    """All averages in rows of ACROSS, the largest class first; empty places are black."""
    number, size = len(averages.images), averages.images.shape[-1]
    rows = -(-number // ACROSS)
    sheet = np.zeros((rows * size, ACROSS * size), np.uint8)
    for k, image in enumerate(averages.images):
        low, high = np.percentile(image, _GREY)
        grey = np.clip((image - low) / max(high - low, 1e-12), 0, 1) * 255
        y, x = size * (k // ACROSS), size * (k % ACROSS)
        sheet[y : y + size, x : x + size] = grey
    return Image.fromarray(sheet)
