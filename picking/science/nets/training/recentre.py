"""Particle labels off the centre, as from hasty clicks: moved to where the simulated network sees the centre."""

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.model.particle import load_simulated
from picking.science.nets.model.shallow import ShallowNet
from picking.science.nets.model.windows import STRIDE
from picking.science.nets.settings import RecentringSettings
from picking.science.nets.training.crops import Patches, around
from picking.science.nets.training.simulated import trust_in
from picking.science.picks import Points


def recentred(
    inputs: Mapping[str, NetworkInput],
    particles: Mapping[str, Points],
    background: Mapping[str, Points],
    settings: RecentringSettings,
    device: torch.device,
) -> dict[str, Points]:
    """The particle labels as they are, or each moved to the centre if they are off on the whole.

    particles, background: places (n, 2) in input pixels by micrograph.
    """
    net = load_simulated().to(device)
    side = net.receptive_field + 2 * STRIDE * settings.reach
    labelled, empty = (around(inputs, places, side).to(device) for places in (particles, background))
    trust = trust_in(net, labelled, empty, settings.reach)
    if abs(trust) < settings.trusted:
        return dict(particles)
    moves, spreads = _to_middles(net, np.sign(trust), labelled, settings.pull)
    if np.hypot(*moves.T).mean() <= settings.hasty * spreads.mean():
        return dict(particles)
    ends = np.cumsum([len(particles[name]) for name in sorted(particles)])[:-1]
    return {
        name: np.clip(particles[name] + move, 0, np.array(inputs[name].pixels.shape[::-1]) - 1)
        for name, move in zip(sorted(particles), np.split(moves, ends), strict=True)
    }


@torch.inference_mode()
def _to_middles(net: ShallowNet, sign: float, patches: Patches, pull: float) -> tuple[Points, NDArray[np.float64]]:
    """From each place (n, 2) to the mean of the cells around it, weighted by how likely each is the centre.

    Also returns the standard deviation (n,) of these cells, in input pixels as the moves are.
    """
    logits = net(sign * patches.pixels)
    cells = STRIDE * torch.arange(logits.shape[-1], device=logits.device) + (net.receptive_field - 1) / 2
    x, y = (cells - patches.centres[:, axis, None] for axis in (0, 1))
    away = x[:, None, :] ** 2 + y[:, :, None] ** 2
    likely = torch.softmax((logits - pull * away).flatten(1), 1).reshape(logits.shape)
    moves = torch.stack([(likely.sum(1) * x).sum(1), (likely.sum(2) * y).sum(1)], 1)
    variance = (likely * away).sum((1, 2)) - (moves**2).sum(1)
    return moves.cpu().numpy().astype(np.float64), variance.clamp(min=0).sqrt().cpu().numpy().astype(np.float64)
