"""Whether going on from an earlier training is as good as one from nothing, and how much sooner, where real data is."""

import time
from statistics import median

from picking.science.benchmark import Dataset, draw_labels, read_dataset, score_picks
from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import Networks, TrainingSet, best_device, pick, train
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.tables import Cell, print_table

BEFORE, NOW = 20, 40
"""Labels of each kind of the earlier training, and of this one, another draw."""


def run(seeds: int = 3) -> None:
    print(f"\nContinuing from networks of {BEFORE} labels of each kind with {NOW} others, {seeds} seeds")
    if not REAL_DATA.is_dir():
        print(f"  left out: {REAL_DATA} is not here")
        return
    dataset = read_dataset(REAL_DATA)
    inputs = {name: dataset.input(name) for name in [*dataset.pool, *dataset.test]}
    runs: dict[str, list[list[float]]] = {"continuing": [], "from scratch": []}
    for seed in range(seeds):
        earlier = train(draw_labels(dataset, inputs, BEFORE, seed), None, seed, best_device())
        examples = draw_labels(dataset, inputs, NOW, seed + 10)
        runs["continuing"].append(measure(dataset, inputs, examples, seed, earlier))
        runs["from scratch"].append(measure(dataset, inputs, examples, seed, None))
    rows: list[list[Cell]] = [[how, *map(median, zip(*figures, strict=True))] for how, figures in runs.items()]
    print_table(["", "AP", "best F1", "s to train"], rows)


def measure(
    dataset: Dataset, inputs: dict[str, NetworkInput], examples: TrainingSet, seed: int, start: Networks | None
) -> list[float]:
    """AP and best F1 over the test micrographs, and the seconds of the training."""
    started = time.perf_counter()
    networks = train(examples, None, seed, best_device(), start=start)
    seconds = time.perf_counter() - started
    picks = {name: pick(networks, inputs[name], best_device()) for name in dataset.test}
    figures = score_picks(dataset, picks)
    return [figures["AP"], figures["best_F1"], seconds]
