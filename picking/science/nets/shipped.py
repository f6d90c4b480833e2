"""The networks that come with CryoWeb, for micrographs that nobody has labelled yet: the first guess."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.model.contamination import ContaminationNet
from picking.science.nets.model.file import load_nets
from picking.science.nets.model.networks import Networks
from picking.science.nets.model.outlier import Outlier
from picking.science.nets.model.particle import SIMULATED, WIDE, ParticleNet
from picking.science.nets.model.shallow import ShallowNet
from picking.science.nets.picking.peaks import peaks
from picking.science.nets.picking.pick import candidates
from picking.science.nets.picking.score import image_tensor, logit_map
from picking.science.nets.settings import Settings
from picking.science.nets.training.crops import around
from picking.science.nets.training.mixture import expected
from picking.science.nets.training.survey import uncalibrated
from picking.science.thresholds import DEFAULT_PARTICLE_THRESHOLD, MINIMUM_LABELS

SUREST = 0.02
"""The part of the peaks that tells whether particles are dark or bright. So few, as there may be few particles."""


@dataclass(frozen=True)
class FirstGuess:
    """What to pick with as long as there are no labels.

    f1: what the picks at the default thresholds are expected to reach, told by how far their logits are from those of
    noise. share: of particles among the candidates. Where f1 is low, people should label instead.
    """

    networks: Networks
    f1: float
    share: float


def shipped_networks(
    images: Sequence[NetworkInput], settings: Settings | None = None, device: torch.device | None = None
) -> Networks:
    """The networks of first_guess()."""
    return first_guess(images, settings, device).networks


def first_guess(
    images: Sequence[NetworkInput], settings: Settings | None = None, device: torch.device | None = None
) -> FirstGuess:
    """What to pick these micrographs with, and others like them, as long as there are no labels.

    images: some micrographs of one project; five are enough. They tell whether the particles are dark or bright, which
    logit is the best threshold, and what outliers are. There is a network for contamination beside the outliers where
    simulated.safetensors holds one.
    Raises ValueError where there is no image.
    """
    if not images:
        raise ValueError("There is no micrograph to tell dark particles from bright ones by.")
    settings, device = settings or Settings(), device or torch.device("cpu")
    nets = {name: net.to(device) for path in (SIMULATED, WIDE) for name, net in load_nets(path)[0].items()}
    if bright(nets["simulated"], images, device):
        for net in nets.values():
            see_negative(net)
    particle = ParticleNet(nets["simulated"], nets["wide"], settings.shipped.wide)
    found, noise = (uncalibrated(particle, images, sign, settings, device) for sign in (1, -1))
    told = expected(found, noise, settings.mixture)
    gain = settings.particle.calibration[0]
    particle.calibration.copy_(torch.tensor([gain, -gain * told.threshold]))
    outlier = _outlier(particle, images, told.share, settings, device)
    own = nets.get("contamination")
    second = ContaminationNet(own, outlier) if own or outlier else None
    return FirstGuess(Networks(particle, second, settings), told.f1, told.share)


def _outlier(
    particle: ParticleNet, images: Sequence[NetworkInput], share: float, settings: Settings, device: torch.device
) -> Outlier | None:
    """What is usual among the surest picks, in the place of labels; None where there are too few."""
    networks, most = Networks(particle, None, settings), settings.contamination.unlabelled_places // len(images)
    inputs, places = {}, {}
    for number, image in enumerate(images):
        found = candidates(networks, image, device)
        shown = found.places[found.scores[:, 0] >= DEFAULT_PARTICLE_THRESHOLD]
        inputs[str(number)], places[str(number)] = image, shown[:most]
    if sum(map(len, places.values())) < MINIMUM_LABELS:
        return None
    outlier = Outlier(settings.outlier).to(device)
    patches = around(inputs, places, settings.outlier.receptive_field).pixels.to(device)
    outlier.measure(patches, patches[:0], trust=min(1.0, share / settings.calibration.usual_share))
    return outlier


def bright(net: ShallowNet, images: Sequence[NetworkInput], device: torch.device) -> bool:
    """Whether the particles are bright: a network for dark ones is surer of its surest peaks in the negative images."""
    pixels = [image_tensor(image, device) for image in images]
    as_is, negative = (_surest(net, [sign * one for one in pixels]) for sign in (1, -1))
    return negative > as_is


@torch.no_grad()
def see_negative(net: ShallowNet) -> None:
    """Change a network to see in an image what it saw in the negative of that image before."""
    first = next(net.layers.children())
    assert isinstance(first, torch.nn.Conv2d)  # all else follows from it, or from the square of the image
    first.weight.neg_()


def _surest(net: ShallowNet, images: Sequence[torch.Tensor]) -> float:
    """The logit that the surest peaks of all images exceed."""
    heights = np.concatenate([peaks(logit_map(net, pixels))[2].cpu().numpy() for pixels in images])
    return float(np.quantile(heights[np.isfinite(heights)], 1 - SUREST))
