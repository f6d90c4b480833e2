"""Labels drawn from a data set's experts, by the seed.

*random*: from four pool micrographs, K particles in all and K background points at least BACKGROUND diameters from
every expert centre; K contamination points, or all there are, of the whole pool. The ceiling is every expert label of
the whole pool, and as many background points as particles.

*person*, as people do not label at random: in one window of a quarter of the side in each of two micrographs, K
particles in all, twice as many background points, and K / 5 contamination points of these two micrographs.

*verdicts*, the first thing that the gallery offers: K of the surest picks of the first guess and K in the middle of
those that do not count, each accepted or rejected by whether it is an expert's particle. Nothing is drawn.

A label that training would not count takes no place among the K: further ones are drawn instead of those that lie on
another of their kind or in a border that is cut off.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain, compress, count

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from picking.science.benchmark.dataset import Dataset
from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import TrainingSet, pick, shipped_networks
from picking.science.nets.settings import LabelSettings
from picking.science.nets.training.labels import counted
from picking.science.picks import NEAR, Points, as_points
from picking.science.thresholds import DEFAULT_CONTAMINATION_THRESHOLD, DEFAULT_PARTICLE_THRESHOLD

Place = tuple[str, NDArray[np.float64]]
"""A micrograph and x, y in its pixels."""

LABELLED_MICROGRAPHS = 4
BACKGROUND = 0.95
PERSONS_MICROGRAPHS = 2
WINDOW = 0.25
"""Of each side of the micrograph: where a person labels. Twice as wide where it has too few particles, and so on."""
PERSONS_CONTAMINATION = 5
"""A person marks so many particles for each place of contamination."""


def draw_labels(dataset: Dataset, inputs: Mapping[str, NetworkInput], labels: int | None, seed: int) -> TrainingSet:
    """The labels of one seed, every label of the pool for None; see above. `inputs` holds the pool's."""
    random = np.random.default_rng(seed)
    some = len(dataset.pool) if labels is None else min(LABELLED_MICROGRAPHS, len(dataset.pool))
    chosen = [dataset.pool[i] for i in sorted(random.choice(len(dataset.pool), some, replace=False))]
    wanted = sum(len(dataset.particles.get(name, ())) for name in chosen) if labels is None else labels
    background = [_background(dataset, chosen, inputs, random) for _ in range(wanted)]
    particles = _some(dataset.particles, chosen, labels, random)
    contamination = _grouped(_some(dataset.contamination, dataset.pool, labels, random))
    if labels is None:
        return TrainingSet(inputs, _grouped(particles), _grouped(background), contamination)
    particles += _some(dataset.particles, chosen, None, random)
    places = chain(background, (_background(dataset, chosen, inputs, random) for _ in count()))
    return TrainingSet(inputs, _first(particles, labels, inputs), _first(places, labels, inputs), contamination)


