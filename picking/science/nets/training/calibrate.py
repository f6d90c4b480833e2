"""What a score of 0.5 means: a network's calibration is shifted by what it finds and how it scores the labels.

The calibration that comes with the recipe was made where about half of the candidates are particles. Where particles
are few, empty ice brings most candidates, and 0.5 would promise too much. Where they are weak, the network is certain
of none, and 0.5 would hide most of what people labelled. Few labels tell neither: the fewer there are, the more does
count what is told without any (mixture.py).
"""

from math import log2

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from scipy.special import expit, logit

from picking.science.nets.model.particle import ParticleNet
from picking.science.nets.model.shallow import ShallowNet
from picking.science.nets.settings import CalibrationSettings, Settings
from picking.science.nets.training.labels import Places, TrainingSet
from picking.science.nets.training.mixture import expected
from picking.science.nets.training.survey import Survey, uncalibrated
from picking.science.picks import NEAR, Points

STEPS = 100
"""Rounds of expectation maximisation; it settles in a few."""

Logits = NDArray[np.float64]


def calibrate(
    particle: ParticleNet,
    surveys: dict[str, Survey],
    examples: TrainingSet,
    labels: Places,
    settings: Settings,
    unlabelled: float = 0.0,
) -> dict[str, Survey]:
    """Move the network's calibration by shift(), or nearer to the threshold that is told without labels.

    unlabelled: the part of that, 0 to 1; all of it where no labelled particle tells anything. Judged picks do not: the
    accepted ones are the surest. Returns the surveys with the new logits.
    """
    every = np.concatenate([one.logits for one in surveys.values()])
    labelled = at_labels(surveys, examples, labels.fair, float(logit(settings.picking.floor)))
    moved = shift(every, labelled, settings.calibration) if len(labelled) else 0.0
    unlabelled = unlabelled if len(labelled) else 1.0
    if unlabelled:
        gain, offset = particle.calibration.tolist()
        images, device = [examples.inputs[name] for name in surveys], particle.calibration.device
        found, noise = (uncalibrated(particle, images, sign, settings, device) for sign in (1, -1))
        if len(noise):
            without = -gain * expected(found, noise, settings.mixture).threshold - offset
            moved += unlabelled * (without - moved)
    particle.calibration[1] += moved
    return {name: Survey(one.places, one.logits + moved) for name, one in surveys.items()}


def doubt(contamination: ShallowNet, labels: float, settings: CalibrationSettings) -> None:
    """Lower the calibration of a contamination network that learnt from few labels."""
    contamination.calibration[1] -= max(0.0, log2(settings.contamination_labels / labels))


def at_labels(surveys: dict[str, Survey], examples: TrainingSet, particles: dict[str, Points], unseen: float) -> Logits:
    """The highest logit (n,) within NEAR diameters of each of these particles of the micrographs looked at.

    particles: (n, 2) of each micrograph, input pixels. unseen: that of a particle without any candidate there.
    """
    highest = []
    for name, one in surveys.items():
        tree, reach = cKDTree(one.places), NEAR * examples.inputs[name].diameter
        for near in tree.query_ball_point(particles[name], reach):
            highest.append(one.logits[near].max() if near else unseen)
    return np.array(highest)


def shift(logits: Logits, labelled: Logits, settings: CalibrationSettings) -> float:
    """What to add to the logits (n,) of all candidates; labelled: (m,), those of labelled particles.

    Lower where particles are few, as long as the labelled ones are sure; higher where the labelled ones are not.
    """
    weak, middle = np.quantile(labelled, [settings.weak, 0.5])
    lower = min(-sparse_shift(logits, settings), max(0.0, middle - settings.shown))
    return float(np.clip(settings.shown - weak, 0, settings.most_raised) - lower)


def sparse_shift(logits: Logits, settings: CalibrationSettings) -> float:
    """What to add to the logits (n,) of all candidates to allow for the share of particles among them: 0 or less.

    The share is that which the scores, corrected for it, have as their mean (Saerens et al. 2002, Neural Computation
    14, 21). Only a lower share than usual is allowed for: where particles are many, 0.5 was right as it is.
    """
    lower, most = 0.0, settings.within_error + settings.most_lowered
    for _ in range(STEPS if len(logits) else 0):
        share = expit(logits - lower).mean()
        lower = float(np.clip(logit(settings.usual_share) - logit(share), 0, most))
    return -max(0.0, lower - settings.within_error)
