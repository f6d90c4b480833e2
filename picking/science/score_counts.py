"""How the scores of picks are spread: counts in bins, and in the cells of the score plane.

The page counts alike what it holds (model/picks/histogram.ts, model/gallery/plane.ts).
"""

import numpy as np
from numpy.typing import NDArray

BINS = 50
CELLS = 128
"""Of the score plane along either side, by the logit of a score."""
_END = 0.001
_LARGEST_LOGIT = float(np.log((1 - _END) / _END))

Counts = NDArray[np.int64]


def in_bins(scores: NDArray[np.float64]) -> Counts:
    """(BINS,): of scores in [0, 1]; a score of 1 falls into the last."""
    return np.bincount(np.clip((scores * BINS).astype(np.intp), 0, BINS - 1), minlength=BINS)


def in_plane(particle: NDArray[np.float64], contamination: NDArray[np.float64]) -> Counts:
    """(CELLS * CELLS,): rows of falling contamination score, in each of them particle scores rising."""
    cells = (CELLS - 1 - _cell(contamination)) * CELLS + _cell(particle)
    return np.bincount(cells, minlength=CELLS * CELLS)


def _cell(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    inner = np.clip(scores, _END, 1 - _END)
    share = 0.5 + np.log(inner / (1 - inner)) / (2 * _LARGEST_LOGIT)
    return np.minimum(CELLS - 1, (share * CELLS).astype(np.intp))
