"""How much weight the network trained on simulated micrographs has beside the project's own."""

import torch
from torch import Tensor

from picking.science.nets.model.particle import ParticleNet, load_simulated
from picking.science.nets.model.shallow import ShallowNet
from picking.science.nets.model.windows import STRIDE
from picking.science.nets.settings import ShippedSettings
from picking.science.nets.training.crops import Patches


def with_simulated(
    own: ShallowNet, particles: Patches, background: Patches, settings: ShippedSettings, labels: float, fair: float
) -> tuple[ParticleNet, float]:
    """The project's own network joined with the simulated one, and the part of what is told without labels.

    The fewer labels there are, and the better the simulated network separates them, the more it counts. labels: of each
    kind, as Places.count. fair: how many particles were not chosen by their scores, and so tell what particles score.
    """
    simulated = load_simulated().to(particles.pixels.device)
    trust = trust_in(simulated, particles, background)
    weight = settings.weight(labels, abs(trust)) * (1 if trust > 0 else -1)
    net = ParticleNet(own, simulated, weight) if weight else ParticleNet(own)
    return net, settings.without_labels(min(labels, fair), abs(trust))


def trust_in(simulated: ShallowNet, particles: Patches, background: Patches, reach: int = 1) -> float:
    """How far the simulated network is to be trusted, up to 1, and negative for the negative of the image.

    It has never seen these labels, so they are a fair test: the chance that it puts a particle before a background
    place (the area under the ROC curve) says how far it is right, and for which sign of the image. reach: so many cells
    around a place count as there, for people do not click exactly.
    """
    chances = {sign: _chance(simulated, sign, particles, background, reach) for sign in (1, -1)}
    sign = max(chances, key=lambda sign: chances[sign])
    return sign * max(0.0, 2 * chances[sign] - 1)


@torch.inference_mode()
def _chance(net: ShallowNet, sign: int, particles: Patches, background: Patches, reach: int) -> float:
    yes, no = (_at_centres(net, sign * patches.pixels, reach) for patches in (particles, background))
    return float((yes[:, None] > no).float().mean())


def _at_centres(net: ShallowNet, pixels: Tensor, reach: int) -> Tensor:
    """The highest of the logits (n,) around the middle of each patch."""
    logits: Tensor = net(pixels)
    middle = (pixels.shape[-1] - net.receptive_field) // (2 * STRIDE)
    return logits[:, middle - reach : middle + reach + 1, middle - reach : middle + reach + 1].amax((1, 2))
