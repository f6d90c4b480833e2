"""The map of a network's scores as a small picture that lies over the micrograph."""

import io
from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.model.windows import STRIDE

LARGEST = 512
"""Pixels along the longer side, at most: about ten a particle is enough to look at."""


def score_png(scores: NDArray[np.float32], image: NetworkInput) -> bytes:
    """PNG in 8-bit grey, 255 for a score of 1, of the whole micrograph; 0 where the networks saw nothing.

    scores: (ny / STRIDE, nx / STRIDE), in [0, 1], of the input's cells.
    """
    cell = image.scale * STRIDE  # micrograph pixels, (x, y)
    across = min(LARGEST / max(image.width, image.height), 1 / float(cell.min()))
    width, height = ceil(image.width * across), ceil(image.height * across)
    step = np.array([image.width / width, image.height / height]) / cell
    left, top = -np.array([image.left, image.top]) / cell
    grey = Image.fromarray(np.rint(255 * scores).astype(np.uint8))
    place = (float(step[0]), 0.0, float(left), 0.0, float(step[1]), float(top))
    picture = grey.transform((width, height), Image.Transform.AFFINE, place, Image.Resampling.BILINEAR)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