def draw_persons_labels(dataset: Dataset, inputs: Mapping[str, NetworkInput], labels: int, seed: int) -> TrainingSet:
    """The labels that a person would set of one seed; see above. `inputs` holds the pool's."""
    random = np.random.default_rng(seed)
    names = [name for name in dataset.pool if len(dataset.particles.get(name, ()))]
    some = min(PERSONS_MICROGRAPHS, len(names))
    chosen = [names[i] for i in sorted(random.choice(len(names), some, replace=False))]
    particles, background = dict[str, Points](), dict[str, Points]()
    for name, wanted in zip(chosen, _shares(labels, some), strict=True):
        size = np.array([inputs[name].width, inputs[name].height])
        low, high = _window(dataset.particles[name], size, wanted, random)
        within = _within(dataset.particles[name], low, high)
        within = within[random.permutation(len(within))]
        empty = _emptiest_first(dataset, name, random.uniform(low, high, (100 * wanted, 2)))
        particles |= _first(((name, place) for place in within), wanted, inputs)
        background |= _first(((name, place) for place in empty), 2 * wanted, inputs)
    few = max(1, labels // PERSONS_CONTAMINATION)
    return TrainingSet(inputs, particles, background, _grouped(_some(dataset.contamination, chosen, few, random)))


def draw_verdicts(dataset: Dataset, inputs: Mapping[str, NetworkInput], labels: int) -> TrainingSet:
    """The verdicts of somebody who knows the experts' particles, on so many of the surest picks and doubtful ones.

    The picks are the first guess's; see above. Accepted ones are particles, rejected ones background.
    """
    networks = shipped_networks([*inputs.values()])
    picks = [(name, *row) for name in dataset.pool for row in pick(networks, inputs[name]).tolist()]
    picks.sort(key=lambda row: -row[3])
    shown = [row[3] >= DEFAULT_PARTICLE_THRESHOLD and row[4] <= DEFAULT_CONTAMINATION_THRESHOLD for row in picks]
    counting, out = (list(compress(picks, kept)) for kept in (shown, np.logical_not(shown)))
    start = max(0, round((len(out) - labels) / 2))
    judged = [(name, np.array([x, y])) for name, x, y, *_ in (*counting[:labels], *out[start : start + labels])]
    right = [_is_particle(dataset, name, place) for name, place in judged]
    accepted, rejected = (_verdicts(compress(judged, kept)) for kept in (right, np.logical_not(right)))
    return TrainingSet(inputs, accepted, rejected)


def _verdicts(places: Iterable[Place]) -> dict[str, Points]:
    """As labels that are judged picks."""
    return {name: np.insert(rows, [2, 2], 1, axis=1) for name, rows in _grouped(places).items()}


def _is_particle(dataset: Dataset, name: str, place: Points) -> bool:
    particles = dataset.particles.get(name, as_points([]))
    return bool(len(particles)) and float(cKDTree(particles).query(place)[0]) <= NEAR * dataset.diameter_px


def _first(places: Iterable[Place], wanted: int, inputs: Mapping[str, NetworkInput]) -> dict[str, Points]:
    """The first places that training counts, `wanted` of them or as many as there are."""
    kept: list[Place] = []
    for name, place in places:
        if len(kept) == wanted:
            break
        there = np.array([*(other for image, other in kept if image == name), place])
        if counted(inputs[name], there, LabelSettings().same_place)[-1]:
            kept.append((name, place))
    return _grouped(kept)


def _shares(whole: int, parts: int) -> list[int]:
    return [whole * (i + 1) // parts - whole * i // parts for i in range(parts)]


def _window(
    particles: Points, size: NDArray[np.int_], wanted: int, random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The corners of a window around one of the particles, with `wanted` of them or all."""
    middle, part = particles[random.integers(len(particles))], WINDOW
    while True:
        low = np.clip(middle - part * size / 2, 0, size - part * size)
        high = low + part * size
        if part >= 1 or len(_within(particles, low, high)) >= wanted:
            return low, high
        part = min(1.0, 2 * part)


def _within(points: Points, low: NDArray[np.float64], high: NDArray[np.float64]) -> Points:
    return points[((points >= low) & (points <= high)).all(axis=1)]


def _emptiest_first(dataset: Dataset, name: str, places: Points) -> Points:
    """Places off the particles as they come, then the others, the farthest first."""
    gaps = np.minimum(cKDTree(dataset.particles[name]).query(places)[0], BACKGROUND * dataset.diameter_px)
    return places[np.argsort(-gaps, kind="stable")]


def _some(
    points: Mapping[str, Points], names: list[str], labels: int | None, random: np.random.Generator
) -> list[Place]:
    """So many of the points, or all, in random order."""
    every = [(name, place) for name in names for place in points.get(name, ())]
    number = len(every) if labels is None else min(labels, len(every))
    return [every[i] for i in random.choice(len(every), number, replace=False)]


def _background(
    dataset: Dataset, names: list[str], inputs: Mapping[str, NetworkInput], random: np.random.Generator
) -> Place:
    while True:
        name = names[random.integers(len(names))]
        place = random.uniform((0, 0), (inputs[name].width, inputs[name].height))
        particles = dataset.particles.get(name, as_points([]))
        if not len(particles) or cKDTree(particles).query(place)[0] >= BACKGROUND * dataset.diameter_px:
            return name, place


def _grouped(places: Iterable[Place]) -> dict[str, Points]:
    grouped = defaultdict(list)
    for name, place in places:
        grouped[name].append(place)
    return {name: np.array(points) for name, points in grouped.items()}
