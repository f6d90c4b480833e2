"""The networks that come with CryoWeb, for micrographs that nobody has labelled yet: the first guess."""

from collections.abc import Sequence

import numpy as np
import torch

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.model.contamination import ContaminationNet
from picking.science.nets.model.file import load_nets
from picking.science.nets.model.networks import Networks
from picking.science.nets.model.particle import SIMULATED, ParticleNet
from picking.science.nets.model.shallow import ShallowNet
from picking.science.nets.picking.peaks import peaks
from picking.science.nets.picking.score import image_tensor, logit_map
from picking.science.nets.settings import Settings

SUREST = 0.02
"""The part of the peaks that tells whether particles are dark or bright. So few, as there may be few particles."""


def shipped_networks(
    images: Sequence[NetworkInput], settings: Settings | None = None, device: torch.device | None = None
) -> Networks:
    """What to pick these micrographs with, and others like them, as long as there are no labels.

    images: some micrographs of one project; five are enough. Whether their particles are dark or bright is told by the
    images themselves. There is a contamination network where simulated.safetensors holds one.
    Raises ValueError where there is no image.
    """
    if not images:
        raise ValueError("There is no micrograph to tell dark particles from bright ones by.")
    settings, device = settings or Settings(), device or torch.device("cpu")
    nets = {name: net.to(device) for name, net in load_nets(SIMULATED)[0].items()}
    if bright(nets["simulated"], images, device):
        for net in nets.values():
            see_negative(net)
    own = nets.get("contamination")
    return Networks(ParticleNet(nets["simulated"]), ContaminationNet(own) if own else None, settings)


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
