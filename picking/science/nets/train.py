"""Train the two networks of a project: particles from background, then contamination from particles."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
import torch

from picking.science.nets import oddness
from picking.science.nets.calibrate import calibrate
from picking.science.nets.contamination import ContaminationNet
from picking.science.nets.examples import Patches, around, cut
from picking.science.nets.fit import CELLS, fit
from picking.science.nets.found import CONFIDENT, confident, look, trust
from picking.science.nets.labels import DegenerateLabels, Places, TrainingSet, places
from picking.science.nets.middles import centred
from picking.science.nets.networks import Networks
from picking.science.nets.oddness import Oddness
from picking.science.nets.particle import ParticleNet, with_simulated
from picking.science.nets.settings import Recipe, Settings
from picking.science.nets.shallow import ShallowNet
from picking.science.picks import Points

UNMARKED = 400
"""How many unmarked places are drawn in all."""


@dataclass(frozen=True)
class Progress:
    """One network's step of `steps` and its smoothed loss; `done` of `total` steps of both networks."""

    network: Literal["particle", "contamination"]
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
    """Train the particle network and, where contamination is marked, the contamination network.

    The same labels, settings, seed and start give the same networks on the same machine. `start`: networks of an
    earlier training to go on from, in fewer steps; those of another shape are trained from nothing. `report` is called
    every ten steps and may raise to stop the training. Raises TooFewLabels or DegenerateLabels, with a message for
    people.
    The particle network never sees contamination labels: it is one network for one task (Chen et al. 2019).
    """
    settings, device = settings or Settings(), device or torch.device("cpu")
    labels = places(examples, seed)
    _check(examples, labels)
    labels = replace(labels, particles=centred(examples.inputs, labels.particles, labels.background, device))
    contaminated = any(map(len, labels.contamination.values()))
    before, recipe = _going_on(start.particle.learnt if start else None, settings.particle)
    dirt_before, dirt_recipe = _going_on(
        start.contamination.learnt if start and start.contamination else None, settings.contamination
    )
    first = recipe.steps
    total = first + dirt_recipe.steps * contaminated

    def told(
        network: Literal["particle", "contamination"], recipe: Recipe, before: int, step: int, loss: float
    ) -> None:
        report(Progress(network, step, recipe.steps, loss, before + step, total))

    particle = _fit_particle(examples, labels, recipe, seed, device, partial(told, "particle", recipe, 0), before)
    found = calibrate(particle, look(particle, examples, labels, seed, device), examples, labels)
    if not contaminated:
        return Networks(particle, None)
    taken = confident(found, examples, labels, seed)
    cut_here = partial(_cut, examples, dirt_recipe, device)
    learnt = fit(
        cut_here(labels.contamination),
        [(cut_here(labels.particles), 1 - dirt_recipe.learnt), (cut_here(taken), dirt_recipe.learnt)],
        dirt_recipe,
        seed + 1,
        partial(told, "contamination", dirt_recipe, first),
        dirt_before,
    )
    odd = _measured(examples, labels.particles, taken, trust(found), device)
    return Networks(particle, ContaminationNet(learnt, odd))


def _measured(
    examples: TrainingSet, particles: dict[str, Points], found: dict[str, Points], trusted: float, device: torch.device
) -> Oddness:
    """What is usual among the labelled particles and among those found with them, which are `trusted` so far."""
    odd = Oddness().to(device)
    labels = {name: points for name, points in particles.items() if len(points)}
    some = {name: points[: -(-CONFIDENT // len(labels))] for name, points in labels.items()}
    labelled, others = (around(examples.inputs, marked, oddness.FIELD).pixels.to(device) for marked in (some, found))
    odd.measure(labelled, others, trusted)
    return odd


def _going_on(net: ShallowNet | None, recipe: Recipe) -> tuple[ShallowNet | None, Recipe]:
    """The network to go on from, if it is of the right shape, and the recipe for that."""
    return (net, recipe.warm) if net is not None and net.shape == recipe.shape else (None, recipe)


def _fit_particle(
    examples: TrainingSet,
    labels: Places,
    recipe: Recipe,
    seed: int,
    device: torch.device,
    told: Callable[[int, float], None],
    start: ShallowNet | None,
) -> ParticleNet:
    cut_here = partial(_cut, examples, recipe, device)
    particles, background = cut_here(labels.particles), cut_here(labels.background)
    unmarked = cut_here(_unmarked(examples, labels, seed))
    negatives = [(background, 1 - recipe.learnt), (unmarked, recipe.learnt)]
    return with_simulated(fit(particles, negatives, recipe, seed, told, start), particles, background)


def _cut(examples: TrainingSet, recipe: Recipe, device: torch.device, marked: dict[str, Points]) -> Patches:
    return cut(examples.inputs, marked, recipe.shape.side(CELLS)).to(device)


def _check(examples: TrainingSet, labels: Places) -> None:
    """Refuse labels on nothing but empty images."""
    named = (name for name, points in labels.particles.items() if len(points))
    if not any(examples.inputs[name].pixels.any() for name in named):
        raise DegenerateLabels("The micrographs with particle labels are uniformly grey: there is nothing to learn.")


def _unmarked(examples: TrainingSet, labels: Places, seed: int) -> dict[str, Points]:
    """Random places off the particle labels. A few are particles nobody marked: they are too few to mislead."""
    random = np.random.default_rng(seed)
    names = [name for name in sorted({*labels.particles, *labels.background}) if _labelled(labels, name)]
    each = -(-UNMARKED // len(names))
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
