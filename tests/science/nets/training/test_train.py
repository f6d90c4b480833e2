from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from scipy.spatial import cKDTree

from picking.science.evaluate import agreement
from picking.science.imaging.network_input import NetworkInput, make_network_input
from picking.science.nets import (
    DegenerateLabels,
    Networks,
    Progress,
    Settings,
    TrainingSet,
    pick,
    pick_with_maps,
    train,
)
from picking.science.nets.model.outlier import Outlier
from picking.science.nets.model.particle import ParticleNet
from picking.science.nets.model.shallow import ShallowNet, Shape, seeded
from picking.science.nets.model.windows import STRIDE
from picking.science.nets.settings import ShippedSettings
from picking.science.nets.training import train as training
from picking.science.nets.training.crops import Patches
from picking.science.nets.training.fit import fit
from picking.science.simulate import Simulation, simulate_micrograph
from picking.science.thresholds import DEFAULT_PARTICLE_THRESHOLD
from tests.science.nets.scenes import DIAMETER, DISCS, EDGES, EMPTY, QUICK, SIDE, labelled, scene


def brief(steps: int, contamination_steps: int) -> Settings:
    particle, contamination = QUICK.particle, QUICK.contamination
    return replace(
        QUICK,
        particle=replace(particle, steps=steps),
        contamination=replace(contamination, steps=contamination_steps),
    )


@pytest.fixture(scope="module")
def both() -> Networks:
    image = scene(stripe=True)
    examples = TrainingSet({"one": image}, {"one": DISCS[5:]}, {"one": EMPTY}, {"one": EDGES})
    return train(examples, QUICK, seed=0)


@pytest.fixture(scope="module")
def dark() -> Networks:
    return train(labelled(scene()), QUICK, seed=0)


@pytest.mark.parametrize("sign", [-1.0, 1.0])
def test_dark_and_bright_discs_are_found_in_another_micrograph(dark: Networks, sign: float) -> None:
    networks = dark if sign < 0 else train(labelled(scene(0, sign)), QUICK, seed=0)
    best = pick(networks, scene(1, sign))[: len(DISCS)]
    assert agreement(DISCS, best[:, :2].astype(np.float64), DIAMETER).f1 > 0.9


def test_labels_clicked_off_the_middle_teach_what_a_particle_is_and_where_its_middle() -> None:
    settings = Simulation(width=800, height=800, pixel_size=5, particles=150, specimen=99)
    made = simulate_micrograph(settings, 0)
    angle = np.random.default_rng(0).uniform(0, 2 * np.pi, 20)
    hasty = made.particles[:20] + 0.25 * settings.diameter_px * np.column_stack([np.cos(angle), np.sin(angle)])
    image = make_network_input(made.pixels, settings.pixel_size, settings.diameter)
    picks = pick(train(labelled(image, hasty, made.background[:20]), brief(60, 0), seed=0), image)
    shown = picks[picks[:, 2] > DEFAULT_PARTICLE_THRESHOLD, :2].astype(np.float64)
    assert agreement(made.particles, shown, settings.diameter_px).f1 > 0.8
    gaps = cKDTree(made.particles).query(shown)[0] / settings.diameter_px
    assert np.median(gaps) < 0.035  # where the labels stay as they are, 0.048


def test_without_contamination_labels_outliers_alone_are_contamination() -> None:
    networks = train(labelled(scene()), brief(5, 0), seed=0)
    assert networks.contamination is not None
    assert networks.contamination.own is None
    assert networks.contamination.outlier is not None


