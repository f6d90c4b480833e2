"""What 0.5 means in a project: a network's calibration is moved by what it finds and how it scores the labels.

The calibration that comes with the recipe was made where about half of the candidates are particles. Where particles
are few, empty ice brings most candidates, and 0.5 would promise too much. Where they are weak, the network is sure of
none, and 0.5 would hide most of what people labelled.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from scipy.special import expit, logit

from picking.science.nets.found import USUAL_SHARE, Found
from picking.science.nets.labels import Places, TrainingSet
from picking.science.nets.particle import ParticleNet
from picking.science.picks import NEAR

WITHIN_ERROR = 1.0
"""A share whose logit is lower than usual by less is taken for usual: networks of few labels are less sure."""
MOST_LOWERED = 1.0
"""The most that logits are lowered by: the estimate leans on the calibration and goes too far with few candidates."""
SURE = 1.1
"""Where particles are few but clear, half of the labelled ones have more. Else they are weak (docs/method.md)."""
WEAK, SHOWN = 0.25, 1.0
"""All but this part of the labelled particles are to have that logit, a score of 0.73: those that nobody labelled, and
no network learnt from, have less."""
MOST_RAISED = 1.5
"""The most that logits are raised by: labels may be wrong."""
UNSEEN = -4.0
"""Logit of a labelled particle that is no candidate at all."""
STEPS = 100

Logits = NDArray[np.float64]


def calibrate(
    particle: ParticleNet, found: dict[str, Found], examples: TrainingSet, labels: Places
) -> dict[str, Found]:
    """Move the network's calibration by shift(); returns what it found with the new logits."""
    every = np.concatenate([one.logits for one in found.values()])
    moved = shift(every, at_labels(found, examples, labels))
    particle.calibration[1] += moved
    return {name: Found(one.places, one.logits + moved) for name, one in found.items()}


def at_labels(found: dict[str, Found], examples: TrainingSet, labels: Places) -> Logits:
    """The highest logit (n,) within NEAR diameters of each labelled particle of the micrographs looked at."""
    highest = []
    for name, one in found.items():
        tree, reach = cKDTree(one.places), NEAR * examples.inputs[name].diameter
        for near in tree.query_ball_point(labels.particles[name], reach):
            highest.append(one.logits[near].max() if near else UNSEEN)
    return np.array(highest)


def shift(logits: Logits, labelled: Logits) -> float:
    """What to add to the logits (n,) of all candidates; labelled: (m,), those of labelled particles.

    Lower where particles are few, as long as the labelled ones are sure; higher where the labelled ones are not.
    """
    weak, middle = np.quantile(labelled, [WEAK, 0.5])
    lower = min(-sparse_shift(logits), max(0.0, middle - SURE))
    return float(np.clip(SHOWN - weak, 0, MOST_RAISED) - lower)


def sparse_shift(logits: Logits) -> float:
    """What to add to the logits (n,) of all candidates to allow for the share of particles among them: 0 or less.

    The share is that which the scores, corrected for it, have as their mean (Saerens et al. 2002, Neural Computation
    14, 21). Only a lower share than usual is allowed for: where particles are many, 0.5 was right as it is.
    """
    lower = 0.0
    for _ in range(STEPS if len(logits) else 0):
        share = expit(logits - lower).mean()
        lower = float(np.clip(logit(USUAL_SHARE) - logit(share), 0, WITHIN_ERROR + MOST_LOWERED))
    return -max(0.0, lower - WITHIN_ERROR)
