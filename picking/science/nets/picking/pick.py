"""Pick a micrograph with the networks of a training."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.device import in_turn
from picking.science.nets.model.networks import Networks
from picking.science.nets.model.windows import STRIDE
from picking.science.nets.picking.peaks import peaks, suppress
from picking.science.nets.picking.score import STRIP_PIXELS, image_tensor, logit_map
from picking.science.picks import Picks, Points


@dataclass(frozen=True)
class Candidates:
    """places: (n, 2), x, y in input pixels; scores: (n, 2), particle and contamination; best particle score first.

    maps: the score map of each network by its name, (ny / STRIDE, nx / STRIDE), in [0, 1].
    """

    places: Points
    scores: NDArray[np.float32]
    maps: dict[str, NDArray[np.float32]]


def pick(networks: Networks, image: NetworkInput, device: torch.device | None = None) -> Picks:
    """Return every whole candidate, best particle score first: x, y in micrograph pixels and both scores.

    Without a contamination network the contamination score is 0.
    """
    return pick_with_maps(networks, image, device)[0]


def pick_with_maps(
    networks: Networks,
    image: NetworkInput,
    device: torch.device | None = None,
    to_border: bool = False,
    strip_pixels: int = STRIP_PIXELS,
) -> tuple[Picks, dict[str, NDArray[np.float32]]]:
    """As `pick`, with the score map of each network by its name: (ny / STRIDE, nx / STRIDE), in [0, 1].

    `to_border` and `strip_pixels`: as of `candidates`.
    """
    found = candidates(networks, image, device, to_border, strip_pixels)
    picks = np.column_stack([image.to_micrograph(found.places), found.scores]).astype(np.float32)
    return picks, found.maps


def candidates(
    networks: Networks,
    image: NetworkInput,
    device: torch.device | None = None,
    to_border: bool = False,
    strip_pixels: int = STRIP_PIXELS,
) -> Candidates:
    """Every particle that the particle network finds at all, with both scores; whole ones alone unless `to_border`.

    `to_border`: those too that a clean border cuts, as far as their centres are in the image. Smeared and blank borders
    show no particles: what they cut is always left out. `strip_pixels`: how many are processed at once.
    """
    device, settings = device or torch.device("cpu"), networks.settings.picking
    with in_turn(device):
        table, maps = (
            answer.cpu().numpy() for answer in on_device(networks, image_tensor(image, device), strip_pixels)
        )
    table = table[table[:, 2] >= settings.floor]
    table = table[suppress(table[:, :2], settings.distance * image.diameter)]
    table = table[_kept(table[:, :2], image, settings.margin, to_border)]
    names = ("particle", "contamination")
    return Candidates(table[:, :2].astype(np.float64), table[:, 2:], dict(zip(names, maps, strict=False)))


def _kept(places: NDArray[np.float32], image: NetworkInput, margin: float, to_border: bool) -> NDArray[np.bool_]:
    """(n,): which places (n, 2) are at least `margin` diameters inside the image, or inside what is cut off of it."""
    size = np.array(image.pixels.shape[::-1])
    low, high = margin * image.diameter * (image.cut_off | (not to_border)) - 0.5
    kept: NDArray[np.bool_] = ((places >= low) & (places <= size - 1 - high)).all(axis=1)
    return kept


@torch.inference_mode()
def on_device(networks: Networks, pixels: Tensor, strip_pixels: int = STRIP_PIXELS) -> tuple[Tensor, Tensor]:
    """What the device computes without waiting for the host: peaks (n, 4) and score maps (networks, ny / 2, nx / 2).

    A peak's columns are x, y in input pixels and both scores, best particle score first; what fills up has score 0.
    """
    logits = logit_map(networks.particle, pixels, strip_pixels)
    cells, places, heights = peaks(logits)
    maps, scores = [networks.particle.score(logits)], [networks.particle.score(heights), torch.zeros_like(heights)]
    if networks.contamination is not None:
        maps.append(networks.contamination.score(logit_map(networks.contamination, pixels, strip_pixels)))
        scores[1] = maps[1][cells[:, 0], cells[:, 1]]
    return torch.column_stack([STRIDE * places + (STRIDE - 1) / 2, *scores]), torch.stack(maps)
