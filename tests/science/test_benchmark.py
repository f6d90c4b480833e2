import json
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from scipy.spatial import cKDTree

from picking.science.benchmark import draw_labels, read_dataset, run_benchmark, score_picks, table, write_picks
from picking.science.picks import Picks, as_picks, as_points
from picking.science.simulate import Settings as Simulation
from picking.science.simulate import simulate_micrograph
from tests.science.nets.scenes import QUICK

REFEREE = Path(__file__).parents[3] / "shared" / "bench" / "score.py"
KEYS = {
    "AP", "best_F1", "F1_at_defaults", "precision", "recall", "picks_on_contamination", "contamination_points",
    "train_seconds", "seconds_per_micrograph",
}  # fmt: skip


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four small simulated micrographs as PNG."""
    folder = tmp_path_factory.mktemp("dataset")
    (folder / "micrographs").mkdir()
    simulation = Simulation(
        width=640, height=512, pixel_size=5, diameter=160, particles=60, contrast=0.06, ice_crystals=4
    )
    rows: dict[str, list[str]] = {"particles": [], "contamination": []}
    for name in "abcd":
        made = simulate_micrograph(simulation, ord(name))
        low, high = np.percentile(made.pixels, (0.1, 99.9))
        grey = np.clip(255 * (made.pixels - low) / (high - low), 0, 255).astype(np.uint8)
        Image.fromarray(grey).save(folder / "micrographs" / f"{name}.png")
        rows["particles"] += [f"{name}\t{x}\t{y}" for x, y in made.particles]
        rows["contamination"] += [f"{name}\t{x}\t{y}" for x, y in made.contamination]
    for kind, lines in rows.items():
        (folder / f"{kind}.tsv").write_text("\n".join(["image_name\tx_coord\ty_coord", *lines]))
    about = {"name": "Simulated", "pixel_size_angstrom": 5, "particle_diameter_angstrom": 160}
    (folder / "dataset.json").write_text(json.dumps(about | {"label_pool": ["a", "b"], "test": ["c", "d"]}))
    return folder


@pytest.fixture(scope="module")
def picked(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    folder = tmp_path_factory.mktemp("picks")
    return run_benchmark(dataset, labels=10, seeds=1, picks_folder=folder, settings=QUICK), folder


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


def test_every_candidate_is_written_for_the_referee(picked: tuple[dict[str, Any], Path]) -> None:
    _, folder = picked
    assert {path.name for path in folder.iterdir()} == {"both-0.tsv", "particle_only-0.tsv"}
    header, *rows = (folder / "both-0.tsv").read_text().splitlines()
    assert header.split("\t") == ["image_name", "x_coord", "y_coord", "score"]
    assert {row.split("\t")[0] for row in rows} == {"c", "d"}


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


def test_a_missing_micrograph_is_named(dataset: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no micrograph nowhere"):
        read_dataset(dataset).input("nowhere")
