"""How well classes keep apart what is known to be different, for simulated picks."""

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.integer]
"""(n,)"""


def purity(members: Labels, truth: Labels) -> float:
    """The part of the crops that are of the commonest kind of their class; `truth` (n,) numbers the kinds from 0."""
    pairs = np.zeros((int(members.max()) + 1, int(truth.max()) + 1), np.int64)
    np.add.at(pairs, (members, truth), 1)
    return float(pairs.max(axis=1).sum() / len(members))


def neighbour_purity(neighbours: Labels, truth: Labels) -> float:
    """The same where each crop has a class of its own (n, members), which may share members with others."""
    kinds = truth[neighbours]
    counts = (kinds[:, :, None] == np.unique(truth)).sum(1)
    return float((counts.max(1) / neighbours.shape[1]).mean())


def judged(members: Labels, wanted: NDArray[np.bool_]) -> tuple[float, float]:
    """What a person finds who rejects each class of which most is not `wanted` (n,).

    The part of the unwanted crops that go, and the part of the wanted ones that go with them.
    """
    counts = np.bincount(members)
    rejected = (np.bincount(members, wanted) < counts / 2)[members]
    return float(rejected[~wanted].mean()), float(rejected[wanted].mean())
