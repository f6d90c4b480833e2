"""Which logit is the best threshold, told without labels from the candidates of the image and of its negative.

What the particle network finds in the negative image is noise: its logits there say how noise scores in this project.
The logits of the image's candidates are a mixture of this distribution, moved down a little where particles leave less
room for noise, and of one of particles, whose share, place and widths are not known. Every mixture on a grid is weighed
by how likely it makes the logits (Bayes), and the threshold is the one of the highest expected F1. The negative as a
source of false finds is the target-decoy method of proteomics (Elias and Gygi 2007, Nature Methods 4, 207).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

from picking.science.imaging.network_input import MAD_TO_SIGMA
from picking.science.nets.settings import MixtureSettings

Floats = NDArray[np.float64]

STEP = 0.1
SCORES = np.arange(-6, 7 + STEP / 2, STEP)
"""Middles of the bins, in standard scores of the negative's logits."""
SHARES = np.array([0.01, 0.02, 0.04, 0.08, 0.15, 0.25, 0.4, 0.55, 0.7, 0.82, 0.9, 0.95, 0.98])
MOVES = np.arange(0, -2.41, -0.3)
PLACES = np.arange(0.75, 4.6, 0.375)
WIDTHS_BELOW = np.array([0.5, 0.8, 1.2, 1.8])
WIDTHS_ABOVE = np.array([0.25, 0.45, 0.8])
"""The grid: shares of particles, moves of the noise, tops of the particles and their widths below and above these."""
LIKELY = 1e-4
"""Mixtures of less weight are left out."""


@dataclass(frozen=True)
class Expected:
    """The best threshold, a logit, the F1 to be expected there and the share of particles among the candidates."""

    threshold: float
    f1: float
    share: float


def expected(found: Floats, noise: Floats, settings: MixtureSettings) -> Expected:
    """found, noise: logits (n,), (m,) of the candidates of images and of their negatives, in which there is any."""
    middle = float(np.median(noise))
    sigma = max(float(MAD_TO_SIGMA * np.median(np.abs(noise - middle))), settings.least_sigma)
    seen, null = (_histogram((logits - middle) / sigma) for logits in (found, noise))
    weights, shares, posterior = _mixtures(seen, len(found), gaussian_filter1d(null, settings.smooth / STEP), settings)
    right = np.cumsum((posterior * seen)[:, ::-1], axis=1)[:, ::-1]
    above = np.cumsum(seen[::-1])[::-1]
    f1 = weights @ (2 * right / (above + right[:, :1]))
    best = int(f1.argmax())
    threshold = middle + sigma * (SCORES[best] - STEP / 2)
    return Expected(float(threshold), float(f1[best]), float(weights @ shares))


def _mixtures(seen: Floats, number: int, null: Floats, settings: MixtureSettings) -> tuple[Floats, Floats, Floats]:
    """The likely mixtures: their weights (k,), shares (k,) and how likely a particle is in each bin, (k, bins)."""
    top, below, above = (axis.ravel() for axis in np.meshgrid(PLACES, WIDTHS_BELOW, WIDTHS_ABOVE, indexing="ij"))
    width = np.where(top[:, None] > SCORES, below[:, None], above[:, None])
    particles = _normalised(np.exp(-0.5 * ((SCORES - top[:, None]) / width) ** 2) + settings.floor)
    moved = np.array([np.interp(SCORES - move, SCORES, null, left=0, right=0) for move in MOVES])
    background = _normalised(moved + settings.floor)
    share = SHARES[:, None, None, None]
    both = (1 - share) * background[None, :, None] + share * particles
    weight = min(number, settings.counted) * (np.log(both) @ seen)
    weight += _log_prior(settings)[:, :, None]
    for value, (usual, spread) in ((below, settings.below), (above, settings.above)):
        weight -= 0.5 * (np.log(value / usual) / spread) ** 2
    weight -= 0.5 * ((top - settings.top[0]) / settings.top[1]) ** 2
    weight = np.exp(weight - weight.max())
    weight /= weight.sum()
    kept = weight > LIKELY
    posterior = np.broadcast_to(share * particles, both.shape)[kept] / both[kept]
    shares = np.broadcast_to(share[..., 0], kept.shape)[kept]
    return weight[kept] / weight[kept].sum(), shares, posterior


def _log_prior(settings: MixtureSettings) -> Floats:
    """(shares, moves): noise is moved the further down the more particles there are."""
    off = MOVES + settings.moved * SHARES[:, None]
    prior: Floats = -0.5 * (off / np.where(off > 0, settings.moved_less, settings.moved_more)) ** 2
    return prior


def _histogram(scores: Floats) -> Floats:
    edges = np.append(SCORES - STEP / 2, SCORES[-1] + STEP / 2)
    counts = np.histogram(np.clip(scores, SCORES[0], SCORES[-1]), edges)[0]
    parts: Floats = counts / max(1, counts.sum())
    return parts


def _normalised(rows: Floats) -> Floats:
    normalised: Floats = rows / rows.sum(axis=1, keepdims=True)
    return normalised
