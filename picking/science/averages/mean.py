"""The mean of crops that were turned and shifted onto each other, and how well two halves of them agree."""

from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import grid_sample

from picking.science.averages.features import soft_disc
from picking.science.averages.resolution import resolution
from picking.science.averages.settings import CropSettings
from picking.science.extract.boxes import Boxes

_AT_ONCE = 250


def turned_back(boxes: Boxes, angles: NDArray[np.float32], shifts: NDArray[np.float32]) -> Boxes:
    """Crops (n, size, size) as they would lie at angle 0 and shift 0, by cubic interpolation; 0 beyond their border.

    `angles` (n,) in degrees from x towards y, `shifts` (n, 2) in pixels, both as in Averages.
    """
    size = boxes.shape[-1]
    turn = torch.as_tensor(np.radians(angles))
    cosine, sine = torch.cos(turn)[:, None, None], torch.sin(turn)[:, None, None]
    middle = torch.arange(size) - size // 2
    y, x = torch.meshgrid(middle, middle, indexing="ij")
    moved = torch.as_tensor(shifts)[:, :, None, None] + size // 2
    places = torch.stack([x * cosine - y * sine + moved[:, 0], x * sine + y * cosine + moved[:, 1]], -1)
    grid = 2 * places / (size - 1) - 1
    found = grid_sample(torch.as_tensor(boxes)[:, None], grid, "bicubic", "zeros", align_corners=True)
    return np.asarray(found[:, 0].numpy(), np.float32)


def mean_images(
    boxes: Boxes,
    members: NDArray[np.int64],
    angles: NDArray[np.float32],
    shifts: NDArray[np.float32],
    pixel_size: float,
    crops: CropSettings,
    least_in_half: int,
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Of each class its mean (K, size, size) and its resolution in Å (K,), nan where a half has too few members.

    Crops of even and of odd index are the halves; a negative class is none.
    """
    number, size = int(members.max(initial=-1)) + 1, boxes.shape[-1]
    sums = torch.zeros((2 * number, size, size))
    sorted_ = np.flatnonzero(members >= 0)
    halves = 2 * members + np.arange(len(members)) % 2
    for start in range(0, len(sorted_), _AT_ONCE):
        part = sorted_[start : start + _AT_ONCE]
        turned = turned_back(boxes[part], angles[part], shifts[part])
        sums.index_add_(0, torch.as_tensor(halves[part]), torch.as_tensor(turned))
    counts = np.bincount(halves[sorted_], minlength=2 * number).reshape(number, 2)
    both = sums.numpy().reshape(number, 2, size, size)
    images = both.sum(1) / np.maximum(counts.sum(1), 1)[:, None, None].astype(np.float32)
    window = replace(crops, mask=crops.window, edge=crops.window_edge)
    mask = soft_disc(window).astype(np.float32)
    resolutions = [
        resolution(one * mask / n, other * mask / m, pixel_size) if min(n, m) >= least_in_half else np.nan
        for (one, other), (n, m) in zip(both, counts.tolist(), strict=True)
    ]
    return images, np.array(resolutions, np.float64)
