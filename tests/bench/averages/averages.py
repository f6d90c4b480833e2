"""Averages of simulated picks with known truth, and ASPIRE beside them where `make bench-peers` has installed it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from picking.science.averages.averages import Averages
from picking.science.averages.classify import classify
from picking.science.averages.purity import judged, neighbour_purity, purity
from picking.science.nets.device import best_device, device_name
from tests.bench.averages.simulated_picks import SimulatedPicks, simulated_picks
from tests.bench.peers.topaz import INSTALLED, PEERS
from tests.bench.tables import print_table

NEIGHBOURS = 50
SETS = {"five views of each": (5, 0.02), "five views, half the contrast": (5, 0.01), "any view": (0, 0.02)}
"""Views of each specimen and contrast."""

Row = list[str | int | float]


def run(number: int = 5000, sets: Sequence[str] = tuple(SETS)) -> None:
    peer = INSTALLED.is_file()
    print(f"\nAverages of {number:,} simulated picks of three specimens, {device_name(best_device())}")
    if not peer:
        print("(ASPIRE is not installed: `make bench-peers` does that.)")
    rows: list[Row] = []
    for name in sets:
        views, contrast = SETS[name]
        picks = simulated_picks(number, views, contrast=contrast)
        rows.append([name, "CryoWeb", *ours(picks)])
        if peer:
            rows.append([name, "ASPIRE", *aspire(picks)])
        print(f"  {name}: half of the picks take {ours(picks.some(number // 2))[1]} s")
    print_table(
        ["picks", "", "first averages, s", "final, s", "CPU, s", "classes", "purity: kind", "purity: view",
         "junk rejected", "particles lost"],
        rows,
    )  # fmt: skip


def ours(picks: SimulatedPicks) -> Row:
    begun, cpu, first = time.perf_counter(), time.process_time(), [0.0]

    def watch(averages: Averages, done: float) -> None:
        first[0] = first[0] or time.perf_counter() - begun

    found = classify(picks.boxes, picks.pixel_size, watch=watch)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    gone, lost = judged(found.members, picks.particle)
    pure = [purity(found.members, truth) for truth in (picks.kinds, picks.views)]
    return [round(first[0], 1), round(seconds, 1), round(cpu, 1), len(found.images), *pure, gone, lost]


def aspire(picks: SimulatedPicks) -> Row:
    """ASPIRE gives each crop a class of its nearest neighbours; its averages would need to be aligned after that."""
    neighbours, seconds = aspire_neighbours(picks)
    pure = [neighbour_purity(neighbours, truth) for truth in (picks.kinds, picks.views)]
    rejected = picks.particle[neighbours].mean(1) < 0.5
    gone, lost = rejected[~picks.particle].mean(), rejected[picks.particle].mean()
    return ["", round(seconds, 1), "", len(neighbours), *pure, float(gone), float(lost)]


def aspire_neighbours(picks: SimulatedPicks) -> tuple[NDArray[np.int64], float]:
    """(n, NEIGHBOURS), and the seconds without those of its start, on as many threads as ours."""
    with tempfile.TemporaryDirectory() as folder:
        crops, out = Path(folder) / "crops.npy", Path(folder) / "out.npz"
        np.save(crops, picks.boxes)
        threads = str(torch.get_num_threads())
        environment = os.environ | {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        line = [PEERS / "bin" / "python", Path(__file__).with_name("aspire_classes.py"), crops, picks.pixel_size,
                NEIGHBOURS, out]  # fmt: skip
        done = subprocess.run(
            list(map(str, line)), env=environment, cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"ASPIRE failed; remove .venv-peers and run `make bench-peers` again.\n{done.stderr[-2000:]}")
        with np.load(out) as found:
            return found["classes"], float(found["seconds"])
