"""Train the two networks of a project: particles from background, then contamination from particles."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import torch

from picking.science.imaging.network_input import InputSettings
from picking.science.nets.model.contamination import ContaminationNet
from picking.science.nets.model.networks import Networks
from picking.science.nets.model.outlier import Outlier
from picking.science.nets.model.particle import ParticleNet
from picking.science.nets.model.shallow import ShallowNet
from picking.science.nets.settings import Recipe, Settings
from picking.science.nets.training.calibrate import calibrate, doubt
from picking.science.nets.training.crops import Patches, around, cut
from picking.science.nets.training.fit import Told, fit
from picking.science.nets.training.labels import DegenerateLabels, Places, TrainingSet, Weights, places
from picking.science.nets.training.recentre import recentred
from picking.science.nets.training.simulated import with_simulated
from picking.science.nets.training.survey import Survey, confident, elsewhere, survey, trust
from picking.science.picks import Points
from picking.science.thresholds import MINIMUM_LABELS

Network = Literal["particle", "contamination"]


@dataclass(frozen=True)
class Progress:
    """One network's step of `steps` and its smoothed loss; `done` of `total` steps of both networks."""

    network: Network
    step: int
    steps: int
    loss: float
    done: int
    total: int


Report = Callable[[Progress], None]


def train(
    examples: TrainingSet,
    settings: Settings | None = None,
    seed: int = 0,
    device: torch.device | None = None,
    report: Report = lambda progress: None,
    start: Networks | None = None,
) -> Networks:
    """Train the particle network and, where contamination is marked, a network for it beside the outliers.

    The same labels, settings, seed and start give the same networks on the same machine. `start`: networks of an
    earlier training to go on from, in fewer steps; those of another shape are trained from nothing. `report` is called
    every ten steps and may raise to stop the training. Raises TooFewLabels or DegenerateLabels, with a message for
    people.
    The particle network never sees contamination labels: it is one network for one task (Chen et al. 2019).
    """
    settings, device = settings or Settings(), device or torch.device("cpu")
    labels = places(examples, settings.labels, seed)
    _check(examples, labels)
    recentring = settings.recentring
    labels = replace(
        labels, particles=recentred(examples.inputs, labels.particles, labels.background, recentring, device)
    )
    before = (start.particle, start.contamination) if start else (None, None)
    particle, contamination = (
        _Course(examples, *_going_on(net.own if net else None, recipe), settings.input, device)
        for net, recipe in zip(before, (settings.particle, settings.contamination), strict=True)
    )
    contaminated = any(map(len, labels.contamination.values()))
    first = particle.recipe.steps
    total = first + contamination.recipe.steps * contaminated

    def told(network: Network, course: _Course, before: int, step: int, loss: float) -> None:
        report(Progress(network, step, course.recipe.steps, loss, before + step, total))

    net, unlabelled = _particle_net(particle, labels, settings, seed, partial(told, "particle", particle, 0))
    surveys = survey(net, examples, labels, settings, seed, device)
    surveys = calibrate(net, surveys, examples, labels, settings, unlabelled)
    most = contamination.recipe.unlabelled_places
    taken = confident(surveys, examples, labels, most, seed)
    own = None
    if contaminated:
        dirt = contamination.cut(labels.contamination, labels.contamination_weights)
        own = contamination.fit(
            dirt,
            contamination.cut(labels.particles, labels.particle_weights),
            contamination.cut(taken),
            seed + 1,
            partial(told, "contamination", contamination, first),
        )
        doubt(own, dirt.count, settings.calibration)
    outlier = Outlier(settings.outlier).to(device)
    trusted = trust(surveys, settings.calibration.usual_share)
    others = elsewhere(net, examples, labels, settings, device)
    beyond = confident(others, examples, labels, most, seed)
    _measure(outlier, examples, *_usual(labels, {**surveys, **others}, taken, beyond, most), most, trusted)
    return Networks(net, ContaminationNet(own, outlier), settings)


