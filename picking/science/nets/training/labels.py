"""What people have marked, as input for the networks, and when it is not enough to learn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.settings import LabelSettings
from picking.science.picks import Points, as_points
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

    Points may have a third column (n, 3), their weights. A label of weight 0 is none.
    Micrographs without labels may be left out of every mapping; `inputs` must hold the labelled ones.
    """

    inputs: Mapping[str, NetworkInput]
    particles: Mapping[str, Points]
    background: Mapping[str, Points]
    contamination: Mapping[str, Points] = field(default_factory=dict)
    regions: Mapping[str, list[Points]] = field(default_factory=dict)


@dataclass(frozen=True)
class Places:
    """Labels as the networks use them, in input pixels: distinct places inside the inputs, by micrograph.

    Particles and contamination of micrographs that have no weights count 1 each.
    """

    particles: dict[str, Points]
    background: dict[str, Points]
    contamination: dict[str, Points]
    particle_weights: dict[str, Weights] = field(default_factory=dict)
    contamination_weights: dict[str, Weights] = field(default_factory=dict)


def weighed(points: ArrayLike) -> Points:
    """(n, 3): x, y and the weight, which is 1 where there are no weights."""
    rows = np.asarray(points, np.float64)
    if rows.ndim == 2 and rows.shape[1] == 3:
        return rows
    rows = as_points(rows)
    return np.column_stack([rows, np.ones(len(rows))])


def places(examples: TrainingSet, settings: LabelSettings, seed: int) -> Places:
    """Turn labels into distinct places, and regions into contamination places scattered over them.

    Where labels contradict each other, particles win. Raises TooFewLabels.
    """

    def distinct(labels: Mapping[str, Points]) -> dict[str, Points]:
        return {name: _distinct(examples, name, points, settings.same_place) for name, points in labels.items()}

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
    (particles, weights), (contamination, dirt_weights) = map(_parted, (particles, contamination))
    return Places(particles, _parted(background)[0], contamination, _balanced(weights), _balanced(dirt_weights))


def _parted(labels: dict[str, Points]) -> tuple[dict[str, Points], dict[str, Weights]]:
    """Places and weights of rows (n, 3)."""
    return {name: rows[:, :2] for name, rows in labels.items()}, {name: rows[:, 2] for name, rows in labels.items()}


def _balanced(weights: dict[str, Weights]) -> dict[str, Weights]:
    """Labels that count less than 1 are made to count together no more than the others, where there are others.

    One click judges hundreds of picks; the few labels that a person set one by one are not to be lost among them.
    """
    every = np.concatenate([*weights.values(), np.empty(0)])
    whole, less = every[every >= 1].sum(), every[every < 1].sum()
    if not 0 < whole < less:
        return weights
    return {name: np.where(each < 1, each * whole / less, each) for name, each in weights.items()}


def _distinct(examples: TrainingSet, name: str, points: Points, same_place: float) -> Points:
    """The points inside the input, in input pixels, without those on an earlier one; with their weights (n, 3)."""
    image = examples.inputs[name]
    ny, nx = image.pixels.shape
    rows = weighed(points)
    placed = image.to_input(rows[:, :2])
    counted = ((placed >= -0.5) & (placed < (nx - 0.5, ny - 0.5))).all(axis=1) & (rows[:, 2] > 0)
    placed, rows = placed[counted], rows[counted]
    earlier = {j for _, j in cKDTree(placed).query_pairs(same_place * image.diameter)} if len(placed) else set()
    first = [i for i in range(len(placed)) if i not in earlier]
    return np.column_stack([placed, rows[:, 2]])[first]


def _apart(rows: Points, particles: Points | None, distance: float) -> Points:
    """The rows (n, 3) that are farther than `distance` from every particle (m, 3)."""
    if particles is None or not len(particles) or not len(rows):
        return rows
    return rows[cKDTree(particles[:, :2]).query(rows[:, :2])[0] > distance]


def _contamination(examples: TrainingSet, most: int, random: np.random.Generator) -> dict[str, Points]:
    """Contamination labels and places in regions, with their weights (n, 3)."""
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
