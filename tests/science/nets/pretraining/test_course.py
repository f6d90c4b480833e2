from collections.abc import Iterator

import numpy as np
import pytest
import torch

from picking.science.nets.model.shallow import Shape
from picking.science.nets.picking.score import logit_map
from picking.science.nets.pretraining.course import Course, loss_of, trained
from picking.science.nets.pretraining.examples import Batch, Example
from picking.science.nets.pretraining.targets import targets_of
from tests.science.nets.pretraining.planted import planted

COURSE = Course(
    Shape(kernels=(3, 3), channels=(8, 8, 8)),
    steps=90,
    batch=3,
    cells=20,
    learning_rate=2e-2,
    kept=0.8,
    contrast=0,
    noise=0,
)


def batch() -> Batch:
    """Three cells: a particle, a pair, contamination; the rest is empty."""
    maps = torch.zeros(4, 1, 4, 4)
    for number in range(1, 4):
        maps[number, 0, 0, number - 1] = 1
    return Batch(torch.zeros(1, 36, 36), maps[1], maps[1].bool(), maps[3].bool(), maps[2].bool())


@pytest.fixture
def _one_thread() -> Iterator[None]:
    """On a busy machine two threads wait for each other, for far longer than they work."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("_one_thread")
def test_a_few_steps_teach_it_planted_particles() -> None:
    scenes = [planted([(40.5, 40.5), (80.5, 60.5), (120.5, 80.5)], seed=seed) for seed in range(4)]
    every = [Example(scene.image.pixels.astype(np.float16), targets_of(scene)) for scene in scenes]
    net = trained(COURSE, every)
    unseen = planted([(60.5, 50.5)], seed=9)
    logits = logit_map(net, torch.from_numpy(unseen.image.pixels)).numpy()
    highest = np.unravel_index(logits.argmax(), logits.shape)
    assert np.abs(np.array(highest) - (25, 30)).max() <= 2
    assert logits.max() > np.median(logits) + 1


def test_what_is_said_of_a_pair_costs_nothing() -> None:
    right = torch.where(batch().particle > 0, 8.0, -8.0)
    pair = right.clone()
    pair[batch().pair] = 8
    assert float(loss_of(pair, batch(), COURSE)) == float(loss_of(right, batch(), COURSE))


def test_contamination_taken_for_a_particle_costs() -> None:
    right = torch.where(batch().particle > 0, 8.0, -8.0)
    wrong = right.clone()
    wrong[batch().dirt] = 8
    assert float(loss_of(wrong, batch(), COURSE)) > float(loss_of(right, batch(), COURSE)) + 1
