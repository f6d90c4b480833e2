import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.spatial import cKDTree

from picking.science.benchmark import (
    BACKGROUND,
    WINDOW,
    draw_labels,
    draw_persons_labels,
    read_dataset,
    run_benchmark,
    score_picks,
    table,
    write_picks,
)
from picking.science.picks import Picks, as_picks, as_points
from picking.science.simulate import Simulation
from tests.bench.simulated_set import SimulatedSet
from tests.science.nets.scenes import QUICK

REFEREE = Path(__file__).parents[3] / "shared" / "bench" / "score.py"
KEYS = {
    "AP", "best_F1", "F1_at_defaults", "precision", "recall", "picks_on_contamination", "contamination_points",
    "train_seconds", "seconds_per_micrograph",
}  # fmt: skip


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four small simulated micrographs as PNG: 0 and 2 are the pool, 1 and 3 the test."""
    folder = tmp_path_factory.mktemp("data") / "set"
    simulation = Simulation(
        width=640, height=512, pixel_size=5, diameter=160, particles=60, contrast=0.06, ice_crystals=4
    )
    SimulatedSet(simulation, "PNG", pool=2, test=2).write(folder)
    return folder


@pytest.fixture(scope="module")
def picked(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    folder = tmp_path_factory.mktemp("picks")
    particle, contamination = replace(QUICK.particle, steps=30), replace(QUICK.contamination, steps=10)
    settings = replace(QUICK, particle=particle, contamination=contamination)
    return run_benchmark(dataset, labels=10, seeds=1, picks_folder=folder, settings=settings), folder


def made_up_picks(dataset: Path) -> dict[str, Picks]:
    """Half of the truth a little off, places on contamination, and places anywhere."""
    random, data = np.random.default_rng(0), read_dataset(dataset)
    picks = {}
    for name in data.test:
        particles, dirt = data.particles[name][::2], data.contamination.get(name, as_points([]))
        places = np.vstack([particles + random.normal(0, 4, particles.shape), dirt, random.uniform(0, 500, (40, 2))])
        picks[name] = as_picks(np.column_stack([places, random.uniform(0, 1, (len(places), 2))]))
    return picks


def test_a_data_set_gives_the_documented_figures(picked: tuple[dict[str, Any], Path]) -> None:
    figures, _ = picked
    assert {figures[key] for key in ("dataset", "labels", "seeds", "device")} == {"Simulated", 10, 1, "cpu"}
    for kind in ("particle_only", "both"):
        assert set(figures[kind]) == KEYS
        assert all(set(spread) == {"median", "min", "max"} for spread in figures[kind].values())
    assert figures["both"]["best_F1"]["median"] > 0.7
    assert "best_F1" in table(figures)


def test_without_labels_nothing_is_trained_and_nothing_is_drawn(dataset: Path) -> None:
    figures = run_benchmark(dataset, labels=0, seeds=5)
    assert (figures["labels"], figures["seeds"]) == (0, 1)
    for kind in ("particle_only", "both"):
        assert set(figures[kind]) == KEYS
        assert figures[kind]["train_seconds"] == {"median": 0, "min": 0, "max": 0}
        assert figures[kind]["best_F1"]["median"] > 0.7
    assert "best_F1" in table(figures)


def test_every_candidate_is_written_for_the_referee(picked: tuple[dict[str, Any], Path]) -> None:
    _, folder = picked
    assert {path.name for path in folder.iterdir()} == {"both-0.tsv", "particle_only-0.tsv"}
    header, *rows = (folder / "both-0.tsv").read_text().splitlines()
    assert header.split("\t") == ["image_name", "x_coord", "y_coord", "score"]
    assert {row.split("\t")[0] for row in rows} == {"1", "3"}


@pytest.mark.skipif(not REFEREE.is_file(), reason="the referee (../shared/bench/score.py) is not on this machine")
def test_the_figures_agree_with_the_referee(dataset: Path, tmp_path: Path) -> None:
    referee, picks = runpy.run_path(str(REFEREE)), made_up_picks(dataset)
    write_picks(tmp_path / "picks.tsv", picks)
    theirs = referee["score"](dataset, referee["read"](tmp_path / "picks.tsv", ("x_coord", "y_coord", "score")))
    ours = score_picks(read_dataset(dataset), picks)
    for key in ("AP", "best_F1", "precision", "recall", "picks_on_contamination", "contamination_points"):
        assert ours[key] == pytest.approx(theirs[key], abs=1e-4), key


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


def test_a_missing_micrograph_is_named(dataset: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no micrograph nowhere"):
        read_dataset(dataset).input("nowhere")
