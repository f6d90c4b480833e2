"""The network, on one screen: an image at 16 pixels a particle in, a map of one logit per 2 × 2 pixels out."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from picking.science.nets.model.windows import STRIDE, window_means


@dataclass(frozen=True)
class Shape:
    """The numbers of a network: the first layer's filter, then one kernel, dilation and width for each next layer.

    power: whether the last layer is also told how strong the image is around the cell. power_sigma: of the Gaussian
    window that this is measured in, in input pixels, a quarter of a diameter; power_floor: added before its logarithm,
    for empty places; the noise of the input is 1.
    """

    first: int = 10
    kernels: tuple[int, ...] = (5, 5)
    dilations: tuple[int, ...] = (1, 1)
    channels: tuple[int, ...] = (16, 32, 32)
    power: bool = False
    power_sigma: float = 4.0
    power_floor: float = 0.05

    @property
    def receptive_field(self) -> int:
        """Input pixels seen around each cell, along each axis."""
        later = sum((kernel - 1) * step for kernel, step in zip(self.kernels, self.dilations, strict=True))
        return self.first + STRIDE * later

    def side(self, cells: int) -> int:
        """How many input pixels a row of `cells` cells needs."""
        return self.receptive_field + STRIDE * (cells - 1)


class ScoringNet(nn.Module):
    """A map of logits, and what they mean: gain and offset turn a logit into that of a probability.

    receptive_field: how many input pixels it sees around each cell.
    """

    receptive_field: int
    calibration: Tensor

    def score(self, logits: Tensor) -> Tensor:
        """Logits as scores between 0 and 1, by the gain and offset that the training left."""
        gain, offset = self.calibration
        return torch.sigmoid(gain * logits + offset)

    def parameter_count(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())


class ShallowNet(ScoringNet):
    """Convolutions without padding, so that training crops and whole micrographs are treated alike.

    An even first filter with stride 2 puts each cell's centre between two input pixels: cell i lies at
    STRIDE * i + (receptive_field - 1) / 2.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape, self.receptive_field = shape, shape.receptive_field
        layers: list[nn.Module] = [
            nn.Conv2d(1, shape.channels[0], shape.first, stride=STRIDE, bias=False),
            nn.BatchNorm2d(shape.channels[0]),
            nn.ReLU(),
        ]
        for before, after, kernel, step in zip(
            shape.channels, shape.channels[1:], shape.kernels, shape.dilations, strict=False
        ):
            layers += [nn.Conv2d(before, after, kernel, dilation=step, bias=False), nn.BatchNorm2d(after), nn.ReLU()]
        self.layers = nn.Sequential(*layers)
        self.power = LocalPower(shape) if shape.power else None
        self.last = nn.Conv2d(shape.channels[-1] + 2 * shape.power, 1, 1)
        self.register_buffer("calibration", torch.tensor([1.0, 0.0]))

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns logits (n, (ny - receptive_field) // 2 + 1, ...)."""
        features: Tensor = self.layers(pixels[:, None])
        if self.power is not None:
            features = torch.cat([features, self.power(pixels[:, None])], 1)
        logits: Tensor = self.last(features)[:, 0]
        return logits


class LocalPower(nn.Module):
    """The logarithm of the root mean square around each cell, and its square.

    Particles of one kind are about equally strong, ice crystals are stronger, empty ice is weaker. The square lets the
    network prefer values in between.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.normal = nn.BatchNorm2d(1)

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, 1, ny, nx); returns (n, 2, ...) on the map of a network of the same shape."""
        power = window_means(pixels**2, self.shape.power_sigma, self.shape.receptive_field)
        level = self.normal(0.5 * torch.log(power + self.shape.power_floor))
        return torch.cat([level, level**2], 1)


def seeded(shape: Shape, seed: int) -> ShallowNet:
    """A new network whose weights depend on nothing but the seed."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return ShallowNet(shape)
