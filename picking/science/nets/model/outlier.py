"""How far a place differs from the particles of a project, in ways typical of contamination of any kind."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from picking.science.imaging.network_input import MAD_TO_SIGMA
from picking.science.nets.model.windows import inner, window_means
from picking.science.nets.settings import OutlierSettings

LOG_GAUSSIAN = 0.5
"""What the square of a standard score counts: minus the logarithm of a Gaussian."""


class Outlier(nn.Module):
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

    def __init__(self, settings: OutlierSettings) -> None:
        super().__init__()
        self.settings = settings
        self.register_buffer("usual", torch.zeros(3))
        self.register_buffer("spread", torch.ones(3))
        self.register_buffer("weight", torch.full((3,), LOG_GAUSSIAN))
        self.register_buffer("sign", torch.tensor(-1.0))

    def looks(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns spike, surroundings and grain, (n, 3, (ny - receptive_field) // 2 + 1, ...)."""
        image, s = pixels[:, None], self.settings
        spike = self._mean(image, s.spike) - self._mean(image, s.body)
        surroundings = self._mean(image, s.surroundings)
        power = _mean(_fine(image) ** 2, s.grain, s.receptive_field - 6)
        grain = 0.5 * torch.log(power + s.grain_floor)
        return torch.cat([self.sign * spike, self.sign * surroundings, -grain], 1)

    def measure(self, labelled: Tensor, found: Tensor, beyond: Tensor | None = None, trust: float = 1.0) -> None:
        """Learn what is usual from patches around labelled particles, others found with them, and on other micrographs.

        labelled, found, beyond: (n, receptive_field, receptive_field).

        Usual is what is usual among the labelled or among all that were found: looks differ from micrograph to
        micrograph, by defocus for one, and few are labelled. A spike counts as far as what was found with the labels
        has a stronger one than they: else it is the weak that are wrong, as where particles are few (docs/method.md).
        Few labels tell little of that; the fewer, the more does it count in full, as without any.
        `trust`: how far what was found is particles, above 0 to 1. The rest is empty ice, which has other spikes and
        other grain but the same surroundings; so the less it is to be trusted, the wider those two are taken to spread.
        """
        s = self.settings
        self.sign.copy_(torch.sign(self._mean(labelled[:, None], s.body).mean()))
        theirs = self.looks(labelled)[:, :, 0, 0]
        usual, spread = theirs.mean(0), (1 + s.few / len(theirs)) * theirs.std(0)
        if len(found):
            others = self.looks(found)[:, :, 0, 0]
            middle = others.median(0).values
            varies = (MAD_TO_SIGMA * (others - middle).abs().median(0).values).clamp(min=s.least_spread)
            told = (0.5 + s.stronger * (middle - usual) / varies)[0].clamp(0, 1)
            self.weight[0] = LOG_GAUSSIAN * (1 - min(1.0, len(theirs) / s.enough) * (1 - told))
            every = others if beyond is None else torch.cat([others, self.looks(beyond)[:, :, 0, 0]])
            usual = torch.maximum(usual, every.median(0).values)
            spread = spread.minimum(s.widest * torch.cat([theirs, every]).std(0, correction=0))
            # Its tails count: a particle near a carbon edge has other surroundings, and is one.
            spread = torch.maximum(spread, every.std(0, correction=0))
        self.usual.copy_(usual)
        self.spread.copy_(spread.clamp(min=s.least_spread) / spread.new_tensor([trust, 1.0, trust]))

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns how odd each cell is, 0 or more, (n, (ny - receptive_field) // 2 + 1, ...)."""
        usual, spread, weight = (t[:, None, None] for t in (self.usual, self.spread, self.weight))
        beyond = ((self.looks(pixels) - usual) / spread).clamp(min=0)
        return (weight * beyond**2).clamp(max=self.settings.even).sum(1)

    def _mean(self, image: Tensor, sigma: float) -> Tensor:
        return _mean(image, sigma, self.settings.receptive_field)


def _mean(image: Tensor, sigma: float, cut_for: int) -> Tensor:
    """Gaussian mean around each cell of an image (n, 1, ny, nx) cut for `cut_for`: to three sigma, where there."""
    window = min(cut_for, round(6 * sigma))
    return window_means(inner(image, cut_for, window), sigma, window)


def _fine(image: Tensor) -> Tensor:
    """What a blur of one pixel removes: (n, 1, ny, nx) to (n, 1, ny - 6, nx - 6)."""
    place = torch.arange(7, device=image.device) - 3.0
    weight = torch.softmax(-0.5 * place**2, 0)
    blurred = functional.conv2d(functional.conv2d(image, weight[None, None, :, None]), weight[None, None, None, :])
    return image[..., 3:-3, 3:-3] - blurred
