"""Pick a micrograph with the networks of a training."""

import numpy as np
import torch
from numpy.typing import NDArray

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.networks import Networks
from picking.science.nets.particle import ParticleNet
from picking.science.nets.peaks import APART, peaks
from picking.science.nets.score import image_tensor, logit_map
from picking.science.nets.windows import STRIDE
from picking.science.picks import Picks, Points

FLOOR = 0.02
"""Least particle score of a pick. Low, for thresholds are a matter of display."""
MARGIN = 0.5
"""Picks are at least so many diameters inside the micrograph, and inside its smeared borders: a particle is whole."""
CROWD = 4.0
"""The most picks for an area of one squared diameter; peaks half a diameter apart cannot be denser."""


def pick(networks: Networks, image: NetworkInput, device: torch.device | None = None) -> Picks:
    """Return every candidate, best particle score first: x, y in micrograph pixels and both scores.

    Without a contamination network the contamination score is 0.
    """
    return pick_with_maps(networks, image, device)[0]


def pick_with_maps(
    networks: Networks, image: NetworkInput, device: torch.device | None = None
) -> tuple[Picks, dict[str, NDArray[np.float32]]]:
    """As `pick`, with the score map of each network by its name: (ny / STRIDE, nx / STRIDE), in [0, 1]."""
    pixels = image_tensor(image, device or torch.device("cpu"))
    logits = logit_map(networks.particle, pixels)
    cells, places, scores = _particles(networks.particle, image, logits)
    maps = {"particle": networks.particle.score(logits)}
    contamination = torch.zeros_like(scores)
    if networks.contamination is not None:
        maps["contamination"] = networks.contamination.score(logit_map(networks.contamination, pixels))
        contamination = maps["contamination"][cells[:, 0], cells[:, 1]]
    columns = [torch.from_numpy(image.to_micrograph(places)), scores[:, None].cpu(), contamination[:, None].cpu()]
    picks = torch.cat(columns, 1).numpy().astype(np.float32)
    return picks, {name: map_.cpu().numpy() for name, map_ in maps.items()}


def pick_particles(
    particle: ParticleNet, image: NetworkInput, device: torch.device
) -> tuple[Points, NDArray[np.float32]]:
    """Candidates of the particle network alone: places (n, 2) in input pixels and scores (n,), best first."""
    _, places, scores = _particles(particle, image, logit_map(particle, image_tensor(image, device)))
    return places, scores.cpu().numpy()


def _particles(
    particle: ParticleNet, image: NetworkInput, logits: torch.Tensor
) -> tuple[torch.Tensor, Points, torch.Tensor]:
    """Cells (n, 2), places (n, 2) in input pixels and scores (n,) of the whole particles."""
    gain, offset = particle.calibration.tolist()
    floor = (np.log(FLOOR / (1 - FLOOR)) - offset) / gain
    cells, refined = peaks(logits, APART * image.diameter / STRIDE, floor)
    places = refined * STRIDE + (STRIDE - 1) / 2
    size = np.array(image.pixels.shape[::-1])
    margin = MARGIN * image.diameter - 0.5
    whole = ((places >= margin) & (places <= size - 1 - margin)).all(axis=1)
    kept = np.flatnonzero(whole)[: int(CROWD * size.prod() / image.diameter**2)]
    chosen = torch.from_numpy(kept).to(cells.device)
    cells = cells[chosen]
    return cells, places[kept], particle.score(logits[cells[:, 0], cells[:, 1]])
