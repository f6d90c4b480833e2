"""What the particle network finds on the labelled micrographs, before its calibration, and on a few others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import expit, logit

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.model.networks import Networks
from picking.science.nets.model.particle import ParticleNet
from picking.science.nets.picking.pick import candidates
from picking.science.nets.settings import Settings
from picking.science.nets.training.labels import Places, TrainingSet
from picking.science.picks import Points
from picking.science.teach import evenly

LEAST = -9.2
"""Candidates of a lower logit, before calibration, tell nothing about the threshold."""


@dataclass(frozen=True)
class Survey:
    """Candidates of one micrograph, best first: places (n, 2) in input pixels and their logits (n,), calibrated."""

    places: Points
    logits: NDArray[np.float64]


def survey(
    particle: ParticleNet, examples: TrainingSet, labels: Places, settings: Settings, seed: int, device: torch.device
) -> dict[str, Survey]:
    """Every candidate on some of the micrographs with particle labels, by their names."""
    names = [name for name in sorted(labels.particles) if len(labels.particles[name])]
    some = np.random.default_rng(seed).permutation(names)[: settings.calibration.micrographs].tolist()
    return _surveyed(particle, examples, sorted(some), settings, device)


def elsewhere(
    particle: ParticleNet, examples: TrainingSet, labels: Places, settings: Settings, device: torch.device
) -> dict[str, Survey]:
    """Every candidate on a few of the micrographs without particle labels, by their names."""
    names = [name for name in sorted(examples.inputs) if not len(labels.particles.get(name, ()))]
    some = [names[i] for i in evenly(len(names), settings.outlier.others).tolist()]
    return _surveyed(particle, examples, some, settings, device)


def _surveyed(
    particle: ParticleNet, examples: TrainingSet, names: Sequence[str], settings: Settings, device: torch.device
) -> dict[str, Survey]:
    seen = {name: candidates(Networks(particle, None, settings), examples.inputs[name], device) for name in names}
    return {name: Survey(one.places, as_logits(one.scores[:, 0])) for name, one in seen.items()}


def uncalibrated(
    net: ParticleNet, images: Iterable[NetworkInput], sign: int, settings: Settings, device: torch.device
) -> NDArray[np.float64]:
    """Logits (n,), before their calibration, of the candidates of all images, or of their negatives (sign -1)."""
    gain, offset = net.calibration.tolist()
    floor = float(expit(gain * LEAST + offset))
    everything = replace(settings, picking=replace(settings.picking, floor=floor))
    seen = (replace(image, pixels=sign * image.pixels) for image in images)
    scores = [candidates(Networks(net, None, everything), image, device).scores[:, 0] for image in seen]
    logits: NDArray[np.float64] = (as_logits(np.concatenate(scores)) - offset) / gain
    return logits


def trust(surveys: dict[str, Survey], usual_share: float) -> float:
    """How far candidates are particles, above 0 to 1: their share, by their scores, as a part of the usual share."""
    logits = np.concatenate([one.logits for one in surveys.values()])
    return min(1.0, float(expit(logits).mean()) / usual_share) if len(logits) else 1.0


def confident(
    surveys: dict[str, Survey], examples: TrainingSet, labels: Places, most: int, seed: int
) -> dict[str, Points]:
    """At most this many candidates that are more likely particles than not, away from contamination labels."""
    random = np.random.default_rng(seed)
    chosen = {}
    for name, one in surveys.items():
        places = one.places[one.logits >= 0]
        dirt = labels.contamination.get(name, np.zeros((0, 2)))
        gaps = np.hypot(*(places[:, None] - dirt[None]).transpose(2, 0, 1))
        places = places[(gaps > examples.inputs[name].diameter).all(axis=1)]
        few = min(len(places), most // len(surveys))
        chosen[name] = places[np.sort(random.choice(len(places), few, replace=False))]
    return chosen


def as_logits(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Of scores (n,), within ±14."""
    kept: NDArray[np.float64] = logit(np.clip(scores.astype(np.float64), 1e-6, 1 - 1e-6))
    return kept
