"""What particles are made of: blobs in a particle of diameter 1, about their centre of mass, for each kind."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

Random = np.random.Generator
Floats = NDArray[np.floating[Any]]
Blobs = tuple[Floats, Floats]
"""Centres (n, 3) and weights (n,)."""

Kind = Literal["globular", "micelle", "shell", "barrel", "lobes"]

BLOB = 0.045
"""Sigma of a blob, in particle diameters."""

_SUBUNITS, _BLOBS = 9, 200
_REACH = 0.5 - 2 * BLOB
"""How far from the middle a blob may lie."""
_TILT = 12.0
"""Degrees by which preferred views are tilted, standard deviation."""


@lru_cache(maxsize=8)
def specimen(kind: Kind, seed: int, aspect: float) -> Blobs:
    """The particle of a kind with this seed; `aspect` times as long as wide."""
    centres, weights = _KINDS[kind](np.random.default_rng([seed, 2019]))
    centres = centres - np.average(centres, 0, weights)
    return centres / [aspect, aspect, 1], weights


def globular(random: Random) -> Blobs:
    """A soluble complex: a ball of blobs, denser about nine subunits."""
    centres = _ball(random, _BLOBS + _SUBUNITS)
    return centres[:_BLOBS], _lumps(centres[:_BLOBS], centres[_BLOBS:])


def micelle(random: Random) -> Blobs:
    """A membrane protein: a flat belt of detergent or nanodisc, and domains in and beyond it on one or both sides.

    A belt is about 40 Å high (a bilayer) and some 100 to 150 Å wide. Detergent is less dense than protein, but all
    heads lie in the shell, which is what micrographs show.
    """
    height, width = random.uniform(0.12, 0.2), random.uniform(0.3, _REACH)
    directions = _directions(random, 110)
    belt = directions * [width, width, height] * random.uniform(0.8, 1, (110, 1))
    side = 1 if random.random() < 0.6 else -1
    domains = [_ball(random, 60) * random.uniform(0.3, 0.6) + [0, 0, 0.25]]
    if side < 0:
        domains.append(_ball(random, 40) * random.uniform(0.25, 0.5) - [0, 0, 0.25])
    through = _ball(random, 40) * [0.5, 0.5, 0.6]
    protein = np.concatenate([*domains, through])
    centres = np.concatenate([belt, protein])
    weights = np.concatenate([np.full(len(belt), random.uniform(0.4, 0.8)), np.ones(len(protein))])
    return _fitted(centres), weights


def shell(random: Random) -> Blobs:
    """A hollow shell, as apoferritin (outer diameter 120 Å, inner 80 Å) or a capsid: a cavity of 0.5 to 0.85."""
    inner = random.uniform(0.5, 0.85)
    radius = _REACH * np.cbrt(random.uniform(inner**3, 1, (300, 1)))
    centres = _directions(random, 300) * radius
    return centres, _lumps(centres, centres[:24])


def barrel(random: Random) -> Blobs:
    """Stacked rings of subunits about an axis, as GroEL (7 × 2), proteasomes (7 × 4) and many rings of ATPases."""
    fold, rings = int(random.integers(4, 9)), int(random.integers(1, 5))
    height, radius = random.uniform(0.15, 0.32) * min(rings, 2.5), random.uniform(0.18, 0.36)
    unit = _ball(random, 14) * random.uniform(0.3, 0.5) * 2 * np.pi * radius / fold * 1.2
    z = np.linspace(-1, 1, rings) * height / 2 if rings > 1 else np.zeros(1)
    outwards = np.array([radius, 0, 0])
    turns = _about_z(np.arange(fold) * 2 * np.pi / fold).as_matrix()
    rows = [(unit + outwards) @ turn.T * [1, 1, 1 - 2 * (k % 2)] + [0, 0, h] for k, h in enumerate(z) for turn in turns]
    centres = _fitted(np.concatenate(rows))
    return centres, np.ones(len(centres))


def lobes(random: Random) -> Blobs:
    """Two to five globular domains beside one another, as in antibodies, ribosomes' subunits and open complexes."""
    count = int(random.integers(2, 6))
    middles = _ball(random, count) * 0.9
    parts = [_ball(random, 220 // count) * random.uniform(0.35, 0.6) + middle for middle in middles]
    centres = _fitted(np.concatenate(parts))
    return centres, _lumps(centres, centres[::40])


_KINDS: dict[Kind, Callable[[Random], Blobs]] = {
    "globular": globular,
    "micelle": micelle,
    "shell": shell,
    "barrel": barrel,
    "lobes": lobes,
}


def views(random: Random, count: int, preferred: float, seed: int) -> NDArray[np.float64]:
    """Matrices (count, 3, 3) that turn a particle: at random, or `preferred` of them nearly along one axis.

    Particles at the air-water interface show one side, often all of them (Noble et al. 2018, eLife 7, e34257).
    """
    turns = Rotation.random(count, rng=random)
    if preferred:
        axis = Rotation.random(rng=np.random.default_rng([seed, 2020]))
        tilts = Rotation.from_rotvec(
            np.column_stack([random.normal(0, np.radians(_TILT), (count, 2)), np.zeros(count)])
        )
        alike = _about_z(random.uniform(0, 2 * np.pi, count)) * tilts * axis
        chosen = random.random(count) < preferred
        return np.where(chosen[:, None, None], alike.as_matrix(), turns.as_matrix())
    return turns.as_matrix()


def few_views(random: Random, count: int, number: int, seed: int) -> NDArray[np.float64]:
    """The same as `views`, but from `number` directions, exactly: classes with a known truth."""
    directions = Rotation.random(number, rng=np.random.default_rng([seed, 2026]))
    turns: NDArray[np.float64] = _about_z(random.uniform(0, 2 * np.pi, count)).as_matrix()
    return np.asarray(turns @ directions.as_matrix()[random.integers(0, number, count)])


def _about_z(angles: Floats) -> Rotation:
    return Rotation.from_rotvec(np.outer(angles, [0, 0, 1]))


def _directions(random: Random, count: int) -> Floats:
    directions = random.normal(size=(count, 3))
    unit: Floats = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    return unit


def _ball(random: Random, count: int) -> Floats:
    """Evenly within the reach."""
    ball: Floats = _REACH * _directions(random, count) * np.cbrt(random.uniform(size=(count, 1)))
    return ball


def _lumps(centres: Floats, subunits: Floats) -> Floats:
    apart = np.linalg.norm(centres[:, None] - subunits, axis=2)
    weights: Floats = 0.3 + np.exp(-0.5 * (apart / 0.1) ** 2).sum(1)
    return weights


def _fitted(centres: Floats) -> Floats:
    """Moved and scaled so that the particle's longest half is the reach."""
    centred = centres - (centres.max(0) + centres.min(0)) / 2
    fitted: Floats = centred * _REACH / np.linalg.norm(centred, axis=1).max()
    return fitted
