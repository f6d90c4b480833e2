"""Which diameter the particles of some micrographs have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from picking.science.diameter.features import features_of
from picking.science.diameter.judge import Judge, load_judge, load_network
from picking.science.diameter.look import Look, Scales, looks
from picking.science.imaging.micrograph import Pixels
from picking.science.picks import Points, as_points

Floats = NDArray[np.floating[Any]]

DIAMETERS: Floats = 55 * 1.1 ** np.arange(26)
"""Å: the trial diameters, 55 to 596. The ends are only there to tell what lies beside them."""
WIDEST = 3.0
"""A trial diameter fits into the shorter side of the micrograph at least so many times."""
FINEST = 4.0
"""Pixels per trial diameter, at least: as make_network_input() wants."""
WITHIN = 0.15
"""The part of itself by which a suggestion may be off."""
SURE = 0.6
"""The least likelihood, within WITHIN, of a suggestion that is taken (docs/method.md)."""
SHOWN = 150
"""The most places of a micrograph that come with a suggestion."""


class Unsuitable(ValueError):
    """These micrographs cannot be looked at; the message tells people why."""


@dataclass(frozen=True)
class Suggestion:
    """What was found, whether sure or not.

    diameters: (n,), Å, rising. likelihood: (n,), of each; with `nothing`, that there are no particles at all, they add
    up to 1. diameter: Å, the likeliest. certainty: the likelihood within 15 % of it; 0 at an end of what was tried,
    where the truth may lie beyond. dark: whether the particles are darker than the ice. places: of each micrograph,
    (m, 2) in its pixels, what was found at that size in its middle.
    """

    diameters: Floats
    likelihood: Floats
    nothing: float
    diameter: float
    certainty: float
    dark: bool
    places: list[Points]

    @property
    def sure(self) -> bool:
        return self.certainty >= SURE


def suggest_diameter(micrographs: Sequence[tuple[Pixels, float]]) -> Suggestion:
    """micrographs: one or several of the same specimen, each its pixels (ny, nx) and its pixel size in Å.

    Raises Unsuitable where no micrograph holds a picture that is large and fine enough.
    """
    diameters, dark, bright = scan(micrographs)
    found = judged(diameters, dark, bright, load_judge())
    left = iter(found.places)
    return replace(found, places=[next(left) if _pictured(pixels) else as_points([]) for pixels, _ in micrographs])


Trials = list[list[Look]]
"""The looks of all micrographs, by trial diameter."""


def scan(micrographs: Sequence[tuple[Pixels, float]]) -> tuple[Floats, Trials, Trials]:
    """The diameters that fit all pictures, and what is seen at each of dark and of bright particles."""
    scales = [Scales(pixels, pixel_size) for pixels, pixel_size in _pictures(micrographs)]
    fit = [float(d) for d in DIAMETERS if all(_fits(d, each) for each in scales)]
    if len(fit) < 3:
        raise Unsuitable("The micrographs are too small, or their pixels too large, to tell the particle diameter.")
    net = load_network()
    pairs = [[looks(each, diameter, net) for each in scales] for diameter in fit]
    dark, bright = ([[pair[side] for pair in row] for row in pairs] for side in (0, 1))
    return np.array(fit), dark, bright


def judged(diameters: Floats, dark: Trials, bright: Trials, judge: Judge) -> Suggestion:
    """What the judge makes of a scan."""
    by_side, nothing = judge.likelihood(features_of(dark), features_of(bright))
    side, best = (int(i) for i in np.unravel_index(by_side.argmax(), by_side.shape))
    likelihood = by_side.sum(axis=0)
    near = slice(max(0, best - 2), best + 3)
    diameter = float(np.exp(np.average(np.log(diameters[near]), weights=likelihood[near])))
    within = np.abs(np.log(diameters / diameter)) <= np.log(1 + WITHIN) + 1e-9
    found = (dark, bright)[side][int(np.abs(np.log(diameters / diameter)).argmin())]
    return Suggestion(
        diameters=diameters,
        likelihood=likelihood,
        nothing=nothing,
        diameter=diameter,
        certainty=float(likelihood[within].sum()) if 0 < best < len(diameters) - 1 else 0.0,
        dark=side == 0,
        places=[look.places[look.logits > -1][:SHOWN] for look in found],
    )


def _pictures(micrographs: Sequence[tuple[Pixels, float]]) -> list[tuple[Pixels, float]]:
    if not micrographs:
        raise Unsuitable("There is no micrograph yet to tell the particle diameter from.")
    pictures = [each for each in micrographs if _pictured(each[0])]
    if not pictures:
        raise Unsuitable("The micrographs are empty: all their pixels have one value.")
    return pictures


def _pictured(pixels: Pixels) -> bool:
    return bool(pixels.size) and bool(np.ptp(pixels) > 0)


def _fits(diameter: float, scales: Scales) -> bool:
    pixel_size = scales.levels[0][1]
    return diameter >= FINEST * pixel_size and diameter * WIDEST <= scales.extent
