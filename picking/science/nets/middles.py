"""Particle labels off the middle, as of clicks in haste: moved to where the simulated network sees the middle."""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.examples import Patches, around
from picking.science.nets.particle import WEIGHT, load_simulated, weight_of
from picking.science.nets.shallow import ShallowNet
from picking.science.nets.windows import STRIDE
from picking.science.picks import Points

REACH = 3
"""The middle is looked for so many cells around the label along each axis: three eighths of a diameter."""
PULL = 0.02
"""What each squared input pixel away from the label takes off the logit."""
TRUSTED = 0.4
"""The least part of its weight that the simulated network must have by what it sees around these labels."""
HASTY = 0.58
"""Labels are moved where they are off, on average, by more than this part of the spread of where the network sees the
middle. Exact labels are off by 0.17 to 0.51 of it, as it is wrong itself (docs/method.md)."""


def centred(
    inputs: Mapping[str, NetworkInput],
    particles: Mapping[str, Points],
    background: Mapping[str, Points],
    device: torch.device,
) -> dict[str, Points]:
    """The particle labels as they are, or each in its middle where they are off on the whole.

    particles, background: places (n, 2) in input pixels by micrograph.
    """
    net = load_simulated().to(device)
    side = net.field + 2 * STRIDE * REACH
    labelled, empty = (around(inputs, places, side).to(device) for places in (particles, background))
    weight = weight_of(net, labelled, empty, REACH)
    if abs(weight) < TRUSTED * WEIGHT:
        return dict(particles)
    moves, spreads = _to_middles(net, np.sign(weight), labelled)
    if np.hypot(*moves.T).mean() <= HASTY * spreads.mean():
        return dict(particles)
    ends = np.cumsum([len(particles[name]) for name in sorted(particles)])[:-1]
    return {
        name: np.clip(particles[name] + move, 0, np.array(inputs[name].pixels.shape[::-1]) - 1)
        for name, move in zip(sorted(particles), np.split(moves, ends), strict=True)
    }


@torch.inference_mode()
def _to_middles(net: ShallowNet, sign: float, patches: Patches) -> tuple[Points, NDArray[np.float64]]:
    """From each place (n, 2) to the mean of the cells around it, weighted by how likely each is the middle.

    Also returns the standard deviation (n,) of these cells, in input pixels as the moves are.
    """
    logits = net(sign * patches.pixels)
    cells = STRIDE * torch.arange(logits.shape[-1], device=logits.device) + (net.field - 1) / 2
    x, y = (cells - patches.centres[:, axis, None] for axis in (0, 1))
    away = x[:, None, :] ** 2 + y[:, :, None] ** 2
    likely = torch.softmax((logits - PULL * away).flatten(1), 1).reshape(logits.shape)
    moves = torch.stack([(likely.sum(1) * x).sum(1), (likely.sum(2) * y).sum(1)], 1)
    variance = (likely * away).sum((1, 2)) - (moves**2).sum(1)
    return moves.cpu().numpy().astype(np.float64), variance.clamp(min=0).sqrt().cpu().numpy().astype(np.float64)
