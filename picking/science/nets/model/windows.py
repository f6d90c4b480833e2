"""Where the cells of a map lie in the image, and Gaussian means around them."""

import torch
from torch import Tensor
from torch.nn import functional

STRIDE = 2
"""Input pixels per map cell, along each axis."""


def inner(pixels: Tensor, cut_for: int, seen: int) -> Tensor:
    """What a network that sees `seen` pixels around each cell needs of an image (..., ny, nx) cut for `cut_for`."""
    cut = (cut_for - seen) // 2
    return pixels[..., cut : pixels.shape[-2] - cut, cut : pixels.shape[-1] - cut]


def window_means(pixels: Tensor, sigma: float, window: int) -> Tensor:
    """Gaussian mean around each cell: (n, 1, ny, nx) to (n, 1, (ny - window) // 2 + 1, (nx - window) // 2 + 1).

    sigma: of the Gaussian, in input pixels, which is cut off to `window` pixels, an even number.
    """
    place = torch.arange(window, device=pixels.device) - (window - 1) / 2
    weight = torch.exp(-0.5 * (place / sigma) ** 2)
    weight = weight / weight.sum()
    rows = functional.conv2d(pixels, weight[None, None, :, None], stride=(STRIDE, 1))
    return functional.conv2d(rows, weight[None, None, None, :], stride=(1, STRIDE))
