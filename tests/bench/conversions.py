"""How fast coordinates are converted, beside `topaz convert` where it is there: `python -m tests.bench.conversions`.

Every conversion is a process of its own; ours reads back what it wrote, too.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from picking.science.formats import FORMATS
from tests.bench.tables import Cell, print_table
from tests.peers.environment import PEERS, PYTHON

MICROGRAPHS, PICKS = 2_000, 500
OPTIONS = ("--box", "200", "--size", "5760,4092", "--pixel-size", "0.83", "--overwrite")
THEIRS = {("topaz", "relion_particles"): "x.star", ("topaz", "eman_box"): "boxes/", ("topaz", "eman2_json"): "info/"}
"""What `topaz convert` does too, and what it writes then."""


@dataclass(frozen=True)
class Measured:
    """Seconds of a process, and the most memory it used in MB."""

    seconds: float
    memory: float


def run(micrographs: int = MICROGRAPHS, picks: int = PICKS) -> None:
    """Prints a table: from, to, thousand picks a second, MB; and how much longer Topaz takes."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            _row(Path(folder), one, other, micrographs * picks)
            for one, other in _pairs(Path(folder), micrographs, picks)
        ]
    print(
        f"\nConversions of {micrographs * picks:,} coordinates of {micrographs:,} micrographs, read back and compared"
    )
    print_table(["from → to", "1000 a second", "MB", "topaz convert: 1000 a second", "ours to theirs"], rows)


def _pairs(folder: Path, micrographs: int, picks: int) -> list[tuple[str, str]]:
    """The conversions; their input is written first, as each format holds it."""
    random = np.random.default_rng(0)
    with (folder / "in.csv").open("w") as file:
        file.write("micrograph,x,y,particle_score\n")
        for n in range(micrographs):
            rows = random.uniform(0, (5759, 4091, 1), (picks, 3)).tolist()
            file.writelines(f"mic_{n}.mrc,{x:.3f},{y:.3f},{score:.4f}\n" for x, y, score in rows)
    own = [("csv", key) for key in FORMATS if key != "csv"] + [("relion_particles", "csv")]
    return own + [pair for pair in THEIRS if set(pair) <= FORMATS.keys()]


def _row(folder: Path, one: str, other: str, picks: int) -> list[Cell]:
    given = folder / "in.csv"
    if one != "csv":
        given = folder / one
        _measured(*_ours("csv", one, folder / "in.csv", given))
    ours = _measured(*_ours(one, other, given, folder / f"out_{other}"))
    theirs = _theirs(folder, given, other) if (one, other) in THEIRS and (PEERS / ".topaz").is_file() else None
    rates = [round(picks / 1000 / each.seconds) if each else "–" for each in (ours, theirs)]
    ratio = f"{theirs.seconds / ours.seconds:.1f}" if theirs else "–"
    return [f"{one} → {other}", rates[0], round(ours.memory), rates[1], ratio]


def _ours(one: str, other: str, given: Path, out: Path) -> tuple[str, ...]:
    command = (sys.executable, "-m", "picking.science.convert", *OPTIONS)
    return (*command, "--from", one, "--to", other, str(given), str(out))


def _theirs(folder: Path, given: Path, other: str) -> Measured:
    out = folder / f"theirs_{other}" / THEIRS["topaz", other]
    (out if THEIRS["topaz", other].endswith("/") else out.parent).mkdir(parents=True)
    where = f"{out}/" if out.is_dir() else str(out)
    to = ("--to", "json") if other == "eman2_json" else ()
    table = str(next(given.rglob("*.txt")))
    return _measured(str(PYTHON), "-m", "topaz.commands.convert", table, "-o", where, "--boxsize", "200", *to)


def _measured(*command: str) -> Measured:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{json.dumps(command)} ended with {process.returncode}")
    return Measured(time.perf_counter() - start, used.ru_maxrss / 1024)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--micrographs", type=int, default=MICROGRAPHS)
    parser.add_argument("--picks", type=int, default=PICKS, help="of a micrograph")
    run(**vars(parser.parse_args()))
