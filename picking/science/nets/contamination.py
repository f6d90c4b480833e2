"""The contamination network: what contamination labels teach, and how odd a place looks beside the particles."""

import torch
from torch import Tensor
from torch.nn import functional

from picking.science.nets import oddness
from picking.science.nets.oddness import Oddness
from picking.science.nets.shallow import ScoringNet, ShallowNet
from picking.science.nets.windows import inner

EVEN = 2.0
"""A place so odd is about as likely contamination as not: the most that one look counts (docs/method.md)."""


class ContaminationNet(ScoringNet):
    """A place is contamination if `learnt`, trained on the project's labels, says so, or if it is odd (noisy or)."""

    def __init__(self, learnt: ShallowNet, odd: Oddness | None = None) -> None:
        super().__init__()
        self.learnt, self.odd = learnt, odd
        self.field = learnt.field if odd is None else oddness.FIELD
        self.register_buffer("calibration", torch.tensor([1.0, 0.0]))

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns logits of chances (n, (ny - field) // 2 + 1, (nx - field) // 2 + 1)."""
        gain, offset = self.learnt.calibration
        logits: Tensor = gain * self.learnt(inner(pixels, self.field, self.learnt.field)) + offset
        if self.odd is None:
            return logits
        # softplus(x) is -log of the chance that a logit x denies; those of both causes add up.
        usual = functional.softplus(logits.new_tensor(-EVEN))
        neither = functional.softplus(logits) + functional.softplus(self.odd(pixels) - EVEN) - usual
        return torch.log(torch.expm1(neither.clamp(1e-6, 30)))
