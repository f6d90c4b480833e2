"""The few-label benchmark: train on a few expert labels of a data set, pick its test micrographs, score the picks.

The labels of one seed come from the label pool (draws.py). With no label, the networks are those that come with
CryoWeb, which see the pool's images.
"""

import csv
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from picking.science import evaluate
from picking.science.benchmark.dataset import Dataset, read_dataset
from picking.science.benchmark.draws import draw_labels, draw_persons_labels, draw_verdicts
from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import Networks, Progress, Settings, best_device, device_name, pick, shipped_networks, train
from picking.science.picks import Picks, as_points, combined_score
from picking.science.thresholds import DEFAULT_CONTAMINATION_THRESHOLD, DEFAULT_PARTICLE_THRESHOLD

Draw = Literal["random", "person", "verdicts"]
Report = Callable[[str], object]
Figures = dict[str, float]
Kind = Literal["particle_only", "both"]


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
    is but one seed, as nothing is drawn. `particle_only` picks without the second network; training that changes
    nothing of the first. `picks_folder` gets every candidate with its combined score as `both-<seed>.tsv` and
    `particle_only-<seed>.tsv`. `report` is told one line a network and seed.
    """
    dataset, device, settings = read_dataset(folder), best_device(), settings or Settings()
    seeds = seeds if labels != 0 else 1
    pool = {name: dataset.input(name, settings.input) for name in dataset.pool}
    figures: dict[Kind, list[Figures]] = {"particle_only": [], "both": []}
    for seed in range(seeds):
        watch = _Watch()
        both = make_networks(dataset, pool, labels, seed, settings, draw, watch.see)
        trained: dict[Kind, float] = {"particle_only": watch.particle, "both": watch.now if labels != 0 else 0.0}
        networks: dict[Kind, Networks] = {"particle_only": replace(both, contamination=None), "both": both}
        for kind, runs in figures.items():
            started = time.perf_counter()
            picks = {name: pick(networks[kind], dataset.input(name, settings.input), device) for name in dataset.test}
            seconds = (time.perf_counter() - started) / len(dataset.test)
            took = {"train_seconds": trained[kind], "seconds_per_micrograph": seconds}
            runs.append(score_picks(dataset, picks) | took)
            if picks_folder is not None:
                write_picks(picks_folder / f"{kind}-{seed}.tsv", picks)
            report(f"seed {seed} {kind}: " + ", ".join(f"{k} {v:.4g}" for k, v in runs[-1].items()))
    spread: dict[str, Any] = {
        kind: {key: _spread([f[key] for f in runs]) for key in runs[0]} for kind, runs in figures.items()
    }
    many = "all" if labels is None else labels
    return {"dataset": dataset.name, "labels": many, "seeds": seeds, "device": device_name(device), **spread}


@dataclass
class _Watch:
    """Seconds since the beginning of a training, and until the particle network was done."""

    started: float = field(default_factory=time.perf_counter)
    particle: float = 0.0

    @property
    def now(self) -> float:
        return time.perf_counter() - self.started

    def see(self, progress: Progress) -> None:
        if progress.network == "particle":
            self.particle = self.now


def make_networks(
    dataset: Dataset,
    pool: Mapping[str, NetworkInput],
    labels: int | None,
    seed: int,
    settings: Settings | None = None,
    draw: Draw = "random",
    report: Callable[[Progress], None] = lambda progress: None,
) -> Networks:
    """Train on the labels of a seed, or take the networks that come with CryoWeb. `pool`: the images of the pool."""
    device = best_device()
    if labels == 0:
        return shipped_networks([*pool.values()], settings, device)
    if draw == "verdicts" and labels is not None:
        examples = draw_verdicts(dataset, pool, labels)
    elif draw == "person" and labels is not None:
        examples = draw_persons_labels(dataset, pool, labels, seed)
    else:
        examples = draw_labels(dataset, pool, labels, seed)
    return train(examples, settings, seed, device, report)


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
