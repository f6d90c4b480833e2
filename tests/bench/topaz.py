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

import torch

from picking.science.benchmark import Dataset, Figures, draw_labels, read_dataset, score_picks
from picking.science.imaging.network_input import make_network_input
from picking.science.imaging.read import read_micrograph
from picking.science.imaging.write import write_mrc
from picking.science.nets import best_device, device_name, pick, train
from picking.science.picks import Picks, as_picks
from tests.bench.accuracy import REAL_DATA
from tests.bench.tables import print_table
from tests.e2e.server import ROOT

PYTHON = ROOT / ".venv-peers" / "bin" / "python"
MODEL = "resnet16_u64"
SHRINK = 8
APART = 0.5  # diameters between picks, as in ours


def run(folder: Path = REAL_DATA, labels: int = 20) -> None:
    if not PYTHON.is_file():
        sys.exit(f"Topaz is not installed in {PYTHON.parents[1]}: run `make bench-peers`, which does that.")
    if not folder.is_dir():
        sys.exit(f"There are no micrographs to compare on: {folder} is not here.")
    data = read_dataset(folder)
    with tempfile.TemporaryDirectory() as name:
        files = {test: Path(name) / f"{test}.mrc" for test in data.test}
        for test, path in files.items():
            write_mrc(path, data.pixels(test), data.pixel_size)
        ours = pick_ours(data, files, labels)
        theirs = pick_topaz(data, files, Path(name))
    device = device_name(best_device())
    print(f"\nTopaz's pretrained {MODEL}, and ours from {labels} labels of each kind: {data.name}, {device}")
    rows = {"Topaz": theirs, "CryoWeb": ours}
    figures = ("AP", "best_F1", "precision", "recall", "picks_on_contamination", "seconds_per_micrograph")
    print_table(
        ["", "AP", "best F1", "precision", "recall", "on contamination", "s/micrograph"],
        [
            [who, *(f[key] if key != "picks_on_contamination" else int(f[key]) for key in figures)]
            for who, f in rows.items()
        ],
    )
    ratios = {key: ours[key] / theirs[key] for key in ("AP", "best_F1")}
    speed = theirs["seconds_per_micrograph"] / ours["seconds_per_micrograph"]
    print(f"  CryoWeb / Topaz: AP {ratios['AP']:.2f}, best F1 {ratios['best_F1']:.2f}, speed {speed:.1f}")


def pick_ours(data: Dataset, files: Mapping[str, Path], labels: int) -> Figures:
    """Train on seed 0 of the protocol; the time is that of reading, input, networks and peaks."""
    device = best_device()
    examples = draw_labels(data, {name: data.input(name) for name in data.pool}, labels, 0)
    networks = train(examples, seed=0, device=device)
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
        line = [str(PYTHON), "-m", f"topaz.commands.{command}", *told]
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
