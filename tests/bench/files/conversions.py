"""How fast coordinates are converted, beside `topaz convert` and cryohub where they are installed.

`python -m tests.bench.files.conversions`; `make bench PARTS=export` prints it, too.
Every conversion is a process of its own; ours reads back what it wrote, too.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from picking.science.formats import FORMATS
from tests.bench.tables import Cell, print_table
from tests.peers.environment import PEERS, PYTHON

INSTALLED = (PEERS / ".topaz").is_file()

MICROGRAPHS, PICKS = 2_000, 500
OPTIONS = ("--box", "200", "--size", "5760,4092", "--pixel-size", "0.83", "--overwrite")
THEIRS = {
    ("topaz", "relion_particles"): "topaz convert",
    ("topaz", "eman_box"): "topaz convert",
    ("topaz", "eman2_json"): "topaz convert",
    ("cryolo", "relion_particles"): "cryohub",
    ("relion_particles", "relion_particles"): "cryohub",
}
"""Which peer converts that, too."""
OUT = {"relion_particles": "x.star", "eman_box": "boxes/", "eman2_json": "info/"}
"""What `topaz convert` writes then."""
CRYOHUB = """
import sys
from cryohub import read
from cryohub.writing.star import write_star
write_star(read(*sys.argv[2:], strict=True), sys.argv[1], version="3.1")
"""
MEASURED = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(json.dumps([time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3]))
"""
"""In a small process: the memory of a command begins with what the process that starts it holds."""


@dataclass(frozen=True)
class Measured:
    """Seconds of a process, and the most memory it used in MB."""

    seconds: float
    memory: float


def run(micrographs: int = MICROGRAPHS, picks: int = PICKS) -> None:
    """Prints a table: from, to, seconds, MB; and those of a peer."""
    print(
        f"\nConversions of {micrographs * picks:,} coordinates of {micrographs:,} micrographs, the start of each "
        "program included; ours are read back and compared"
    )
    if not INSTALLED:
        print("Topaz and cryohub are not installed beside: `make .venv-peers/.topaz` does that.")
    with tempfile.TemporaryDirectory() as folder:
        pairs = _pairs(Path(folder), micrographs, picks)
        rows = [_row(Path(folder), one, other, micrographs * picks) for one, other in pairs]
    header = ["from → to", "s", "coordinates/s", "MB", "peer", "its s", "its MB", "its time / ours"]
    print_table(header, rows)


def _pairs(folder: Path, micrographs: int, picks: int) -> list[tuple[str, str]]:
    """The conversions; their input is written first, as each format holds it."""
    random = np.random.default_rng(0)
    with (folder / "in.csv").open("w") as file:
        file.write("micrograph,x,y,particle_score\n")
        for n in range(micrographs):
            rows = random.uniform(0, (5759, 4091, 1), (picks, 3)).tolist()
            file.writelines(f"mic_{n}.mrc,{x:.3f},{y:.3f},{score:.4f}\n" for x, y, score in rows)
    own = [("csv", key) for key in FORMATS if key != "csv"] + [("relion_particles", "csv")]
    return own + list(THEIRS)


def _row(folder: Path, one: str, other: str, picks: int) -> list[Cell]:
    given = folder / "in.csv"
    if one != "csv":
        given = folder / one
        _measured(*_ours("csv", one, folder / "in.csv", given))
    ours = _measured(*_ours(one, other, given, folder / f"out_{other}"))
    row: list[Cell] = [f"{one} → {other}", f"{ours.seconds:.1f}", f"{picks / ours.seconds:,.0f}", round(ours.memory)]
    peer = THEIRS.get((one, other), "") if INSTALLED else ""
    if not peer:
        return [*row, "", "", "", ""]
    theirs = _measured(*(_cryohub if peer == "cryohub" else _topaz)(folder, given, other))
    return [*row, peer, f"{theirs.seconds:.1f}", round(theirs.memory), f"{theirs.seconds / ours.seconds:.1f}"]


def _ours(one: str, other: str, given: Path, out: Path) -> tuple[str, ...]:
    command = (sys.executable, "-m", "picking.science.convert", *OPTIONS)
    return (*command, "--from", one, "--to", other, str(given), str(out))


def _topaz(folder: Path, given: Path, other: str) -> tuple[str, ...]:
    out = folder / f"topaz_{other}" / OUT[other]
    (out if OUT[other].endswith("/") else out.parent).mkdir(parents=True)
    where = f"{out}/" if out.is_dir() else str(out)
    to = ("--to", "json") if other == "eman2_json" else ()
    table = str(next(given.rglob("*.txt")))
    return (str(PYTHON), "-m", "topaz.commands.convert", table, "-o", where, "--boxsize", "200", *to)


def _cryohub(folder: Path, given: Path, other: str) -> tuple[str, ...]:
    """It takes the corners of boxes as they are, so that its centres are not ours."""
    files = sorted(str(path) for path in given.rglob("*") if path.is_file())
    return (str(PYTHON), "-c", CRYOHUB, str(folder / f"cryohub_{other}.star"), *files)


def _measured(*command: str) -> Measured:
    answer = subprocess.run([sys.executable, "-c", MEASURED, *command], check=True, stdout=subprocess.PIPE)
    return Measured(*json.loads(answer.stdout))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--micrographs", type=int, default=MICROGRAPHS)
    parser.add_argument("--picks", type=int, default=PICKS, help="of a micrograph")
    run(**vars(parser.parse_args()))
