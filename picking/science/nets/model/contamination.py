"""The contamination network: what contamination labels teach, and how far a place is an outlier among the particles."""

import torch
from torch import Tensor
from torch.nn import functional

from picking.science.nets.model.outlier import Outlier
from picking.science.nets.model.shallow import ScoringNet, ShallowNet
from picking.science.nets.model.windows import inner


class ContaminationNet(ScoringNet):
    """Contamination is where `own`, trained on the project's labels, says so, or what is an outlier (noisy-or)."""

    def __init__(self, own: ShallowNet, outlier: Outlier | None = None) -> None:
        super().__init__()
        self.own, self.outlier = own, outlier
        self.receptive_field = outlier.settings.receptive_field if outlier else own.receptive_field
        self.register_buffer("calibration", torch.tensor([1.0, 0.0]))

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns logits of chances (n, (ny - receptive_field) // 2 + 1, ...)."""
        gain, offset = self.own.calibration
        logits: Tensor = gain * self.own(inner(pixels, self.receptive_field, self.own.receptive_field)) + offset
        if self.outlier is None:
            return logits
        even = self.outlier.settings.even
        # softplus(x) is -log(1 - p) for a logit x of probability p; those of both causes add up.
        usual = functional.softplus(logits.new_tensor(-even))
        neither = functional.softplus(logits) + functional.softplus(self.outlier(pixels) - even) - usual
        return torch.log(torch.expm1(neither.clamp(1e-6, 30)))
