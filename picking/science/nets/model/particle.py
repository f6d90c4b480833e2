"""The particle network: what the project's labels teach, and what simulated micrographs taught before."""

from functools import cache
from pathlib import Path

from torch import Tensor

from picking.science.nets.model.file import load_nets
from picking.science.nets.model.shallow import ScoringNet, ShallowNet
from picking.science.nets.model.windows import inner

SIMULATED = Path(__file__).with_name("simulated.safetensors")
"""Weights trained by pretrain.py on nothing but this program's own simulated micrographs with dark particles."""
WIDE = Path(__file__).with_name("wide.safetensors")
"""Weights trained by nets/pretraining on more kinds of simulated micrographs, for the first guess."""


class ParticleNet(ScoringNet):
    """A weighted mean of two logits: of `own`, trained on the project's labels, and of `simulated`, fixed.

    weight: the part of `simulated`; negative where particles are bright, as it is then given the negative image.
    """

    def __init__(self, own: ShallowNet, simulated: ShallowNet | None = None, weight: float = 0.0) -> None:
        super().__init__()
        self.own, self.simulated, self.weight = own, simulated, weight
        nets = [own] if simulated is None else [own, simulated]
        self.receptive_field = max(net.receptive_field for net in nets)
        self.calibration = own.calibration

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns logits (n, (ny - receptive_field) // 2 + 1, ...)."""
        logits = self._of(self.own, pixels)
        if self.simulated is None:
            return logits
        part, sign = abs(self.weight), 1 if self.weight > 0 else -1
        return (1 - part) * logits + part * self._of(self.simulated, sign * pixels)

    def _of(self, net: ShallowNet, pixels: Tensor) -> Tensor:
        """Logits of a network that may see fewer pixels around each cell."""
        logits: Tensor = net(inner(pixels, self.receptive_field, net.receptive_field))
        return logits


@cache
def _loaded() -> ShallowNet:
    return load_nets(SIMULATED)[0]["simulated"]


def load_simulated() -> ShallowNet:
    """A copy of the network trained on simulated micrographs."""
    net = ShallowNet(_loaded().shape)
    net.load_state_dict(_loaded().state_dict())
    return net.eval()
