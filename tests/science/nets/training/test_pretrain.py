import subprocess
from dataclasses import replace

import numpy as np
import pytest
import torch

from picking.science.nets.model.shallow import Shape
from picking.science.nets.training.pretrain import COURSES, Course, contamination_loss, particle_loss, taught
from picking.science.nets.training.tiles import Ground, grounds
from tests.e2e.server import ROOT
from tests.science.nets.training.test_tiles import PLAIN, planted

SMALL = Course(Shape(channels=(8, 8, 8)), steps=150, batch=2, cells=24, tiles=PLAIN)
MOST_WEIGHTS = 200_000


def one_cell(away: float, dirty: bool = False, unsure: bool = False) -> Ground:
    shape = (1, 1)
    return Ground(
        np.zeros(shape, np.float32), np.full(shape, away, np.float32), np.full(shape, dirty), np.full(shape, unsure)
    )


def test_the_same_seed_teaches_the_same_network() -> None:
    every = grounds([planted()], PLAIN, np.random.default_rng(1))
    first, again, other = (taught(every, "simulated", replace(SMALL, steps=3), seed) for seed in (1, 1, 2))
    for name, weights in first.state_dict().items():
        assert torch.equal(weights, again.state_dict()[name])
    assert not torch.equal(first.last.weight, other.last.weight)


def test_a_network_learns_where_the_particle_is() -> None:
    every = grounds([planted()], PLAIN, np.random.default_rng(1))
    net = taught(every, "simulated", SMALL, 1)
    with torch.inference_mode():
        logits = net(torch.from_numpy(every[0].pixels)[None])[0]
    row, column = divmod(int(logits.argmax()), logits.shape[1])
    middle = (net.receptive_field - 1) / 2
    assert np.hypot(2 * column + middle - 40, 2 * row + middle - 30) < 4


def test_overlapping_particles_are_no_mistake_of_the_particle_network() -> None:
    sure, wrong = (torch.full((1, 1, 1), logit) for logit in (9.0, -9.0))
    for logits in (sure, wrong):
        assert particle_loss(logits, [one_cell(99, unsure=True)], SMALL) == 0


def test_contamination_is_a_mistake_of_the_particle_network() -> None:
    logits = torch.full((1, 1, 1), 3.0)
    assert particle_loss(logits, [one_cell(99, dirty=True)], SMALL) > 0.5


@pytest.mark.parametrize("kind", ["dirty", "unsure"])
def test_the_contamination_network_is_to_say_so(kind: str) -> None:
    yes, no = (torch.full((1, 1, 1), logit) for logit in (3.0, -3.0))
    cell = [one_cell(99, dirty=kind == "dirty", unsure=kind == "unsure")]
    assert contamination_loss(yes, cell, SMALL) < contamination_loss(no, cell, SMALL)
    assert contamination_loss(yes, [one_cell(0)], SMALL) > contamination_loss(no, [one_cell(0)], SMALL)


def test_networks_have_fewer_weights_than_they_may() -> None:
    for course in COURSES.values():
        weights = 10**2 * course.shape.channels[0] + sum(
            a * b * k**2
            for a, b, k in zip(course.shape.channels, course.shape.channels[1:], course.shape.kernels, strict=False)
        )
        assert weights < MOST_WEIGHTS


def test_make_pretrain_runs_it() -> None:
    planned = subprocess.run(["make", "-n", "pretrain"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "picking.science.nets.training.pretrain" in planned.stdout
