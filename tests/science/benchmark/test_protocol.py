import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from picking.science.benchmark import (
    read_dataset,
    run_benchmark,
    score_picks,
    table,
    write_picks,
)
from picking.science.picks import Picks, as_picks, as_points
from tests.science.nets.scenes import QUICK

REFEREE = Path(__file__).parents[4] / "shared" / "bench" / "score.py"
KEYS = {
    "AP", "best_F1", "F1_at_defaults", "precision", "recall", "picks_on_contamination", "contamination_points",
    "train_seconds", "seconds_per_micrograph",
}  # fmt: skip


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
