"""The few-label benchmark: train on a few expert labels of a data set, pick its test micrographs, score the picks.

A data set is a folder with `dataset.json` (pixel_size_angstrom, particle_diameter_angstrom, label_pool, test),
`micrographs/`, `particles.tsv` and `contamination.tsv` (image_name, x_coord, y_coord; full-resolution pixels).
Labels of one seed: from four pool micrographs, K particles in all and K background points at least BACKGROUND
diameters from every expert centre; K contamination points, or all there are, of the whole pool. The ceiling is every
expert label of the whole pool, and as many background points as particles. With no label, the networks are those that
come with CryoWeb, which see the pool's images.

People do not label at random. Labels of a person: in one window of a quarter of the side in each of two micrographs,
K particles in all, twice as many background points, and K / 5 contamination points of these two micrographs.
"""

import csv
import json
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from picking.science import evaluate
from picking.science.imaging.micrograph import Pixels
from picking.science.imaging.network_input import DEFAULT, InputSettings, NetworkInput, make_network_input
from picking.science.imaging.read import EXTENSIONS, read_micrograph
from picking.science.nets import (
    Networks,
    Settings,
    TrainingSet,
    best_device,
    device_name,
    pick,
    shipped_networks,
    train,
)
from picking.science.picks import Picks, Points, as_points, combined_score
from picking.science.thresholds import DEFAULT_CONTAMINATION_THRESHOLD, DEFAULT_PARTICLE_THRESHOLD

LABELLED_MICROGRAPHS = 4
BACKGROUND = 0.95
PERSONS_MICROGRAPHS = 2
WINDOW = 0.25
"""Of each side of the micrograph: where a person labels. Twice as wide where it has too few particles, and so on."""
PERSONS_CONTAMINATION = 5
"""A person marks so many particles for each place of contamination."""

Draw = Literal["random", "person"]
Report = Callable[[str], object]
Figures = dict[str, float]


@dataclass(frozen=True)
class Dataset:
    """Expert particles and contamination of each micrograph, full-resolution pixels; sizes in Å; names by use."""

    folder: Path
    name: str
    pixel_size: float
    diameter: float
    pool: list[str]
    test: list[str]
    particles: Mapping[str, Points]
    contamination: Mapping[str, Points]

    @property
    def diameter_px(self) -> float:
        return self.diameter / self.pixel_size

    def pixels(self, name: str) -> Pixels:
        """Read a micrograph from its file. Raises FileNotFoundError and what read_micrograph() raises."""
        for extension in EXTENSIONS:
            path = self.folder / "micrographs" / (name + extension)
            if path.is_file():
                return read_micrograph(path).pixels
        raise FileNotFoundError(f"{self.folder / 'micrographs'} has no micrograph {name}.")

    def input(self, name: str, made_with: InputSettings = DEFAULT) -> NetworkInput:
        """What the networks see of a micrograph. Raises what pixels() and make_network_input() raise."""
        return make_network_input(self.pixels(name), self.pixel_size, self.diameter, made_with)


def read_dataset(folder: Path) -> Dataset:
    """Raises OSError, or KeyError and ValueError where the files are not as described above."""
    about = json.loads((folder / "dataset.json").read_text())
    return Dataset(
        folder,
        about["name"],
        about["pixel_size_angstrom"],
        about["particle_diameter_angstrom"],
        about["label_pool"],
        about["test"],
        _read_points(folder / "particles.tsv"),
        _read_points(folder / "contamination.tsv"),
    )


