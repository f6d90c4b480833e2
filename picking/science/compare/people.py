"""How two people's labels of the same micrographs agree, and where they differ (docs/decisions/0067-arbitration.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from picking.science.compare.comparison import Comparison, Side, compare
from picking.science.evaluate import paired
from picking.science.picks import NEAR, Points

PARTICLE = "particle"
APART = 1.0
"""Particles of two people that no other matches, nearer than this many diameters: one particle, centred differently."""
BAND = 5.0
"""Differences are told in bands of so many diameters from the top, each from the left: the next one is not far."""

Rows = NDArray[np.intp]
What = Literal["only_first", "only_second", "kind", "apart"]


@dataclass(frozen=True)
class Labelled:
    """One person's labels on a micrograph: `places` (n, 2) in full-resolution pixels, and n `kinds`."""

    places: Points
    kinds: NDArray[np.str_]

    @property
    def particles(self) -> Rows:
        """Which labels are of particles, by their numbers."""
        return np.flatnonzero(self.kinds == PARTICLE)


@dataclass(frozen=True)
class Twice:
    """A micrograph that two people labelled. `key`: what it is known by. `height` in pixels, `pixel_size` in Å."""

    key: Any
    first: Labelled
    second: Labelled
    height: int
    diameter_px: float
    pixel_size: float

    @property
    def particles(self) -> Side:
        first, second = (each.places[each.particles] for each in (self.first, self.second))
        return Side(self.key, first, second, self.height, self.diameter_px, self.pixel_size)


@dataclass(frozen=True)
class Difference:
    """Numbers of labels, None where a person has none. `apart`: both have a particle, but not at the same place."""

    what: What
    first: int | None
    second: int | None


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa: J. Cohen, Educ. Psychol. Meas. 20 (1960) 37. `by_chance`: the share that would agree so.

    Places that one alone labelled are not in it: how often both see nothing cannot be counted, and as that number
    grows kappa of seeing a particle goes to F1, which counts them (G. Hripcsak and A. S. Rothschild, J. Am. Med.
    Inform. Assoc. 12 (2005) 296).
    """

    places: int
    agreed: int
    by_chance: float

    @property
    def value(self) -> float | None:
        """1 where all agree, 0 where as many as by chance; None where all are of one kind, or there are none."""
        if not self.places or self.by_chance == 1:
            return None
        return (self.agreed / self.places - self.by_chance) / (1 - self.by_chance)


@dataclass(frozen=True)
class LabelAgreement:
    """Of all micrographs: `particles` as any two sets of picks are compared.

    `kinds`: of places that both labelled, whatever as, (n,) the kind by the first and by the second.
    """

    particles: Comparison
    kinds: tuple[NDArray[np.str_], NDArray[np.str_]]

    @property
    def surplus(self) -> float:
        """How many more particles the second has on a micrograph: the median."""
        each = [found.found - found.reference for _, found in self.particles.micrographs]
        return float(np.median(each)) if each else 0.0


def agree(micrographs: Sequence[Twice], names: tuple[str, str] = ("A", "B")) -> LabelAgreement:
    """How the labels of two people agree."""
    pairs = [matched(each).T for each in micrographs]
    nothing = np.empty(0, np.str_)
    first = np.concatenate([nothing, *(each.first.kinds[i] for each, (i, _) in zip(micrographs, pairs, strict=True))])
    second = np.concatenate([nothing, *(each.second.kinds[j] for each, (_, j) in zip(micrographs, pairs, strict=True))])
    return LabelAgreement(compare([each.particles for each in micrographs], names), (first, second))


def matched(labels: Twice) -> Rows:
    """(k, 2): numbers of labels nearer than 0.4 diameters, each once: particles first, then all that are left.

    So the particles that match are those that precision and recall count, whatever else was labelled near them.
    """
    near = NEAR * labels.diameter_px
    particles = _paired(labels, labels.first.particles, labels.second.particles, near)
    first, second = np.arange(len(labels.first.places)), np.arange(len(labels.second.places))
    left = np.setdiff1d(first, particles[:, 0]), np.setdiff1d(second, particles[:, 1])
    return np.concatenate([particles, _paired(labels, *left, near)])


def differences(labels: Twice) -> list[Difference]:
    """Particles that one alone has, matched places of different kinds, and particles that lie apart.

    Background and contamination that one alone labelled are none: people label some of it, never all.
    """
    same = matched(labels)
    kinds = labels.first.kinds[same[:, 0]] != labels.second.kinds[same[:, 1]]
    found = [Difference("kind", i, j) for i, j in same[kinds].tolist()]
    first = np.setdiff1d(labels.first.particles, same[:, 0])
    second = np.setdiff1d(labels.second.particles, same[:, 1])
    apart = _paired(labels, first, second, APART * labels.diameter_px)
    found += [Difference("apart", i, j) for i, j in apart.tolist()]
    found += [Difference("only_first", i, None) for i in np.setdiff1d(first, apart[:, 0]).tolist()]
    found += [Difference("only_second", None, j) for j in np.setdiff1d(second, apart[:, 1]).tolist()]
    return sorted(found, key=lambda each: _reading_order(labels, each))


def kappa(first: NDArray[np.str_], second: NDArray[np.str_]) -> Kappa:
    """Of the kinds that two people gave to the same n places."""
    kinds = np.unique(np.concatenate([first, second]))
    by_chance = sum(float((first == kind).mean() * (second == kind).mean()) for kind in kinds)
    return Kappa(len(first), int((first == second).sum()), by_chance)


def _paired(labels: Twice, first: Rows, second: Rows, near: float) -> Rows:
    """Of some labels, by their numbers."""
    pairs = paired(labels.first.places[first], labels.second.places[second], near)
    return np.column_stack([first[pairs[:, 0]], second[pairs[:, 1]]])


def _reading_order(labels: Twice, one: Difference) -> tuple[float, float]:
    person, number = (labels.first, one.first) if one.first is not None else (labels.second, one.second)
    assert number is not None
    x, y = person.places[number].tolist()
    return y // (BAND * labels.diameter_px), x
