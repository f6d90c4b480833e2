"""Validate a training on labels it has not seen: a fifth is held out, and a companion pair of networks learns the rest.

The figures are for labelled places, not for whole micrographs, as nobody has marked every particle: precision here
is the share of particles among the labelled places that are picked (docs/decisions/0016-validation.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from picking.science import evaluate
from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.picking.pick import pick
from picking.science.nets.settings import Settings
from picking.science.nets.training.labels import TooFewLabels, TrainingSet, weighed
from picking.science.nets.training.train import Report, train
from picking.science.picks import NEAR, Picks, Points, as_picks, as_points, combined_score

HELD_OUT = 0.2
"""The part of the labels that the companion does not see."""
LEAST_LABELS = 10
"""Fewest particle labels, and fewest background labels, of which a fifth can be held out: two of each."""
LEAST_PART, MOST_PART = np.array([0.1, 0.1, 0.0]), np.array([0.3, 0.3, 0.3])
"""Whole micrographs are held out if they have such a part of the labels of each kind."""
DRAWS = 100
"""This many sets of micrographs are drawn; the one closest to a fifth of every kind is used."""

Kind = Literal["particle", "background", "contamination"]
Labels = Mapping[Kind, Mapping[str, Points]]


@dataclass(frozen=True)
class HeldOut:
    """A labelled place and the scores of the best pick within 0.4 diameters of it; both are 0 where there is none."""

    kind: Kind
    particle: float
    contamination: float


@dataclass(frozen=True)
class Validation:
    """What the companion says at the places held out. `whole_micrographs`: it saw no label of their micrographs."""

    places: list[HeldOut]
    whole_micrographs: bool

    @property
    def curve(self) -> evaluate.Curve:
        """Precision and recall of the places that have a pick, by its combined score."""
        scores = combined_score(as_picks([(0, 0, place.particle, place.contamination) for place in self.places]))
        right = np.array([place.kind == "particle" for place in self.places], bool)
        return evaluate.precision_recall(scores[scores > 0], right[scores > 0], int(right.sum()))

    @property
    def average_precision(self) -> float:
        return evaluate.average_precision(self.curve)

    @property
    def best_f1(self) -> float:
        return evaluate.best_f1(self.curve).f1


def validate(
    examples: TrainingSet,
    settings: Settings | None = None,
    seed: int = 0,
    device: torch.device | None = None,
    report: Report = lambda progress: None,
) -> Validation:
    """Train a companion on four fifths of the labels and score the last fifth.

    The same labels, settings and seed give the same result on the same machine. `report` is as in `train`.
    Raises TooFewLabels or DegenerateLabels, with a message for people.
    """
    rest, held_out = split(examples, seed)
    networks = train(rest, settings, seed, device, report)
    labels = _labels(held_out)
    places: list[HeldOut] = []
    for name in sorted(_labelled(held_out)):
        image = examples.inputs[name]
        picks = pick(networks, image, device)
        for kind, by_name in labels.items():
            places += _scored(kind, weighed(by_name.get(name, ()))[:, :2], picks, image)
    return Validation(places, not _labelled(held_out) & _labelled(rest))


def split(examples: TrainingSet, seed: int) -> tuple[TrainingSet, TrainingSet]:
    """Split the labels: about four fifths, and about a fifth to be held out.

    Whole micrographs are held out, with their regions, where the labels are spread over enough of them; else labels
    of every kind, wherever they are. Raises TooFewLabels.
    """
    particles, background = (sum(map(len, labels.values())) for labels in (examples.particles, examples.background))
    if min(particles, background) < LEAST_LABELS:
        raise TooFewLabels(
            f"A fifth of the labels is held out to test the networks. This needs at least {LEAST_LABELS} particle "
            f"and {LEAST_LABELS} background labels; this training had {particles} and {background}."
        )
    random = np.random.default_rng(seed)
    whole = _whole_micrographs(examples, random)
    rest: dict[Kind, dict[str, Points]] = {}
    held_out: dict[Kind, dict[str, Points]] = {}
    for kind, by_name in _labels(examples).items():
        out = _of(whole, by_name) if whole else _drawn(by_name, random)
        rest[kind] = {name: weighed(points)[~out[name]] for name, points in by_name.items()}
        held_out[kind] = {name: weighed(points)[out[name]] for name, points in by_name.items()}
    regions = {name: polygons for name, polygons in examples.regions.items() if name not in whole}
    return (
        TrainingSet(examples.inputs, rest["particle"], rest["background"], rest["contamination"], regions),
        TrainingSet(examples.inputs, held_out["particle"], held_out["background"], held_out["contamination"]),
    )


def _whole_micrographs(examples: TrainingSet, random: np.random.Generator) -> set[str]:
    """The micrographs that have about a fifth of the labels of every kind; empty where no set of them comes near."""
    names = sorted(_labelled(examples))
    counts = np.array([[len(by_name.get(name, ())) for by_name in _labels(examples).values()] for name in names])
    parts = counts / np.maximum(counts.sum(axis=0), 1)
    best, nearest = set[str](), np.inf
    for _ in range(DRAWS):
        order = random.permutation(len(names))
        held = np.cumsum(parts[order], axis=0)
        off = np.where(counts.any(axis=0), np.abs(held - HELD_OUT), 0).sum(axis=1)
        last = int(off.argmin())
        if off[last] < nearest and ((held[last] >= LEAST_PART) & (held[last] <= MOST_PART)).all():
            best, nearest = {names[i] for i in order[: last + 1]}, off[last]
    return best


def _of(whole: set[str], by_name: Mapping[str, Points]) -> dict[str, NDArray[np.bool_]]:
    """Which labels of one kind are held out, by micrograph: all or none."""
    return {name: np.full(len(points), name in whole) for name, points in by_name.items()}


def _drawn(by_name: Mapping[str, Points], random: np.random.Generator) -> dict[str, NDArray[np.bool_]]:
    """Which labels of one kind are held out, by micrograph: a fifth of all, drawn at random."""
    names = sorted(by_name)
    ends = np.cumsum([0, *(len(by_name[name]) for name in names)]).tolist()
    out = np.zeros(ends[-1], bool)
    out[random.permutation(len(out))[: round(HELD_OUT * len(out))]] = True
    return {name: out[start:end] for name, start, end in zip(names, ends[:-1], ends[1:], strict=True)}


def _scored(kind: Kind, places: Points, picks: Picks, image: NetworkInput) -> Iterator[HeldOut]:
    """places (n, 2) of one micrograph, with the scores of its picks there. Picks come best first."""
    radius = NEAR * image.diameter * float(image.scale.mean())
    tree = cKDTree(as_points(picks[:, :2]))
    for place in places:
        near: list[int] = list(tree.query_ball_point(place, radius))
        particle, contamination = picks[min(near), 2:].tolist() if near else (0.0, 0.0)
        yield HeldOut(kind, round(particle, 4), round(contamination, 4))


def _labels(examples: TrainingSet) -> Labels:
    return {
        "particle": examples.particles,
        "background": examples.background,
        "contamination": examples.contamination,
    }


def _labelled(examples: TrainingSet) -> set[str]:
    """The micrographs with at least one label."""
    return {name for by_name in _labels(examples).values() for name, points in by_name.items() if len(points)}
