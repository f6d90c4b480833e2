"""How likely each trial diameter is: a weighted sum of its features, compared with that of the others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from picking.science.nets.model.file import load_nets
from picking.science.nets.model.shallow import ShallowNet

Floats = NDArray[np.floating[Any]]

WEIGHTS = Path(__file__).with_name("judge.json")
"""Learnt by learn.py from nothing but simulated micrographs."""
NETWORK = Path(__file__).with_name("network.safetensors")
"""The simulated network that the weights were learnt with. A copy: a newer one sees other sizes with other scores."""


@dataclass(frozen=True)
class Judge:
    """weights: (n,), of the features; offset: how a sum compares with there being no particles at all, which has 0."""

    weights: Floats
    offset: float

    def likelihood(self, dark: Floats, bright: Floats) -> tuple[Floats, float]:
        """Features (trials, n) of dark and of bright particles; returns (2, trials), and that of no particles."""
        sums = np.concatenate([dark @ self.weights, bright @ self.weights]) + self.offset
        likely = softmax(np.append(sums, 0.0))
        return likely[:-1].reshape(2, -1), float(likely[-1])


@cache
def load_judge() -> Judge:
    """The one that comes with the program."""
    kept = json.loads(WEIGHTS.read_text())
    return Judge(np.array(kept["weights"]), float(kept["offset"]))


@cache
def load_network() -> ShallowNet:
    """The network whose looks the judge knows. Not to be changed."""
    return load_nets(NETWORK)[0]["simulated"].eval()
