"""What the simulated network sees of a micrograph when particles are taken to have a certain diameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from picking.science.imaging.micrograph import Pixels
from picking.science.imaging.network_input import DEFAULT, NetworkInput, make_network_input, outlier_limits
from picking.science.nets.model.shallow import ShallowNet
from picking.science.nets.model.windows import STRIDE
from picking.science.nets.picking.peaks import peaks, suppress
from picking.science.nets.picking.score import image_tensor, logit_map
from picking.science.picks import Points

Floats = NDArray[np.floating[Any]]

SIDE = 288
"""Input pixels along the middle part that is looked at: 18 trial diameters, for speed."""
REACH = 26
"""Input pixels around a candidate that its profile covers, 1.6 trial diameters."""
MOST = 80
"""The surest candidates of a micrograph whose profiles are taken."""
FLOOR = -6.0
"""Candidates of a lower logit are not counted."""
FINE = 64
"""Pixels per trial diameter above which a micrograph is halved first, for speed: twice what the network input keeps."""

_y, _x = np.mgrid[-REACH : REACH + 1, -REACH : REACH + 1]
_RING = np.round(np.hypot(_x, _y)).astype(int)
_WITHIN = _RING < REACH


@dataclass(frozen=True)
class Look:
    """One micrograph at one trial diameter, its particles taken for dark or for bright.

    quantiles: of the logit map. places: (n, 2) of the candidates in the micrograph's pixels, the surest first; logits:
    (n,). area: squared trial diameters that were looked at. used: candidates in the two profiles. average, power:
    (REACH,), ring means about the candidates, of their average and of their mean square. variance: of the whole input.
    """

    quantiles: Floats
    places: Points
    logits: Floats
    area: float
    used: int
    average: Floats
    power: Floats
    variance: float


class Scales:
    """A micrograph and its halves, of which a look at large particles takes a smaller one."""

    def __init__(self, pixels: Pixels, pixel_size: float) -> None:
        """pixels: (ny, nx); pixel_size: Å."""
        self.levels = [(np.clip(pixels, *outlier_limits(pixels, DEFAULT), dtype=np.float32), pixel_size)]
        self.extent = min(pixels.shape) * pixel_size  # Å

    def for_diameter(self, diameter: float) -> tuple[Pixels, float]:
        """The coarsest that still has FINE / 2 pixels per diameter, and its pixel size."""
        level = 0
        while diameter / self.levels[level][1] > FINE and min(self.levels[level][0].shape) >= 4:
            level += 1
            if level == len(self.levels):
                finer, pixel_size = self.levels[-1]
                self.levels.append((_halved(finer), 2 * pixel_size))
        return self.levels[level]


def looks(scales: Scales, diameter: float, net: ShallowNet) -> tuple[Look, Look]:
    """The middle of the micrograph at a trial diameter in Å, for dark particles and for bright ones.

    Raises ValueError as make_network_input() does.
    """
    pixels, pixel_size = scales.for_diameter(diameter)
    side = round(SIDE * diameter / pixel_size / DEFAULT.working_diameter)
    top, left = (max(0, (n - side) // 2) for n in pixels.shape)
    image = make_network_input(pixels[top : top + side, left : left + side], pixel_size, diameter)
    finest = scales.levels[0][1]
    dark, bright = (_look(image, sign, net, (left, top), pixel_size / finest) for sign in (1, -1))
    return dark, bright


def _look(image: NetworkInput, sign: int, net: ShallowNet, corner: tuple[int, int], step: float) -> Look:
    seen = sign * image.pixels
    tensor = image_tensor(image, next(net.parameters()).device)
    logits = logit_map(net, sign * tensor)
    _, places, heights = (each.cpu().numpy() for each in peaks(logits))
    places = STRIDE * places + (STRIDE - 1) / 2
    places, heights = places[heights > FLOOR], heights[heights > FLOOR]
    margin = image.diameter / 2 - 0.5
    whole = ((places >= margin) & (places <= np.array(seen.shape[::-1]) - 1 - margin)).all(axis=1)
    places, heights = places[whole], heights[whole]
    apart = suppress(places, image.diameter / 2)
    places, heights = places[apart], heights[apart]
    used, average, power = _profiles(seen, places)
    return Look(
        quantiles=np.quantile(logits.cpu().numpy(), (0.5, 0.9, 0.97, 0.99, 0.997)),
        places=((image.to_micrograph(places) + corner) + 0.5) * step - 0.5,
        logits=heights,
        area=seen.size / image.diameter**2,
        used=used,
        average=average,
        power=power,
        variance=float((seen**2).mean()),
    )


def _profiles(seen: Pixels, places: Points) -> tuple[int, Floats, Floats]:
    """How many of the surest candidates are far enough from the border, and the ring means about them."""
    middle = np.round(places).astype(int)
    middle = middle[((middle >= REACH) & (middle < np.array(seen.shape[::-1]) - REACH)).all(axis=1)][:MOST]
    if not len(middle):
        return 0, np.zeros(REACH), np.zeros(REACH)
    crops = np.array([seen[y - REACH : y + REACH + 1, x - REACH : x + REACH + 1] for x, y in middle.tolist()])
    return len(middle), _ring_means(crops.mean(axis=0)), _ring_means((crops**2).mean(axis=0))


def _ring_means(image: Floats) -> Floats:
    rings = _RING[_WITHIN]
    means: Floats = np.bincount(rings, image[_WITHIN]) / np.bincount(rings)
    return means


def _halved(pixels: Pixels) -> Pixels:
    ny, nx = (n // 2 * 2 for n in pixels.shape)
    even = pixels[:ny, :nx]
    return (even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / np.float32(4)
