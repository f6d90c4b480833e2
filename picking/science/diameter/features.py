"""The numbers that tell whether a trial diameter is right."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from picking.science.diameter.look import Look

Floats = NDArray[np.floating[Any]]

COUNTED = (-2.0, -1.0, 0.0, 1.0)
"""Logits above which candidates are counted."""
LEAST_VARIANCE = 0.05
"""Added to variances before their logarithm; that of the input is about 1."""


def features_of(trials: Sequence[Sequence[Look]]) -> Floats:
    """trials: by diameter, rising in equal ratios; each holds the looks of all micrographs. Returns (trials, n).

    For each trial: how sure and how many candidates are, and the profiles of their average and of their power; then by
    how much each of these changes from trial to trial, and how far the first are below the best trial.
    """
    own = np.array([_own(looks) for looks in trials])
    change = np.gradient(own, axis=0) if len(own) > 1 else np.zeros_like(own)
    sureness = own[:, : 6 + len(COUNTED)]
    return np.concatenate([own, change, sureness - sureness.max(axis=0)], axis=1)


def _own(looks: Sequence[Look]) -> Floats:
    quantiles = np.mean([look.quantiles for look in looks], axis=0)
    area = sum(look.area for look in looks)
    logits = np.concatenate([look.logits for look in looks])
    covered = float((1 / (1 + np.exp(-logits))).sum()) / area
    counts = [float((logits > least).sum()) / area for least in COUNTED]
    return np.concatenate([quantiles, counts, [covered], *_profiles(looks)])


def _profiles(looks: Sequence[Look]) -> tuple[Floats, Floats]:
    """Average in units of its middle, and log power over that of the input, in rings two pixels wide."""
    used = np.array([look.used for look in looks], float)
    variance = float(np.mean([look.variance for look in looks]))
    if not used.sum():
        nothing = np.zeros(len(looks[0].average) // 2)
        return nothing, nothing
    average, power = (
        np.average([getattr(look, name) for look in looks], axis=0, weights=used).reshape(-1, 2).mean(axis=1)
        for name in ("average", "power")
    )
    middle = float(np.sqrt(power[:4].mean() + LEAST_VARIANCE))
    return average / middle, np.log((power + LEAST_VARIANCE) / (variance + LEAST_VARIANCE))
