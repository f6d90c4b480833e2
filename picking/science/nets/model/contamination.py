"""The contamination network: what contamination looks like, and how far a place is an outlier among the particles."""

import torch
from torch import Tensor
from torch.nn import functional

from picking.science.nets.model.outlier import Outlier
from picking.science.nets.model.shallow import ScoringNet, ShallowNet
from picking.science.nets.model.windows import inner


class ContaminationNet(ScoringNet):
    """Contamination is where `own`, trained on labels or simulated, says so, or what is an outlier (noisy-or).

    There is at least one of them.
    """

    def __init__(self, own: ShallowNet | None, outlier: Outlier | None = None) -> None:
        super().__init__()
        self.own, self.outlier = own, outlier
        if outlier is not None:
            self.receptive_field = outlier.settings.receptive_field
        elif own is not None:
            self.receptive_field = own.receptive_field
        else:
            raise ValueError("A contamination network needs something that tells contamination.")
        self.register_buffer("calibration", torch.tensor([1.0, 0.0]))

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns logits of chances (n, (ny - receptive_field) // 2 + 1, ...)."""
        logits = self._of_own(pixels)
        if self.outlier is None:
            return logits
        even = self.outlier.settings.even
        # softplus(x) is -log(1 - p) for a logit x of probability p; those of both causes add up.
        usual = functional.softplus(logits.new_tensor(-even))
        neither = functional.softplus(logits) + functional.softplus(self.outlier(pixels) - even) - usual
        return torch.log(torch.expm1(neither.clamp(1e-6, 30)))

    def _of_own(self, pixels: Tensor) -> Tensor:
        if self.own is None:
            return pixels.new_tensor(-torch.inf)
        gain, offset = self.own.calibration
        logits: Tensor = gain * self.own(inner(pixels, self.receptive_field, self.own.receptive_field)) + offset
        return logits