@dataclass(frozen=True)
class _Course:
    """What the training of one network has at hand. start: the network to go on from."""

    examples: TrainingSet
    start: ShallowNet | None
    recipe: Recipe
    made_with: InputSettings
    device: torch.device

    def cut(self, marked: dict[str, Points], weights: dict[str, Weights] | None = None) -> Patches:
        return cut(self.examples.inputs, marked, self.recipe, weights).to(self.device)

    def fit(self, positives: Patches, labelled: Patches, unlabelled: Patches, seed: int, told: Told) -> ShallowNet:
        """Yes at the positives, no at people's labels and at unlabelled places."""
        negatives = [(labelled, 1 - self.recipe.unlabelled), (unlabelled, self.recipe.unlabelled)]
        return fit(positives, negatives, self.recipe, self.made_with, seed, told, self.start)


def _going_on(net: ShallowNet | None, recipe: Recipe) -> tuple[ShallowNet | None, Recipe]:
    """The network to go on from, if it is of the right shape, and the recipe for that."""
    return (net, recipe.warm) if net is not None and net.shape == recipe.shape else (None, recipe)


def _particle_net(
    course: _Course, labels: Places, settings: Settings, seed: int, told: Told
) -> tuple[ParticleNet, float]:
    particles, background = course.cut(labels.particles, labels.particle_weights), course.cut(labels.background)
    unmarked = course.cut(_unmarked(course.examples, labels, course.recipe.unlabelled_places, seed))
    own = course.fit(particles, background, unmarked, seed, told)
    return with_simulated(own, particles, background, settings.shipped, labels.count, _number(labels.fair))


def _measure(
    outlier: Outlier,
    examples: TrainingSet,
    particles: dict[str, Points],
    found: dict[str, Points],
    beyond: dict[str, Points],
    most: int,
    trusted: float,
) -> None:
    """Show it at most this many labelled particles, those found with them, `trusted` so far, and those elsewhere."""
    labels = {name: points for name, points in particles.items() if len(points)}
    some = {name: points[: -(-most // len(labels))] for name, points in labels.items()}
    side = outlier.settings.receptive_field
    device = outlier.usual.device
    labelled, there, others = (
        around(examples.inputs, marked, side).pixels.to(device) for marked in (some, found, beyond)
    )
    outlier.measure(labelled, there, others, trusted)


def _usual(
    labels: Places, surveys: dict[str, Survey], taken: dict[str, Points], beyond: dict[str, Points], most: int
) -> tuple[dict[str, Points], dict[str, Points], dict[str, Points]]:
    """The particles that outliers are measured against, those found with them, and those on other micrographs.

    Labels that were not chosen by their scores. Where these are too few, the surest picks alone, as without labels.
    """
    surest = {name: one.places[one.logits >= 0][: most // len(surveys)] for name, one in surveys.items()}
    if _number(labels.fair) >= MINIMUM_LABELS:
        return labels.fair, taken, beyond
    return (surest, {}, {}) if _number(surest) >= MINIMUM_LABELS else (labels.particles, taken, beyond)


def _number(places: dict[str, Points]) -> int:
    return sum(map(len, places.values()))


def _check(examples: TrainingSet, labels: Places) -> None:
    """Refuse labels that are all on empty images."""
    named = (name for name, points in labels.particles.items() if len(points))
    if not any(examples.inputs[name].pixels.any() for name in named):
        raise DegenerateLabels("The micrographs with particle labels are uniformly grey: there is nothing to learn.")


def _unmarked(examples: TrainingSet, labels: Places, count: int, seed: int) -> dict[str, Points]:
    """About this many random places away from particle labels. A few are unmarked particles, too few to mislead."""
    random = np.random.default_rng(seed)
    names = [name for name in sorted({*labels.particles, *labels.background}) if _labelled(labels, name)]
    each = -(-count // len(names))
    drawn = {}
    for name in names:
        image = examples.inputs[name]
        size = np.array(image.pixels.shape[::-1]) - 1
        places = random.uniform((0, 0), size, (each, 2))
        particles = labels.particles.get(name, np.zeros((0, 2)))
        gaps = np.hypot(*(places[:, None] - particles[None]).transpose(2, 0, 1))
        drawn[name] = places[(gaps > image.diameter / 2).all(axis=1)]
    return drawn


def _labelled(labels: Places, name: str) -> bool:
    return bool(len(labels.particles.get(name, ())) or len(labels.background.get(name, ())))