def test_the_contamination_network_tells_a_border_of_film_from_discs(both: Networks) -> None:
    scores = pick_with_maps(both, scene(1, stripe=True))[1]["contamination"]
    on_film, on_discs = (scores[tuple((places // STRIDE).astype(int).T[::-1])] for places in (EDGES, DISCS[5:]))
    assert (on_film > 0.5).mean() > 0.9
    assert (on_discs < 0.5).mean() > 0.9  # one may look odd by chance


def test_micrographs_whose_labels_were_held_out_take_no_share_of_what_is_measured() -> None:
    image = scene(stripe=True)
    held_out = [str(number) for number in range(300)]
    inputs = {"one": image, **dict.fromkeys(held_out, image)}
    particles = {"one": DISCS, **dict.fromkeys(held_out, DISCS[:0])}
    networks = train(TrainingSet(inputs, particles, {"one": EMPTY}, {"one": EDGES}), brief(5, 5), seed=0)
    assert np.isfinite(pick(networks, image)).all()


def test_the_same_labels_and_seed_give_the_same_picks_whatever_else_drew_random_numbers() -> None:
    quick = brief(5, 0)
    first = pick(train(labelled(scene()), quick, seed=3), scene(1))
    torch.rand(7)
    assert np.array_equal(first, pick(train(labelled(scene()), quick, seed=3), scene(1)))
    assert not np.array_equal(first, pick(train(labelled(scene()), quick, seed=4), scene(1)))


def test_progress_tells_the_steps_of_both_networks() -> None:
    told: list[Progress] = []
    examples = TrainingSet({"one": scene()}, {"one": DISCS}, {"one": EMPTY}, {"one": EDGES})
    train(examples, brief(20, 15), seed=0, report=told.append)
    assert [p.done for p in told] == [10, 20, 30, 35]
    assert {p.total for p in told} == {35}
    assert [p.network for p in told] == ["particle"] * 2 + ["contamination"] * 2


def test_a_report_that_raises_stops_the_training() -> None:
    def cancel(progress: Progress) -> None:
        raise KeyboardInterrupt(progress.step)

    with pytest.raises(KeyboardInterrupt, match="10"):
        train(labelled(scene()), QUICK, seed=0, report=cancel)


def test_what_0_5_means_is_moved_to_what_the_labels_show() -> None:
    doubting = replace(QUICK.particle, steps=2, calibration=(1.6, -2.0))
    alone = ShippedSettings(worth=0)
    networks = train(labelled(scene()), replace(QUICK, particle=doubting, shipped=alone), seed=0)
    assert networks.particle.calibration[1] == -2 + QUICK.calibration.most_raised


def test_half_of_the_negative_crops_are_places_off_the_particles_that_nobody_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = []

    def noted(positives: Patches, negatives: list[tuple[Patches, float]], *more: Any) -> ShallowNet:
        given.append(negatives)
        return fit(positives, negatives, *more)

    monkeypatch.setattr(training, "fit", noted)
    train(labelled(scene(), DISCS), brief(1, 0), seed=0)
    ((labels, unmarked),) = given
    assert (labels[1], unmarked[1]) == (0.5, 0.5)
    assert len(labels[0]) == len(EMPTY)
    assert 100 < len(unmarked[0]) < QUICK.particle.unlabelled_places
    side = unmarked[0].pixels.shape[-1]
    middles = unmarked[0].pixels[:, side // 2 - 1 : side // 2 + 1, side // 2 - 1 : side // 2 + 1].mean((1, 2))
    assert (middles < -1.5).float().mean() < 0.05  # discs are at -2


def test_each_network_is_shown_labels_by_their_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    given = []

    def noted(positives: Patches, negatives: list[tuple[Patches, float]], *more: Any) -> ShallowNet:
        every = [positives, *(patches for patches, _ in negatives)]
        given.append([None if patches.weights is None else patches.weights.tolist() for patches in every])
        return fit(positives, negatives, *more)

    monkeypatch.setattr(training, "fit", noted)
    weighed = [np.insert(points, 2, weight, axis=1) for points, weight in ((DISCS, 0.5), (EDGES, 0.25))]
    train(replace(labelled(scene(stripe=True), weighed[0]), contamination={"one": weighed[1]}), brief(1, 1), seed=0)
    particles, dirt = [0.5] * len(DISCS), [0.25] * len(EDGES)
    assert given == [[particles, None, None], [dirt, particles, None]]


def test_outliers_are_measured_on_so_many_labels_and_as_far_as_what_was_found_is_trusted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measured = []
    monkeypatch.setattr(Outlier, "measure", lambda outlier, *given: measured.append(given))
    monkeypatch.setattr(training, "trust", lambda *_: 0.25)
    few = brief(1, 1)
    few = replace(few, contamination=replace(few.contamination, unlabelled_places=6))
    train(replace(labelled(scene(stripe=True)), contamination={"one": EDGES}), few, seed=0)
    ((labels, found, _, trusted),) = measured
    assert (len(labels), trusted) == (6, 0.25)
    assert len(found) <= 6


def test_outliers_are_measured_on_picks_of_micrographs_without_labels_too(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = []
    monkeypatch.setattr(Outlier, "measure", lambda outlier, *given: measured.append(given))
    examples = labelled(scene())
    train(replace(examples, inputs={**examples.inputs, "other": scene(1)}), QUICK, seed=0)
    ((_, _, beyond, _),) = measured
    assert len(beyond) > len(DISCS) / 2


@pytest.mark.parametrize("fair", [0, 4, 5])
def test_outliers_are_measured_on_the_surest_picks_alone_where_few_particles_were_not_chosen_by_their_scores(
    monkeypatch: pytest.MonkeyPatch, fair: int
) -> None:
    measured = []
    monkeypatch.setattr(Outlier, "measure", lambda outlier, *given: measured.append(given))
    particles = np.insert(DISCS, [2, 2], 1, axis=1)
    particles[:fair, 3] = 0
    train(labelled(scene(), particles), QUICK, seed=0)
    ((usual, found, *_),) = measured
    assert (len(usual) == fair) == (fair == 5)
    assert (len(found) > 0) == (fair == 5)


def test_a_constant_image_is_refused_with_a_reason() -> None:
    image = NetworkInput(np.zeros((SIDE, SIDE), np.float32), SIDE, SIDE, 0, 0, SIDE, SIDE, DIAMETER)
    with pytest.raises(DegenerateLabels, match="uniformly grey"):
        train(labelled(image), QUICK, seed=0)


def test_labels_that_contradict_the_image_still_give_finite_scores() -> None:
    noise = scene().pixels[::-1, ::-1].copy()
    image = NetworkInput(noise, SIDE, SIDE, 0, 0, SIDE, SIDE, DIAMETER)
    assert np.isfinite(pick(train(labelled(image), brief(20, 0), seed=0), image)).all()


def test_going_on_from_an_earlier_training_takes_fewer_steps_and_starts_from_what_it_knew(dark: Networks) -> None:
    told: list[Progress] = []
    recipe = replace(QUICK.particle, warm_steps=20)
    later = train(labelled(scene()), replace(QUICK, particle=recipe), seed=1, report=told.append, start=dark)
    cold = train(labelled(scene()), replace(QUICK, particle=recipe.warm), seed=1)
    right = [agreement(DISCS, found[found[:, 2] > 0.5][:, :2].astype(np.float64), DIAMETER).f1
             for found in (pick(networks, scene(1)) for networks in (later, cold))]  # fmt: skip
    assert told[-1].total == 20
    assert right[0] > right[1]


def test_networks_of_another_shape_are_not_gone_on_from() -> None:
    told: list[Progress] = []
    other = Networks(ParticleNet(seeded(Shape(channels=(4, 8, 8)), 0)), None)
    train(labelled(scene()), brief(5, 0), seed=0, report=told.append, start=other)
    assert told[-1].total == 5