def _read_points(path: Path) -> dict[str, Points]:
    points = defaultdict(list)
    with path.open(newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            points[row["image_name"]].append((float(row["x_coord"]), float(row["y_coord"])))
    return {name: as_points(places) for name, places in points.items()}


def draw_labels(dataset: Dataset, inputs: Mapping[str, NetworkInput], labels: int | None, seed: int) -> TrainingSet:
    """The labels of one seed, every label of the pool for None; see above. `inputs` holds the pool's."""
    random = np.random.default_rng(seed)
    some = len(dataset.pool) if labels is None else min(LABELLED_MICROGRAPHS, len(dataset.pool))
    chosen = [dataset.pool[i] for i in sorted(random.choice(len(dataset.pool), some, replace=False))]
    wanted = sum(len(dataset.particles.get(name, ())) for name in chosen) if labels is None else labels
    background = [_background(dataset, chosen, inputs, random) for _ in range(wanted)]
    return TrainingSet(
        inputs=inputs,
        particles=_some(dataset.particles, chosen, labels, random),
        background=_grouped(background),
        contamination=_some(dataset.contamination, dataset.pool, labels, random),
    )


def draw_persons_labels(dataset: Dataset, inputs: Mapping[str, NetworkInput], labels: int, seed: int) -> TrainingSet:
    """The labels that a person would set of one seed; see above. `inputs` holds the pool's."""
    random = np.random.default_rng(seed)
    names = [name for name in dataset.pool if len(dataset.particles.get(name, ()))]
    some = min(PERSONS_MICROGRAPHS, len(names))
    chosen = [names[i] for i in sorted(random.choice(len(names), some, replace=False))]
    particles, background = {}, {}
    for name, wanted in zip(chosen, _shares(labels, some), strict=True):
        size = np.array([inputs[name].width, inputs[name].height])
        low, high = _window(dataset.particles[name], size, wanted, random)
        within = _within(dataset.particles[name], low, high)
        particles[name] = within[random.permutation(len(within))[:wanted]]
        background[name] = _emptiest(dataset, name, random.uniform(low, high, (100 * wanted, 2)), 2 * wanted)
    few = max(1, labels // PERSONS_CONTAMINATION)
    return TrainingSet(inputs, particles, background, _some(dataset.contamination, chosen, few, random))


def _shares(whole: int, parts: int) -> list[int]:
    return [whole * (i + 1) // parts - whole * i // parts for i in range(parts)]


def _window(
    particles: Points, size: NDArray[np.int_], wanted: int, random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The corners of a window around one of the particles, with `wanted` of them or all."""
    middle, part = particles[random.integers(len(particles))], WINDOW
    while True:
        low = np.clip(middle - part * size / 2, 0, size - part * size)
        high = low + part * size
        if part >= 1 or len(_within(particles, low, high)) >= wanted:
            return low, high
        part = min(1.0, 2 * part)


def _within(points: Points, low: NDArray[np.float64], high: NDArray[np.float64]) -> Points:
    return points[((points >= low) & (points <= high)).all(axis=1)]


def _emptiest(dataset: Dataset, name: str, places: Points, wanted: int) -> Points:
    """The first `wanted` places off the particles, or, where there are too few, the farthest."""
    gaps = np.minimum(cKDTree(dataset.particles[name]).query(places)[0], BACKGROUND * dataset.diameter_px)
    return places[np.argsort(-gaps, kind="stable")[:wanted]]


def _some(
    points: Mapping[str, Points], names: list[str], labels: int | None, random: np.random.Generator
) -> dict[str, Points]:
    every = [(name, place) for name in names for place in points.get(name, ())]
    count = len(every) if labels is None else min(labels, len(every))
    return _grouped([every[i] for i in random.choice(len(every), count, replace=False)])


def _background(
    dataset: Dataset, names: list[str], inputs: Mapping[str, NetworkInput], random: np.random.Generator
) -> tuple[str, Points]:
    while True:
        name = names[random.integers(len(names))]
        place = random.uniform((0, 0), (inputs[name].width, inputs[name].height))
        particles = dataset.particles.get(name, as_points([]))
        if not len(particles) or cKDTree(particles).query(place)[0] >= BACKGROUND * dataset.diameter_px:
            return name, place


def _grouped(places: list[tuple[str, Points]]) -> dict[str, Points]:
    grouped = defaultdict(list)
    for name, place in places:
        grouped[name].append(place)
    return {name: np.array(points) for name, points in grouped.items()}


def score_picks(dataset: Dataset, picks: Mapping[str, Picks]) -> Figures:
    """The referee's figures over the test micrographs, and F1 of the picks that the default thresholds show."""
    scores, hits, dirty, shown, positives, dirt_points = [], [], [], [], 0, 0
    for name in dataset.test:
        found, truth = picks[name], dataset.particles.get(name, as_points([]))
        places, ranks = found[:, :2].astype(np.float64), combined_score(found)
        dirt = dataset.contamination.get(name, as_points([]))
        right = evaluate.match(places, ranks, truth, dataset.diameter_px)
        scores.append(ranks)
        hits.append(right)
        dirty.append(evaluate.on_contamination(places, right, dirt, dataset.diameter_px))
        visible = (found[:, 2] >= DEFAULT_PARTICLE_THRESHOLD) & (found[:, 3] <= DEFAULT_CONTAMINATION_THRESHOLD)
        shown.append(evaluate.agreement(truth, places[visible], dataset.diameter_px))
        positives, dirt_points = positives + len(truth), dirt_points + len(dirt)
    curve = evaluate.precision_recall(np.concatenate(scores), np.concatenate(hits), positives)
    best = evaluate.best_f1(curve)
    in_order = np.argsort(-np.concatenate(scores), kind="stable")
    return {
        "AP": evaluate.average_precision(curve),
        "best_F1": best.f1,
        "F1_at_defaults": sum(shown, evaluate.Agreement()).f1,
        "precision": best.precision,
        "recall": best.recall,
        "picks_on_contamination": int(np.concatenate(dirty)[in_order][: best.picks].sum()),
        "contamination_points": dirt_points,
    }


def run_benchmark(
    folder: Path,
    labels: int | None = 20,
    seeds: int = 5,
    picks_folder: Path | None = None,
    report: Report = lambda text: None,
    settings: Settings | None = None,
    draw: Draw = "random",
) -> dict[str, Any]:
    """Run the protocol for seeds 0 ... seeds - 1. Returns its figures as median, min and max over the seeds.

    `labels`: of each kind, or None for the ceiling, every label of the pool; the answer then says "all". With 0 there
    is but one seed, as nothing is drawn. `particle_only` trains and picks without contamination labels, or without the
    second network. `picks_folder` gets every candidate with its combined score as `both-<seed>.tsv` and
    `particle_only-<seed>.tsv`. `report` is told one line a network and seed.
    """
    dataset, device, settings = read_dataset(folder), best_device(), settings or Settings()
    seeds = seeds if labels != 0 else 1
    pool = {name: dataset.input(name, settings.input) for name in dataset.pool}
    figures: dict[str, list[Figures]] = {"particle_only": [], "both": []}
    for seed in range(seeds):
        for kind, runs in figures.items():
            started = time.perf_counter()
            networks = make_networks(dataset, pool, labels, seed, settings, draw, kind == "particle_only")
            trained = time.perf_counter()
            picks = {name: pick(networks, dataset.input(name, settings.input), device) for name in dataset.test}
            seconds = {
                "train_seconds": trained - started if labels != 0 else 0.0,
                "seconds_per_micrograph": (time.perf_counter() - trained) / len(dataset.test),
            }
            runs.append(score_picks(dataset, picks) | seconds)
            if picks_folder is not None:
                write_picks(picks_folder / f"{kind}-{seed}.tsv", picks)
            report(f"seed {seed} {kind}: " + ", ".join(f"{k} {v:.4g}" for k, v in runs[-1].items()))
    spread = {kind: {key: _spread([f[key] for f in runs]) for key in runs[0]} for kind, runs in figures.items()}
    many = "all" if labels is None else labels
    return {"dataset": dataset.name, "labels": many, "seeds": seeds, "device": device_name(device), **spread}


def make_networks(
    dataset: Dataset,
    pool: Mapping[str, NetworkInput],
    labels: int | None,
    seed: int,
    settings: Settings | None = None,
    draw: Draw = "random",
    particle_only: bool = False,
) -> Networks:
    """Train on the labels of a seed, or take the networks that come with CryoWeb. `pool`: the images of the pool."""
    device = best_device()
    if labels == 0:
        shipped = shipped_networks([*pool.values()], settings, device)
        return replace(shipped, contamination=None) if particle_only else shipped
    if draw == "person" and labels is not None:
        examples = draw_persons_labels(dataset, pool, labels, seed)
    else:
        examples = draw_labels(dataset, pool, labels, seed)
    if particle_only:
        examples = replace(examples, contamination={})
    return train(examples, settings, seed, device)


def write_picks(path: Path, picks: Mapping[str, Picks]) -> None:
    """A table for the referee: every candidate with its combined score."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(["image_name", "x_coord", "y_coord", "score"])
        for name, found in picks.items():
            for (x, y), score in zip(found[:, :2].tolist(), combined_score(found).tolist(), strict=True):
                rows.writerow([name, f"{x:.3f}", f"{y:.3f}", repr(score)])


def _spread(values: list[float]) -> Figures:
    return {"median": float(np.median(values)), "min": float(min(values)), "max": float(max(values))}


def table(figures: Mapping[str, Any]) -> str:
    """The answer of run_benchmark() for people: median and, in brackets, least and greatest."""
    lines = [
        f"{figures['dataset']}: {figures['labels']} labels of each kind, {figures['seeds']} seeds, {figures['device']}",
        f"{'':24}{'particle network alone':>26}{'both networks':>26}",
    ]
    for key in figures["both"]:
        cells = [figures[kind][key] for kind in ("particle_only", "both")]
        texts = (f"{c['median']:.3f} ({c['min']:.3f}-{c['max']:.3f})" for c in cells)
        lines.append(f"{key:24}" + "".join(f"{text:>26}" for text in texts))
    return "\n".join(lines)
