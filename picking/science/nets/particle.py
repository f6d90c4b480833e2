"""The particle network: what the project's labels teach, and what simulated micrographs taught before."""

from functools import cache
from pathlib import Path

import torch
from torch import Tensor

from picking.science.nets.examples import Patches
from picking.science.nets.file import load_nets
from picking.science.nets.shallow import ScoringNet, ShallowNet
from picking.science.nets.windows import STRIDE, inner

SIMULATED = Path(__file__).with_name("simulated.safetensors")
"""Weights trained by pretrain.py on nothing but this program's own simulated micrographs with dark particles."""
WEIGHT = 0.3
"""Part of the simulated network where it tells the labels apart without fault (docs/method.md)."""


class ParticleNet(ScoringNet):
    """A weighted mean of two logits: of `learnt`, trained on the project's labels, and of `simulated`, fixed.

    weight: the part of `simulated`; negative where particles are bright, for then it is shown the negative image.
    """

    def __init__(self, learnt: ShallowNet, simulated: ShallowNet | None = None, weight: float = 0.0) -> None:
        super().__init__()
        self.learnt, self.simulated, self.weight = learnt, simulated, weight
        nets = [learnt] if simulated is None else [learnt, simulated]
        self.field = max(net.field for net in nets)
        self.calibration = learnt.calibration

    def forward(self, pixels: Tensor) -> Tensor:
        """pixels: (n, ny, nx); returns logits (n, (ny - field) // 2 + 1, (nx - field) // 2 + 1)."""
        logits = self._of(self.learnt, pixels)
        if self.simulated is None:
            return logits
        part, sign = abs(self.weight), 1 if self.weight > 0 else -1
        return (1 - part) * logits + part * self._of(self.simulated, sign * pixels)

    def _of(self, net: ShallowNet, pixels: Tensor) -> Tensor:
        """Logits of a network that may see fewer pixels around each cell."""
        logits: Tensor = net(inner(pixels, self.field, net.field))
        return logits


def with_simulated(learnt: ShallowNet, particles: Patches, background: Patches) -> ParticleNet:
    """Join what was learnt with the simulated network, as far as that is right about these labels."""
    simulated = load_simulated().to(particles.pixels.device)
    weight = weight_of(simulated, particles, background)
    return ParticleNet(learnt, simulated, weight) if weight else ParticleNet(learnt)


def weight_of(simulated: ShallowNet, particles: Patches, background: Patches, reach: int = 1) -> float:
    """How far the simulated network is to be trusted, up to WEIGHT, and negative for the negative of the image.

    It has never seen these labels, so they are a fair test: the chance that it puts a particle before a background
    place (the area under the ROC curve) says how far it is right, and for which sign of the image. reach: so many cells
    around a place count as there, for people do not click exactly.
    """
    chances = {sign: _chance(simulated, sign, particles, background, reach) for sign in (1, -1)}
    sign = max(chances, key=lambda sign: chances[sign])
    return sign * WEIGHT * max(0.0, 2 * chances[sign] - 1)


@cache
def _loaded() -> ShallowNet:
    return load_nets(SIMULATED)[0]["simulated"]


def load_simulated() -> ShallowNet:
    """A copy of the network trained on simulated micrographs."""
    net = ShallowNet(_loaded().shape)
    net.load_state_dict(_loaded().state_dict())
    return net.eval()


@torch.inference_mode()
def _chance(net: ShallowNet, sign: int, particles: Patches, background: Patches, reach: int) -> float:
    yes, no = (_at_centres(net, sign * patches.pixels, reach) for patches in (particles, background))
    return float((yes[:, None] > no).float().mean())


def _at_centres(net: ShallowNet, pixels: Tensor, reach: int) -> Tensor:
    """The highest of the logits (n,) around the middle of each patch."""
    logits: Tensor = net(pixels)
    middle = (pixels.shape[-1] - net.field) // (2 * STRIDE)
    return logits[:, middle - reach : middle + reach + 1, middle - reach : middle + reach + 1].amax((1, 2))
