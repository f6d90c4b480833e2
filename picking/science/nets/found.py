"""What the particle network finds on the labelled micrographs before anybody looks."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import expit, logit

from picking.science.nets.labels import Places, TrainingSet
from picking.science.nets.networks import Networks
from picking.science.nets.particle import ParticleNet
from picking.science.nets.pick import candidates
from picking.science.picks import Points

LOOKED_AT = 8
"""So many labelled micrographs are looked at, so that a training takes no longer where many are labelled."""
CONFIDENT = 300
"""The most picks that stand for particles when the contamination network is trained."""
USUAL_SHARE = 0.57
"""The share of particles among the candidates that the calibration was made with (docs/method.md)."""


@dataclass(frozen=True)
class Found:
    """Candidates of one micrograph, best first: places (n, 2) in input pixels and their logits (n,), calibrated."""

    places: Points
    logits: NDArray[np.float64]


def look(
    particle: ParticleNet, examples: TrainingSet, labels: Places, seed: int, device: torch.device
) -> dict[str, Found]:
    """Every candidate on up to LOOKED_AT of the micrographs with particle labels."""
    names = [name for name in sorted(labels.particles) if len(labels.particles[name])]
    found = {}
    for name in sorted(np.random.default_rng(seed).permutation(names)[:LOOKED_AT].tolist()):
        seen = candidates(Networks(particle, None), examples.inputs[name], device)
        found[name] = Found(seen.places, _logits(seen.scores[:, 0]))
    return found


def trust(found: dict[str, Found]) -> float:
    """How far candidates are particles, above 0 to 1: their share, by their scores, as a part of the usual share."""
    logits = np.concatenate([one.logits for one in found.values()])
    return min(1.0, float(expit(logits).mean()) / USUAL_SHARE) if len(logits) else 1.0


def confident(found: dict[str, Found], examples: TrainingSet, labels: Places, seed: int) -> dict[str, Points]:
    """Some of what is more likely a particle than not, off the contamination labels."""
    random = np.random.default_rng(seed)
    chosen = {}
    for name, one in found.items():
        places = one.places[one.logits >= 0]
        dirt = labels.contamination.get(name, np.zeros((0, 2)))
        gaps = np.hypot(*(places[:, None] - dirt[None]).transpose(2, 0, 1))
        places = places[(gaps > examples.inputs[name].diameter).all(axis=1)]
        few = min(len(places), CONFIDENT // len(found))
        chosen[name] = places[np.sort(random.choice(len(places), few, replace=False))]
    return chosen


def _logits(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    kept: NDArray[np.float64] = logit(np.clip(scores.astype(np.float64), 1e-6, 1 - 1e-6))
    return kept
