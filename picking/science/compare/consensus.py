"""What several sets of picks agree on."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from picking.science.evaluate import paired
from picking.science.picks import Points, as_points


def consensus(sets: Sequence[Points], at_least: int, near: float) -> tuple[Points, NDArray[np.float64]]:
    """Places that at least so many of the sets (n, 2) of one micrograph have: (k, 2), and (k,) the share of the sets.

    A place is the mean of its picks. Each set joins the places of those before it, the nearest first and none further
    than `near` pixels from their mean; one pick of a set is one voice.
    """
    total, voices = np.empty((0, 2)), np.empty(0, np.int64)
    for places in sets:
        pairs = paired(total / np.maximum(voices, 1)[:, None], places, near)
        mine, theirs = pairs.T
        total[mine] += places[theirs]
        voices[mine] += 1
        alone = np.delete(places, theirs, axis=0)
        total = np.concatenate([total, alone])
        voices = np.concatenate([voices, np.ones(len(alone), np.int64)])
    enough = voices >= at_least
    return as_points(total[enough] / voices[enough, None]), voices[enough] / max(len(sets), 1)
