"""How unlike the particles of a project a place looks, in ways that mark contamination of any kind."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from picking.science.imaging.network_input import MAD_TO_SIGMA
from picking.science.nets.windows import inner, window_means

FIELD = 80
"""Input pixels seen around a place: five diameters."""
WEIGHTS = (0.5, 0.25, 0.5)
"""What the square of each look counts. 0.5 is the logarithm of a Gaussian; surroundings vary more (docs/method.md)."""
MOST = 3.0
"""What one look counts at most: a particle beside a carbon edge has odd surroundings and is still a particle."""
LEAST_SPREAD = 0.01
"""No look is taken to vary less than this among particles: few may be alike by chance."""
FEW = 5
"""The spread of n places is taken to be so many n-ths larger: the fewer, the less do they show of it."""
GRAIN_FLOOR = 0.01
"""Added to the power of the grain before its logarithm, for empty places; the noise of the input is 1."""


class Oddness(nn.Module):
    """How far the looks of a place are beyond those of the project's particles, in their standard deviations.

    Three looks: a spike in the middle (small dense things), the grey of the surroundings (aggregates, edges, thick ice)
    and the fine grain (smooth things without inner structure). Odd is what has a stronger spike or stronger
    surroundings, of the particles' sign, or less grain.
    """

    centre: Tensor
    spread: Tensor
    sign: Tensor
    """-1 where the particles are dark, 1 where they are bright."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("centre", torch.zeros(len(WEIGHTS)))
        self.register_buffer("spread", torch.ones(len(WEIGHTS)))
        self.register_buffer("sign", torch.tensor(-1.0))

    def looks(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns spike, surroundings and grain, (n, 3, (ny - FIELD) // 2 + 1, ...)."""
        image = pixels[:, None]
        spike = window_means(inner(image, FIELD, 6), 1, 6) - window_means(inner(image, FIELD, 12), 2, 12)
        surroundings = window_means(image, 16, FIELD)
        grain = window_means(_fine(inner(image, FIELD, 42)) ** 2, 6, 36)
        return torch.cat([spike, surroundings, 0.5 * torch.log(grain + GRAIN_FLOOR)], 1)

    def measure(self, particles: Tensor) -> None:
        """Take the looks of patches (n, FIELD, FIELD), most of them around particles, for the usual: median and MAD."""
        self.sign.copy_(torch.sign(window_means(inner(particles[:, None], FIELD, 24), 4, 24).median()))
        looks = self.looks(particles)[:, :, 0, 0]
        self.centre.copy_(looks.median(0).values)
        spread = MAD_TO_SIGMA * (looks - self.centre).abs().median(0).values
        self.spread.copy_((1 + FEW / len(looks)) * spread).clamp_(min=LEAST_SPREAD)

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns how odd each cell is, 0 or more, (n, (ny - FIELD) // 2 + 1, ...)."""
        towards = torch.stack([self.sign, self.sign, -torch.ones_like(self.sign)]) / self.spread
        beyond = (self.looks(pixels) - self.centre[:, None, None]) * towards[:, None, None]
        odd = self.centre.new_tensor(WEIGHTS)[:, None, None] * beyond.clamp(min=0) ** 2
        return odd.clamp(max=MOST).sum(1)


def _fine(image: Tensor) -> Tensor:
    """What a blur of one pixel takes away: (n, 1, ny, nx) to (n, 1, ny - 6, nx - 6)."""
    place = torch.arange(7, device=image.device) - 3.0
    weight = torch.softmax(-0.5 * place**2, 0)
    blurred = functional.conv2d(functional.conv2d(image, weight[None, None, :, None]), weight[None, None, None, :])
    return image[..., 3:-3, 3:-3] - blurred
