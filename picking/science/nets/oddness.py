"""How unlike the particles of a project a place looks, in ways that mark contamination of any kind."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from picking.science.imaging.network_input import MAD_TO_SIGMA
from picking.science.nets.windows import inner, window_means

FIELD = 80
"""Input pixels seen around a place: five diameters."""
SPIKE, BODY, GRAIN, SURROUNDINGS = 1.0, 2.0, 6.0, 16.0
"""Sigmas of the Gaussians that the looks are taken with, in input pixels: a diameter is 16 (docs/method.md)."""
PARTICLE = 4.0
"""Sigma of the Gaussian that tells dark particles from bright ones."""
WEIGHTS = (0.5, 0.25, 0.5)
"""What the square of each look counts. 0.5 is the logarithm of a Gaussian; surroundings vary more (docs/method.md)."""
MOST = 2.0
"""What one look counts at most, too little to hide a pick where the labels say nothing against it: a particle beside a
carbon edge has odd surroundings."""
FEW = 5
"""The spread of n labels is taken to be so many n-ths larger: the fewer, the less do they show of it."""
LEAST_SPREAD = 0.01
"""No look is taken to vary less than this among particles: a few may be alike by chance."""
GRAIN_FLOOR = 0.01
"""Added to the power of the grain before its logarithm, for empty places; the noise of the input is 1."""


class Oddness(nn.Module):
    """How far the looks of a place are beyond those of the project's particles, in their standard deviations.

    Three looks: a spike in the middle (small dense things), the grey of the surroundings (aggregates, edges, thick ice)
    and the fine grain (smooth things without inner structure). Odd is what has a stronger spike or stronger
    surroundings, of the particles' sign, or less grain. Looks are turned so that more of each is odder.
    """

    usual: Tensor
    spread: Tensor
    weight: Tensor
    sign: Tensor
    """-1 where the particles are dark, 1 where they are bright."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("usual", torch.zeros(3))
        self.register_buffer("spread", torch.ones(3))
        self.register_buffer("weight", torch.tensor(WEIGHTS))
        self.register_buffer("sign", torch.tensor(-1.0))

    def looks(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns spike, surroundings and grain, (n, 3, (ny - FIELD) // 2 + 1, ...)."""
        image = pixels[:, None]
        spike = _mean(image, SPIKE, FIELD) - _mean(image, BODY, FIELD)
        surroundings = _mean(image, SURROUNDINGS, FIELD)
        grain = 0.5 * torch.log(_mean(_fine(image) ** 2, GRAIN, FIELD - 6) + GRAIN_FLOOR)
        return torch.cat([self.sign * spike, self.sign * surroundings, -grain], 1)

    def measure(self, labelled: Tensor, found: Tensor, trust: float = 1.0) -> None:
        """Learn what is usual from patches (n, FIELD, FIELD) around labelled particles and others found with them.

        Usual is what is usual among either. A spike counts as far as what was found has a stronger one than what people
        labelled: else it is the weak that are wrong, as where particles are few (docs/method.md). `trust`: how far what
        was found is particles, above 0 to 1. The rest is empty ice, which has other spikes and other grain but the same
        surroundings; so the less it is to be trusted, the wider those two are taken to spread.
        """
        self.sign.copy_(torch.sign(_mean(labelled[:, None], PARTICLE, FIELD).mean()))
        theirs = self.looks(labelled)[:, :, 0, 0]
        usual, spread = theirs.mean(0), (1 + FEW / len(theirs)) * theirs.std(0)
        if len(found):
            others = self.looks(found)[:, :, 0, 0]
            middle = others.median(0).values
            varies = (MAD_TO_SIGMA * (others - middle).abs().median(0).values).clamp(min=LEAST_SPREAD)
            self.weight[0] = WEIGHTS[0] * (0.5 + 2 * (middle - usual) / varies)[0].clamp(0, 1)
            usual, spread = torch.maximum(usual, middle), torch.maximum(spread, varies)
        self.usual.copy_(usual)
        self.spread.copy_(spread.clamp(min=LEAST_SPREAD) / spread.new_tensor([trust, 1.0, trust]))

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns how odd each cell is, 0 or more, (n, (ny - FIELD) // 2 + 1, ...)."""
        usual, spread, weight = (t[:, None, None] for t in (self.usual, self.spread, self.weight))
        beyond = ((self.looks(pixels) - usual) / spread).clamp(min=0)
        return (weight * beyond**2).clamp(max=MOST).sum(1)


def _mean(image: Tensor, sigma: float, field: int) -> Tensor:
    """Gaussian mean around each cell of an image (n, 1, ny, nx) cut for `field`, to three sigma where that is there."""
    window = min(field, round(6 * sigma))
    return window_means(inner(image, field, window), sigma, window)


def _fine(image: Tensor) -> Tensor:
    """What a blur of one pixel takes away: (n, 1, ny, nx) to (n, 1, ny - 6, nx - 6)."""
    place = torch.arange(7, device=image.device) - 3.0
    weight = torch.softmax(-0.5 * place**2, 0)
    blurred = functional.conv2d(functional.conv2d(image, weight[None, None, :, None]), weight[None, None, None, :])
    return image[..., 3:-3, 3:-3] - blurred
