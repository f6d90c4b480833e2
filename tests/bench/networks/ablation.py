"""What each step and each number of the recipe brings: the figures with all of it, less those without.

`make bench PARTS=ablation` takes about 45 minutes on two cores. `python -m tests.bench.networks.ablation
--kept FOLDER` goes on where it was stopped; `--only` names variants, `--on` grounds.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from itertools import product
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from unittest.mock import patch

import torch

from picking.science.benchmark import Dataset, Figures, score_picks
from picking.science.imaging.network_input import InputSettings, NetworkInput
from picking.science.nets import Recipe, pick, train
from picking.science.nets.model.file import load_nets, save_nets
from picking.science.nets.model.shallow import ShallowNet
from picking.science.nets.training.crops import Patches
from picking.science.nets.training.fit import fit
from tests.bench.networks.grounds import Ground, grounds
from tests.bench.networks.perturbed import changed, changed_labels
from tests.bench.networks.variants import FULL, VARIANTS, Variant

DRAWS = 1
"""Of labels, on each ground that is not spoilt."""
KEYS = {"AP": "AP", "best_F1": "best F1", "F1_at_defaults": "F1 at the defaults"}
WIDTH = 57
"""Of the column of names."""

Key = tuple[str, str]
"""The names of a variant and of a ground."""


def figures(kept: Path, variant: Variant, ground: Ground) -> Figures:
    """Train on the ground's labels and score its micrographs. kept: the folder of what several runs need."""
    torch.set_num_threads(1)
    settings = variant.settings
    dataset, inputs = _seen(kept, ground, settings.input)
    examples = changed_labels(dataset, inputs, ground.change, ground.draw)
    if variant.alone:
        examples = replace(examples, contamination={})
    with patch("picking.science.nets.training.train.fit", KeptFits(kept)):
        networks = train(examples, settings, ground.draw + variant.start)
    if networks.contamination and networks.contamination.outlier:
        networks.contamination.outlier.weight *= torch.tensor(variant.looks)
    return score_picks(dataset, {name: pick(networks, inputs[name]) for name in dataset.test})


@lru_cache(maxsize=32)
def _seen(kept: Path, ground: Ground, made_with: InputSettings) -> tuple[Dataset, dict[str, NetworkInput]]:
    return changed(ground.dataset(kept), ground.change, made_with)


class KeptFits:
    """fit(), except that a network fitted before to the same crops with the same recipe and seed is read from a file.

    Most variants differ in what is done with the networks, not in how these are fitted.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self,
        positives: Patches,
        negatives: Sequence[tuple[Patches, float]],
        recipe: Recipe,
        made_with: InputSettings,
        seed: int,
        *more: object,
    ) -> ShallowNet:
        uncalibrated = replace(recipe, calibration=(1.0, 0.0))
        digest = sha256(repr((uncalibrated, made_with, seed)).encode())
        for patches, part in [(positives, 1.0), *negatives]:
            digest.update(repr(part).encode() + patches.pixels.numpy().tobytes() + patches.centres.numpy().tobytes())
        path = self.folder / f"{digest.hexdigest()}.safetensors"
        if not path.exists():
            unfinished = path.with_suffix(f".{os.getpid()}")
            net = fit(positives, negatives, uncalibrated, made_with, seed, lambda step, loss: None)
            save_nets(unfinished, {"net": net})
            unfinished.rename(path)
        net = load_nets(path)[0]["net"]
        net.calibration.copy_(torch.tensor(recipe.calibration))
        return net


def measured(
    kept: Path, variants: Sequence[Variant], on: Sequence[Ground], workers: int
) -> Iterator[tuple[Variant, list[Figures]]]:
    """Each variant with its figures by ground; what rows.jsonl of the folder holds is not run again."""
    rows, known = kept / "rows.jsonl", dict[Key, Figures]()
    for line in rows.read_text().splitlines() if rows.exists() else []:
        variant_name, ground_name, found = json.loads(line)
        known[variant_name, ground_name] = found
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool, rows.open("a", buffering=1) as file:
        runs = {
            (variant.name, ground.name): pool.submit(figures, kept, variant, ground)
            for variant, ground in product(variants, on)
            if (variant.name, ground.name) not in known
        }
        for variant in variants:
            for ground in on:
                if run := runs.get(key := (variant.name, ground.name)):
                    known[key] = run.result()
                    file.write(json.dumps([*key, known[key]]) + "\n")
            yield variant, [known[variant.name, ground.name] for ground in on]


def brings(full: Sequence[Figures], without: Sequence[Figures], key: str) -> tuple[float, float, float]:
    """How much higher a figure is with the whole recipe than without a part of it: median, most and least."""
    higher = [a[key] - b[key] for a, b in zip(full, without, strict=True)]
    return median(higher), max(higher), min(higher)


def line(name: str, full: Sequence[Figures], without: Sequence[Figures]) -> str:
    """A row of the table. Last, the picks on contamination of all grounds that the part of the recipe spares."""
    spared = sum(b["picks_on_contamination"] - a["picks_on_contamination"] for a, b in zip(full, without, strict=True))
    cells = ["  ".join(f"{number:+.3f}" for number in brings(full, without, key)) for key in KEYS]
    return f"  {name:{WIDTH}}" + "    ".join(cells) + f"{spared:>8.0f}"


def run(
    kept: Path | None = None,
    only: Sequence[str] = (),
    on: Sequence[str] = (),
    draws: int = DRAWS,
    workers: int | None = None,
) -> None:
    variants = [variant for variant in VARIANTS if not only or variant.name in (FULL.name, *only)]
    chosen = [ground for ground in grounds(draws) if not on or ground.name in on]
    print(f"\nWhat a step or a number brings, over {'; '.join(ground.name for ground in chosen)}")
    titles = "".join(f"{title:<26}" for title in KEYS.values())
    print(f"  {'median, most and least':{WIDTH}}{titles}dirt", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = kept or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        full: list[Figures] = []
        for variant, found in measured(folder, variants, chosen, workers or os.cpu_count() or 1):
            full = full or found
            print(line(variant.name, full, found), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="What each step and number of the recipe brings.")
    parser.add_argument("--kept", type=Path, help="a folder in which to go on later")
    parser.add_argument("--only", nargs="*", default=(), help="names of variants")
    parser.add_argument("--on", nargs="*", default=(), help="names of grounds")
    parser.add_argument("--draws", type=int, default=DRAWS, help="of labels, on each ground that is not spoilt")
    parser.add_argument("--workers", type=int)
    options = parser.parse_args()
    run(options.kept, options.only, options.on, options.draws, options.workers)
