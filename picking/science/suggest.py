"""Label these next: the places where a person's label would teach the networks most.

Three kinds of places, in turns:

- *particle or background?* The particle score is near its threshold, once from below and once from above. Labels
  where a classifier is least sure move its boundary most (uncertainty sampling: Lewis & Gale 1994).
- *particle or contamination?* The particle network is sure, the contamination score is near its threshold.
- *sure*: the best scores of all. Networks are seldom wrong there, but uncertainty does not reveal such mistakes, and
  correcting one teaches most; confirming a particle costs a second.

Micrographs take turns, those without labels first, then evenly along the order given: by defocus where it is known,
and micrographs named as they were recorded differ in ice and defocus from one end to the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Generic, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from picking.science.picks import Picks, Points, combined_score
from picking.science.polygon import inside

Question = Literal["background", "contamination", "sure"]
Key = TypeVar("Key")

UNSURE = 0.3
"""Scores farther than this from their threshold are not unsure."""
BELOW, ABOVE, DIRT, SURE = "below", "above", "dirt", "sure"
TURNS = (
    (BELOW, DIRT, ABOVE, SURE),
    (DIRT, ABOVE, BELOW, SURE),
    (ABOVE, BELOW, DIRT, SURE),
    (DIRT, BELOW, ABOVE, SURE),
    (SURE, BELOW, ABOVE, DIRT),
)
"""The questions in turn, each the first kind available: a fifth are sure places, more only if nothing is in doubt."""
QUESTIONS: Mapping[str, Question] = {BELOW: "background", ABOVE: "background", DIRT: "contamination", SURE: "sure"}


@dataclass(frozen=True)
class PickedMicrograph(Generic[Key]):
    """The picks of one micrograph, and the places (n, 2) and polygons that people have marked on it already."""

    key: Key
    picks: Picks
    marked: Points
    regions: Sequence[Points]
    diameter_px: float
    particle_threshold: float
    contamination_threshold: float


@dataclass(frozen=True)
class Suggestion(Generic[Key]):
    """A place to label, in full-resolution pixels; `question` is what the networks do not know, or "sure"."""

    micrograph: Key
    x: float
    y: float
    question: Question


def spread(micrographs: Sequence[Key], labelled: Iterable[Key]) -> list[Key]:
    """The order in which micrographs take turns: unlabelled ones first, and any first few evenly along the sequence."""
    bits = len(micrographs).bit_length()
    known = set(labelled)
    turn = {key: int(f"{number:0{bits}b}"[::-1], 2) for number, key in enumerate(micrographs)}  # van der Corput
    return sorted(micrographs, key=lambda key: (key in known, turn[key]))


def suggest(micrographs: Iterable[PickedMicrograph[Key]], count: int = 15) -> list[Suggestion[Key]]:
    """At most `count` places, more than a diameter from each other and from what is marked.

    Micrographs are used in the order given, one place at a time, and only as many as needed are read: the cost does not
    grow with their number. Places of one micrograph come one after another. The same input gives the same places.
    """
    turns, asked, left = cycle(TURNS), [], count
    for each in micrographs:
        if not left:
            break
        asked.append(_Asked(each))
        left -= asked[-1].ask(next(turns))
    found = True
    while left and found:
        found = False
        for one in asked:
            if left and one.ask(next(turns)):
                left, found = left - 1, True
    return [place for one in asked for place in one.places]


class _Asked(Generic[Key]):
    """One micrograph: what may still be asked about it, and what was chosen."""

    def __init__(self, micrograph: PickedMicrograph[Key]) -> None:
        self.places: list[Suggestion[Key]] = []
        self._micrograph = micrograph
        picks = micrograph.picks
        self._points = picks[:, :2].astype(np.float64)
        self._open = self._unmarked()
        particle = picks[:, 2] - micrograph.particle_threshold
        contamination = picks[:, 3] - micrograph.contamination_threshold
        clean = contamination <= 0
        two = picks[:, 3] > 0  # without a contamination network there is nothing to ask about it
        self._doubts = {
            BELOW: _unsure(particle, clean & (particle < 0)),
            ABOVE: _unsure(particle, clean & (particle >= 0)),
            DIRT: _unsure(contamination, two & (particle >= 0)),
            SURE: np.where(clean & (particle >= 0), 1 - combined_score(picks), np.inf),
        }

    def ask(self, kinds: Iterable[str]) -> bool:
        """Chooses one more place, of the first of these kinds that is left here. False when none is."""
        for kind in kinds:
            doubt = np.where(self._open, self._doubts[kind], np.inf)
            if len(doubt) and np.isfinite(doubt[best := int(doubt.argmin())]):
                x, y = self._points[best].tolist()
                self.places.append(Suggestion(self._micrograph.key, x, y, QUESTIONS[kind]))
                self._open &= np.hypot(*(self._points - (x, y)).T) > self._micrograph.diameter_px
                return True
        return False

    def _unmarked(self) -> NDArray[np.bool_]:
        """(n,): the picks outside of regions, and farther than a diameter from every mark."""
        free = np.ones(len(self._points), bool)
        for region in self._micrograph.regions:
            free &= ~inside(self._points, region)
        if len(self._micrograph.marked) and len(self._points):
            away, _ = cKDTree(self._micrograph.marked).query(self._points)
            free &= away > self._micrograph.diameter_px
        return free


def _unsure(difference: NDArray[np.float32], among: NDArray[np.bool_]) -> NDArray[np.float32]:
    """(n,): how far each score is from its threshold; infinite where that is not in question."""
    distance: NDArray[np.float32] = np.abs(difference)
    return np.where(among & (distance <= UNSURE), distance, np.float32(np.inf))
