"""Score maps of a whole micrograph."""

import torch
from torch import Tensor
from torch.nn import functional

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.model.shallow import ScoringNet
from picking.science.nets.model.windows import STRIDE

STRIP_PIXELS = 2**20
"""About this many input pixels are processed at once, to limit memory; strips overlap, so that the map is the same."""


def image_tensor(image: NetworkInput, device: torch.device) -> Tensor:
    """The pixels on the device, (ny, nx), with the last row and column repeated where their number is odd."""
    pixels = torch.from_numpy(image.pixels).to(device)
    ny, nx = pixels.shape
    return functional.pad(pixels[None], (0, nx % STRIDE, 0, ny % STRIDE), mode="replicate")[0]


@torch.inference_mode()
def logit_map(net: ScoringNet, pixels: Tensor, strip_pixels: int = STRIP_PIXELS) -> Tensor:
    """pixels: (ny, nx), both even; returns (ny / 2, nx / 2). Cell i lies at STRIDE * i + 0.5 input pixels.

    Beyond its borders the image is mirrored as often as the network's receptive field needs.
    """
    padded = _padded(pixels, (net.receptive_field - STRIDE) // 2)
    net.eval()
    rows, width = pixels.shape[0] // STRIDE, padded.shape[1]
    strip = max(1, strip_pixels // (STRIDE * width))
    strips: list[Tensor] = []
    for start in range(0, rows, strip):
        cells = min(strip, rows - start)
        strips.append(net(padded[None, STRIDE * start :][:, : net.receptive_field + STRIDE * (cells - 1)])[0])
    return torch.cat(strips)


def _padded(pixels: Tensor, reach: int) -> Tensor:
    padded = pixels[None]
    while reach:
        step = min(reach, pixels.shape[0] - 1, pixels.shape[1] - 1)
        padded = functional.pad(padded, (step,) * 4, mode="reflect")
        reach -= step
    return padded[0]
