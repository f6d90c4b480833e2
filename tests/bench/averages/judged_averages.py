"""What judging averages brings the networks: `make bench PARTS=judged_averages`.

The protocol of picking/science/benchmark, and once more with what a careful person adds: the picks of the label pool
that count by the default thresholds are averaged, each class is accepted or rejected by what most of its members are,
and the networks learn from all members of the judged classes, each weighed by how well it fits. No micrograph of the
test is looked at before the last picking.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from picking.science import evaluate
from picking.science.averages.classify import classify
from picking.science.averages.crops import crop_pixel_size, cut_crops
from picking.science.averages.settings import CropSettings
from picking.science.benchmark import Dataset, draw_labels, read_dataset, score_picks
from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import Networks, TrainingSet, best_device, pick, train
from picking.science.nets.training.labels import weighed
from picking.science.picks import Picks, Points, as_points, combined_score
from picking.science.simulate import Simulation
from picking.science.thresholds import DEFAULT_CONTAMINATION_THRESHOLD, DEFAULT_PARTICLE_THRESHOLD
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.networks.carries_over import CONTRAST
from tests.bench.networks.simulated_set import SimulatedSet
from tests.bench.tables import Cell, print_table

CLEAR = 0.7
"""A class is judged if so many of its members are particles, or none."""
JUNK = Simulation(2048, 2048, 2.0, 160, carbon=True, ice_crystals=25, frost=10, aggregates=10, broken=15)
SIMULATED = SimulatedSet(replace(JUNK, particles=150, contrast=CONTRAST / 160, specimen=21), "MRC 2", 5, 4)
SHOWN = ("AP", "best_F1", "F1_at_defaults", "picks_on_contamination")


@dataclass(frozen=True)
class Judged:
    """Rows (n, 3) of x, y and fit by micrograph; how many classes were accepted, rejected and left."""

    accepted: dict[str, Points]
    rejected: dict[str, Points]
    classes: tuple[int, int, int]

    @property
    def summary(self) -> str:
        accepted, rejected = (sum(map(len, rows.values())) for rows in (self.accepted, self.rejected))
        return f"{accepted} accepted, {rejected} rejected in {self.classes[0]} and {self.classes[1]} classes"


def judge(dataset: Dataset, pool: Mapping[str, NetworkInput], networks: Networks, seed: int) -> Judged:
    """Averages of the picks that count in the label pool, each class judged by its members."""
    crops, rows, right = [], [], []
    for number, name in enumerate(dataset.pool):
        picks = counted(pick(networks, pool[name], best_device()))
        places = picks[:, :2].astype(np.float64)
        truth = dataset.particles.get(name, as_points([]))
        hits = evaluate.match(places, combined_score(picks), truth, dataset.diameter_px)
        cut = cut_crops(dataset.pixels(name), dataset.pixel_size, places, dataset.diameter)
        crops.append(cut.boxes)
        rows.append(np.insert(places[cut.kept], 0, number, axis=1))
        right.append(hits[cut.kept])
    found = classify(np.concatenate(crops), crop_pixel_size(dataset.diameter, CropSettings()), seed=seed)
    verdicts = judgements(found.members, np.concatenate(right))
    weighed_rows = np.column_stack([np.concatenate(rows), np.clip(found.fits, 0, 1)])

    def members(verdict: int) -> dict[str, Points]:
        chosen = weighed_rows[verdicts[found.members] == verdict]
        return {name: chosen[chosen[:, 0] == number, 1:] for number, name in enumerate(dataset.pool)}

    accepted, rejected, left = (int((verdicts == verdict).sum()) for verdict in (1, -1, 0))
    return Judged(members(1), members(-1), (accepted, rejected, left))


def counted(picks: Picks) -> Picks:
    """Those that count by the default thresholds."""
    sure = picks[:, 2] >= DEFAULT_PARTICLE_THRESHOLD
    return picks[sure & (picks[:, 3] <= DEFAULT_CONTAMINATION_THRESHOLD)]


def judgements(members: NDArray[np.int64], particle: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(classes,): 1 for accepted, -1 for rejected, 0 for left; both arguments (n,)."""
    parts = np.bincount(members, particle) / np.maximum(np.bincount(members), 1)
    return (parts >= CLEAR).astype(np.int64) - (parts <= 1 - CLEAR)


def taught(labels: TrainingSet, judged: Judged) -> TrainingSet:
    """The labels, and behind them what was judged."""
    return replace(
        labels,
        particles=behind(labels.particles, judged.accepted),
        contamination=behind(labels.contamination, judged.rejected),
    )


def behind(labels: Mapping[str, Points], more: Mapping[str, Points]) -> dict[str, Points]:
    return {
        name: np.concatenate([weighed(labels.get(name, ())), weighed(more.get(name, ()))])
        for name in sorted({*labels, *more})
    }


def measure(name: str, folder: Path, labels: int, seeds: int) -> list[list[Cell]]:
    """Of each draw a row without and one with averages judged."""
    dataset, device = read_dataset(folder), best_device()
    pool, test = ({name: dataset.input(name) for name in names} for names in (dataset.pool, dataset.test))
    rows: list[list[Cell]] = []

    def score(seed: int, how: str, networks: Networks) -> None:
        figures = score_picks(dataset, {name: pick(networks, image, device) for name, image in test.items()})
        rows.append([name, seed, how, *(figures[key] for key in SHOWN), int(figures["contamination_points"])])

    for seed in range(seeds):
        drawn = draw_labels(dataset, pool, labels, seed)
        networks = train(drawn, None, seed, device)
        score(seed, f"{labels} labels of each kind", networks)
        judged = judge(dataset, pool, networks, seed)
        score(seed, judged.summary, train(taught(drawn, judged), None, seed, device))
    return rows


def run(labels: int = 20, seeds: int = 3) -> None:
    print("\nLabels alone, and with averages judged", flush=True)
    rows = measure("real", REAL_DATA, labels, seeds) if REAL_DATA.is_dir() else []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "set"
        SIMULATED.write(folder)
        rows += measure("simulated", folder, labels, seeds)
    print_table(["set", "draw", "", "AP", "best F1", "F1 at the defaults", "on contamination", "of"], rows)


if __name__ == "__main__":
    run()
