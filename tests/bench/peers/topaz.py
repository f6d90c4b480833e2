"""Topaz's pretrained picker beside ours, on the same files in one run: `make bench-peers`.

Topaz (Bepler et al. 2019) lives in an environment of its own, .venv-peers. Its two commands are called as modules:
its joint entry point also loads the training code, which wants a torchvision that fits the torch at hand.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch

from picking.science.benchmark import Dataset, Figures, make_networks, read_dataset, score_picks
from picking.science.imaging.network_input import make_network_input
from picking.science.imaging.read import read_micrograph
from picking.science.imaging.write import write_mrc
from picking.science.nets import Networks, best_device, device_name, pick
from picking.science.picks import Picks, as_picks
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.tables import print_table
from tests.e2e.server import ROOT

PEERS = ROOT / ".venv-peers"
INSTALLED = PEERS / ".topaz"  # the Makefile's mark
MODEL = "resnet16_u64"
SHRINK = 8
APART = 0.5  # diameters between picks, as in ours


def run(folder: Path = REAL_DATA, labels: int = 20, seeds: int = 5) -> None:
    if not INSTALLED.is_file():
        sys.exit(f"Topaz is not installed in {INSTALLED.parent}: run `make bench-peers`, which does that.")
    if not folder.is_dir():
        sys.exit(f"There are no micrographs to compare on: {folder} is not here.")
    data = read_dataset(folder)
    with tempfile.TemporaryDirectory() as name:
        files = as_mrc(data, Path(name))
        pool = {name: data.input(name) for name in data.pool}
        runs = [pick_ours(data, files, make_networks(data, pool, labels, seed)) for seed in range(seeds)]
        ours = {key: float(np.median([figures[key] for figures in runs])) for key in runs[0]}
        theirs = pick_topaz(data, files, Path(name))
    device = device_name(best_device())
    print(f"\n{data.name}, {device}: pretrained Topaz ({MODEL}), and our networks from {labels} labels of each kind")
    print(f"(the median of {seeds} seeds)")
    compare({"Topaz": theirs, "CryoWeb": ours})


def compare(pickers: Mapping[str, Figures]) -> None:
    """A row a picker, and the last one's figures by those of the first."""
    print_table(
        ["", "AP", "best F1", "precision", "recall", "on contamination", "s/micrograph"],
        [
            [who, f["AP"], f["best_F1"], f["precision"], f["recall"], round(f["picks_on_contamination"]),
             f["seconds_per_micrograph"]]
            for who, f in pickers.items()
        ],
    )  # fmt: skip
    (_, theirs), *_, (_, ours) = pickers.items()
    speed = theirs["seconds_per_micrograph"] / ours["seconds_per_micrograph"]
    better = [f"{name} {ours[key] / theirs[key]:.2f}" for key, name in (("AP", "AP"), ("best_F1", "best F1"))]
    print(f"  CryoWeb / Topaz: {', '.join(better)}, speed {speed:.1f}")


def as_mrc(data: Dataset, folder: Path) -> dict[str, Path]:
    """The test micrographs as MRC files in the folder, by name."""
    files = {test: folder / f"{test}.mrc" for test in data.test}
    for test, path in files.items():
        write_mrc(path, data.pixels(test), data.pixel_size)
    return files


def pick_ours(data: Dataset, files: Mapping[str, Path], networks: Networks) -> Figures:
    """The time is that of reading, input, networks and peaks."""
    device = best_device()
    begun = time.perf_counter()
    picks = {
        name: pick(networks, make_network_input(read_micrograph(path).pixels, data.pixel_size, data.diameter), device)
        for name, path in files.items()
    }
    return score_picks(data, picks) | {"seconds_per_micrograph": (time.perf_counter() - begun) / len(files)}


def pick_topaz(data: Dataset, files: Mapping[str, Path], folder: Path) -> Figures:
    """`preprocess` and `extract` on as many threads as ours; the seconds they take to start are not counted."""
    small, table = folder / "small", folder / "picks.tsv"
    small.mkdir()
    threads, gpu = str(torch.get_num_threads()), "0" if best_device().type == "cuda" else "-1"
    radius = str(round(APART * data.diameter_px / SHRINK))
    common = ["-d", gpu, "-j", threads]
    seconds = topaz("preprocess", "-s", str(SHRINK), *common, "-o", f"{small}/", *map(str, files.values()))
    inputs = [str(small / path.name) for path in files.values()]
    seconds += topaz("extract", "-m", MODEL, "-r", radius, "-x", str(SHRINK), *common, "-o", str(table), *inputs)
    return score_picks(data, read_picks(table, data.test)) | {"seconds_per_micrograph": seconds / len(files)}


def topaz(command: str, *arguments: str) -> float:
    """Run a command of Topaz; returns its seconds without those of its start."""
    environment = os.environ | {"OMP_NUM_THREADS": str(torch.get_num_threads())}
    times = []
    for told in (["--help"], arguments):
        begun = time.perf_counter()
        line = [str(PEERS / "bin" / "python"), "-m", f"topaz.commands.{command}", *told]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
        times.append(time.perf_counter() - begun)
        if done.returncode:
            sys.exit(f"`topaz {command}` failed; remove .venv-peers and run `make bench-peers` again.\n{done.stderr}")
    return times[1] - times[0]


def read_picks(path: Path, names: list[str]) -> dict[str, Picks]:
    """Topaz's table of whole pixels; its scores are log-likelihood ratios, which rank as well as any."""
    rows = defaultdict(list)
    with path.open(newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            rows[row["image_name"]].append((float(row["x_coord"]), float(row["y_coord"]), float(row["score"]), 0))
    return {name: as_picks(rows[name]) for name in names}
