from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import cKDTree

from picking.science.benchmark import (
    BACKGROUND,
    WINDOW,
    draw_labels,
    draw_persons_labels,
    draw_verdicts,
    read_dataset,
)
from picking.science.nets.settings import LabelSettings
from picking.science.nets.training import labels as training_labels
from picking.science.picks import NEAR


def test_labels_come_from_the_pool_and_background_keeps_away_from_experts_particles(dataset: Path) -> None:
    data = read_dataset(dataset)
    examples = draw_labels(data, {name: data.input(name) for name in data.pool}, 12, seed=0)
    assert set(examples.particles) | set(examples.background) | set(examples.contamination) <= set(data.pool)
    assert sum(map(len, examples.particles.values())) == sum(map(len, examples.background.values())) == 12
    for name, places in examples.background.items():
        near = cKDTree(data.particles[name]).query_ball_point(places, 0.949 * data.diameter_px)
        assert not any(near)


@pytest.mark.parametrize("seed", range(5))
def test_a_person_labels_in_one_window_of_each_of_two_micrographs(dataset: Path, seed: int) -> None:
    data = read_dataset(dataset)
    inputs = {name: data.input(name) for name in data.pool}
    examples = draw_persons_labels(data, inputs, 6, seed)
    assert len(examples.particles) == 2
    assert sum(map(len, examples.particles.values())) == 6
    assert sum(map(len, examples.background.values())) == 12
    assert sum(map(len, examples.contamination.values())) == 1
    for name, places in examples.particles.items():
        every = np.concatenate([places, examples.background[name]])
        sides = np.ptp(every, axis=0) / (inputs[name].width, inputs[name].height)
        assert sides.max() <= 2 * WINDOW + 1e-9  # three particles may need a window twice as wide
        near = cKDTree(data.particles[name]).query(examples.background[name])[0]
        assert np.min(near) >= BACKGROUND * data.diameter_px - 1e-6


def test_a_person_labels_the_largest_gaps_where_there_is_no_background(dataset: Path) -> None:
    data = read_dataset(dataset)
    crowded = {name: np.mgrid[0:640:24, 0:512:24].reshape(2, -1).T.astype(float) for name in data.pool}
    examples = draw_persons_labels(
        replace(data, particles=crowded), {name: data.input(name) for name in data.pool}, 10, seed=0
    )
    for name, places in examples.background.items():
        assert len(places) == 10
        assert np.min(cKDTree(crowded[name]).query(places)[0]) > 8


def test_the_ceiling_has_every_label_of_the_pool(dataset: Path) -> None:
    data = read_dataset(dataset)
    examples = draw_labels(data, {name: data.input(name) for name in data.pool}, None, seed=0)
    for drawn, every in ((examples.particles, data.particles), (examples.contamination, data.contamination)):
        assert {name: len(places) for name, places in drawn.items()} == {name: len(every[name]) for name in data.pool}
    assert sum(map(len, examples.background.values())) == sum(len(data.particles[name]) for name in data.pool)


@pytest.mark.parametrize("person", [False, True])
def test_every_label_drawn_counts(dataset: Path, person: bool) -> None:
    data = read_dataset(dataset)
    inputs = {name: data.input(name) for name in data.pool}
    # So many background points would lie on one another if they were drawn once.
    labels = training_labels.places(
        (draw_persons_labels if person else draw_labels)(data, inputs, 40, 0), LabelSettings(), 0
    )
    assert sum(map(len, labels.particles.values())) == 40
    assert sum(map(len, labels.background.values())) == 40 * (1 + person)


def test_verdicts_are_right_and_on_the_surest_and_on_doubtful_picks_of_the_first_guess(dataset: Path) -> None:
    data = read_dataset(dataset)
    examples = draw_verdicts(data, {name: data.input(name) for name in data.pool}, 15)
    off = {
        kind: np.concatenate([cKDTree(data.particles[name]).query(points[:, :2])[0] for name, points in drawn.items()])
        for kind, drawn in (("accepted", examples.particles), ("rejected", examples.background))
    }
    assert len(off["accepted"]) + len(off["rejected"]) == 30
    assert off["accepted"].max() <= NEAR * data.diameter_px < off["rejected"].min()
    assert len(off["accepted"]) >= 15
    assert len(off["rejected"]) > 5
    assert all(
        (rows[:, 3] == 1).all() for drawn in (examples.particles, examples.background) for rows in drawn.values()
    )
