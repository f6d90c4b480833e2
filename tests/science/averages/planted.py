"""Crops of known views at known angles: smooth random images, turned and shifted, with noise."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from picking.science.averages.features import soft_disc
from picking.science.averages.settings import CropSettings
from picking.science.extract.boxes import Boxes

SIZE = 64
MIDDLE = SIZE // 2


def views(number: int, seed: int) -> Boxes:
    """(number, SIZE, SIZE): random densities of 40 pixels across, standard deviation 1 within."""
    random = np.random.default_rng(seed)
    smooth = np.stack([ndimage.gaussian_filter(random.normal(size=(SIZE, SIZE)), 2.0) for _ in range(number)])
    smooth *= soft_disc(CropSettings(mask=0.9))
    return np.asarray(smooth / smooth.std(axis=(1, 2), keepdims=True), np.float32)


def turned(image: NDArray[np.float32], angle: float, shift: tuple[float, float] = (0, 0)) -> NDArray[np.float32]:
    """By `angle` degrees from x towards y about the middle pixel, then moved by x and y pixels."""
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    back = np.array([[cosine, -sine], [sine, cosine]])  # of rows and columns, from the result to the image
    offset = MIDDLE - back @ (MIDDLE + np.array(shift[::-1]))
    result: NDArray[np.float32] = ndimage.affine_transform(image, back, offset, order=3)
    return result


def crops_of(
    images: Boxes, number: int, noise: float, seed: int = 0, off: float = 0.0
) -> tuple[Boxes, NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Crops, and of each its view, its angle in degrees and its shift (x, y)."""
    random = np.random.default_rng(seed)
    view = random.integers(0, len(images), number)
    angle, shift = random.uniform(0, 360, number), random.normal(0, off, (number, 2))
    crops = np.stack([turned(images[v], a, (x, y)) for v, a, (x, y) in zip(view, angle, shift, strict=True)])
    crops += random.normal(0, noise, crops.shape)
    return np.asarray(crops / noise, np.float32), view, angle, shift
