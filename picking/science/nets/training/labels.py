"""What people have marked, as input for the networks, and when it is not enough to learn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.settings import LabelSettings
from picking.science.picks import Points
from picking.science.polygon import clipped, inside
from picking.science.thresholds import MINIMUM_LABELS

Weights = NDArray[np.float64]
"""(n,): how much each label counts, above 0 to 1. A label that a person set by itself counts 1."""


class UnfitLabels(ValueError):
    """The labels cannot be trained on; the message tells people what to do."""


class TooFewLabels(UnfitLabels):
    """There are fewer particles or background labels than MINIMUM_LABELS."""


class DegenerateLabels(UnfitLabels):
    """There are enough labels, but particles cannot be told from background by them."""


@dataclass(frozen=True)
class TrainingSet:
    """Labels of each micrograph by its name: points (n, 2) and polygons (n, 2), x, y in micrograph pixels.

    Points may have a third column, their weights (a label of weight 0 is none), and a fourth, 1 where the label is a
    pick that somebody judged: such labels were chosen by their scores, and are no fair sample of them.
    Micrographs without labels may be left out of every mapping; `inputs` must hold the labelled ones. A few others show
    what particles look like elsewhere.
    """

    inputs: Mapping[str, NetworkInput]
    particles: Mapping[str, Points]
    background: Mapping[str, Points]
    contamination: Mapping[str, Points] = field(default_factory=dict)
    regions: Mapping[str, list[Points]] = field(default_factory=dict)


@dataclass(frozen=True)
class Places:
    """Labels as the networks use them, in input pixels: distinct places inside the inputs, by micrograph.

    Particles and contamination of micrographs that have no weights count 1 each. judged: (n,), which of the particles
    are picks that somebody judged; none on micrographs that it does not name. count: of how many labels of the rarer
    kind of particles and background; one that counts less than 1, or was judged, is less than one.
    """

    particles: dict[str, Points]
    background: dict[str, Points]
    contamination: dict[str, Points]
    particle_weights: dict[str, Weights] = field(default_factory=dict)
    contamination_weights: dict[str, Weights] = field(default_factory=dict)
    judged: dict[str, NDArray[np.bool_]] = field(default_factory=dict)
    count: float = 0.0

    @property
    def fair(self) -> dict[str, Points]:
        """The particles that were not chosen by their scores: a fair sample of what particles score."""
        return {
            name: rows[~self.judged[name]] if name in self.judged else rows for name, rows in self.particles.items()
        }


def weighed(points: ArrayLike) -> Points:
    """(n, 4): x, y, the weight (1 unless given) and whether it is a judged pick (0 unless given)."""
    rows = np.asarray(points, np.float64)
    if not rows.size:
        return np.empty((0, 4))
    return np.column_stack([rows, np.tile((1.0, 0.0), (len(rows), 1))[:, rows.shape[1] - 2 :]])


def places(examples: TrainingSet, settings: LabelSettings, seed: int) -> Places:
    """Turn labels into distinct places, and regions into contamination places scattered over them.

    Where labels contradict each other, particles win. Raises TooFewLabels.
    """

    def distinct(labels: Mapping[str, Points]) -> dict[str, Points]:
        return {name: _distinct(examples.inputs[name], points, settings.same_place) for name, points in labels.items()}

    def off_particles(labels: dict[str, Points]) -> dict[str, Points]:
        gap = {name: settings.same_place * examples.inputs[name].diameter for name in labels}
        return {name: _apart(rows, particles.get(name), gap[name]) for name, rows in labels.items()}

    random = np.random.default_rng(seed)
    particles, background = distinct(examples.particles), distinct(examples.background)
    contamination = distinct(_contamination(examples, settings.region_places, random))
    background, contamination = off_particles(background), off_particles(contamination)
    counts = [sum(map(len, labels.values())) for labels in (particles, background)]
    if min(counts) < MINIMUM_LABELS:
        raise TooFewLabels(
            f"Training needs at least {MINIMUM_LABELS} particle and {MINIMUM_LABELS} background labels in different "
            f"places; so far there are {counts[0]} and {counts[1]}."
        )
    return Places(
        _columns(particles, slice(2)),
        _columns(background, slice(2)),
        _columns(contamination, slice(2)),
        _balanced(_columns(particles, 2)),
        _balanced(_columns(contamination, 2)),
        {name: rows[:, 3] > 0 for name, rows in particles.items()},
        min(_count(labels, settings.judged) for labels in (particles, background)),
    )


def _columns(labels: dict[str, Points], which: int | slice) -> dict[str, NDArray[np.float64]]:
    return {name: rows[:, which] for name, rows in labels.items()}


def _count(labels: dict[str, Points], judged: float) -> float:
    rows = np.concatenate([*labels.values()])
    return float((rows[:, 2] * np.where(rows[:, 3], judged, 1.0)).sum())


def _balanced(weights: dict[str, Weights]) -> dict[str, Weights]:
    """Labels that count less than 1 are made to count together no more than the others, where there are others.

    One click judges hundreds of picks; the few labels that a person set one by one are not to be lost among them.
    """
    every = np.concatenate([*weights.values(), np.empty(0)])
    whole, less = every[every >= 1].sum(), every[every < 1].sum()
    if not 0 < whole < less:
        return weights
    return {name: np.where(each < 1, each * whole / less, each) for name, each in weights.items()}


def counted(image: NetworkInput, points: Points, same_place: float) -> NDArray[np.bool_]:
    """(n,): which points (n, 2), in micrograph pixels, are inside the input and not on an earlier one."""
    ny, nx = image.pixels.shape
    placed = image.to_input(points)
    there: NDArray[np.bool_] = np.all((placed >= -0.5) & (placed < (nx - 0.5, ny - 0.5)), axis=1)
    rows = np.flatnonzero(there)
    pairs = cKDTree(placed[rows]).query_pairs(same_place * image.diameter) if len(rows) else ()
    there[[rows[later] for _, later in pairs]] = False
    return there


def _distinct(image: NetworkInput, points: Points, same_place: float) -> Points:
    """The points that count, in input pixels, as rows (n, 4) of weighed()."""
    rows = weighed(points)
    rows = rows[rows[:, 2] > 0]
    rows = rows[counted(image, rows[:, :2], same_place)]
    return np.column_stack([image.to_input(rows[:, :2]), rows[:, 2:]])


def _apart(rows: Points, particles: Points | None, distance: float) -> Points:
    """The rows (n, 4) that are farther than `distance` from every particle (m, 4)."""
    if particles is None or not len(particles) or not len(rows):
        return rows
    return rows[cKDTree(particles[:, :2]).query(rows[:, :2])[0] > distance]


def _contamination(examples: TrainingSet, most: int, random: np.random.Generator) -> dict[str, Points]:
    """Contamination labels and places in regions, as rows (n, 4) of weighed()."""
    return {
        name: np.concatenate(
            [weighed(examples.contamination.get(name, ()))]
            + [
                weighed(_strewn(polygon, examples.inputs[name], most, random))
                for polygon in examples.regions.get(name, ())
            ]
        )
        for name in sorted({*examples.contamination, *examples.regions})
    }


def _strewn(polygon: Points, image: NetworkInput, most: int, random: np.random.Generator) -> Points:
    """Random places in a polygon, one for each particle that would fit into its bounding box, in micrograph pixels.

    None if the polygon does not overlap the micrograph.
    """
    polygon = clipped(polygon, image.width, image.height)
    if not len(polygon):
        return polygon
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    diameter = image.diameter * image.scale
    number = int(np.clip(np.prod((high - low) / diameter), 4, most))
    drawn = random.uniform(low, high, (4 * number, 2))
    return drawn[inside(drawn, polygon)][:number]
