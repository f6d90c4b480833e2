"""The network, on one screen: an image at 16 pixels a particle in, a map of one logit per 2 × 2 pixels out."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

STRIDE = 2
"""Input pixels per map cell, along each axis."""


@dataclass(frozen=True)
class Shape:
    """The numbers of a network: the first layer's filter, then one kernel, dilation and width for each next layer.

    It sees `field` input pixels around each cell.
    """

    first: int = 10
    kernels: tuple[int, ...] = (5, 5)
    dilations: tuple[int, ...] = (1, 1)
    channels: tuple[int, ...] = (16, 32, 32)

    @property
    def field(self) -> int:
        later = sum((kernel - 1) * step for kernel, step in zip(self.kernels, self.dilations, strict=True))
        return self.first + STRIDE * later

    def side(self, cells: int) -> int:
        """How many input pixels a row of `cells` cells needs."""
        return self.field + STRIDE * (cells - 1)


class ShallowNet(nn.Module):
    """Convolutions without padding, so that training crops and whole micrographs are treated alike.

    An even first filter with stride 2 puts each cell's centre between two input pixels: cell i lies at
    STRIDE * i + (field - 1) / 2.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        layers: list[nn.Module] = [
            nn.Conv2d(1, shape.channels[0], shape.first, stride=STRIDE, bias=False),
            nn.BatchNorm2d(shape.channels[0]),
            nn.ReLU(),
        ]
        for before, after, kernel, step in zip(
            shape.channels, shape.channels[1:], shape.kernels, shape.dilations, strict=False
        ):
            layers += [nn.Conv2d(before, after, kernel, dilation=step, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        self.layers = nn.Sequential(*layers, nn.Conv2d(shape.channels[-1], 1, 1))
        self.calibration: Tensor
        self.register_buffer("calibration", torch.tensor([1.0, 0.0]))

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns logits (n, (ny - field) // 2 + 1, (nx - field) // 2 + 1)."""
        logits: Tensor = self.layers(pixels[:, None])[:, 0]
        return logits

    def score(self, logits: Tensor) -> Tensor:
        """Logits as scores between 0 and 1, by the gain and offset that the training left."""
        gain, offset = self.calibration
        return torch.sigmoid(gain * logits + offset)

    def parameter_count(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())


def seeded(shape: Shape, seed: int) -> ShallowNet:
    """A new network whose weights depend on nothing but the seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return ShallowNet(shape)
