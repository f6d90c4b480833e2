"""How fast picks leave and come in, in each format, and how much memory that takes.

Each figure is of a process of its own, so that its peak of memory is its own too.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from picking.science.formats import FORMATS
from tests.bench.files import conversions, extraction
from tests.bench.tables import Cell, print_table

MICROGRAPHS, PICKS = 10_000, 500


def run() -> None:
    print(f"\nExport of {MICROGRAPHS:,} micrographs of {PICKS} picks, and reading it again")
    with tempfile.TemporaryDirectory() as folder:
        of_child(Path(folder), "make", MICROGRAPHS, PICKS)
        rows: list[list[Cell]] = []
        for key in FORMATS:
            written, read, whole = (of_child(Path(folder), work, key) for work in ("write", "read", "whole"))
            works = {"written": written, "read": read, "whole job": whole}
            for work, (seconds, processor, memory, _) in works.items():
                figures: list[Cell] = [round(seconds, 1), round(processor, 1), round(memory), round(written[3])]
                rows.append([f"{key}, {work}", *figures, f"{MICROGRAPHS * PICKS / seconds:,.0f}"])
        print_table(["", "s", "s of processors", "MB of memory", "MB of zip", "picks/s"], rows)
    conversions.run()
    extraction.run()


def of_child(data: Path, *arguments: object) -> list[float]:
    """What a process of its own found out (tests/bench/files/exporting.py)."""
    environment = {**os.environ, "CRYOWEB_DATA": str(data), "DJANGO_SETTINGS_MODULE": "cryoweb.settings"}
    command = [sys.executable, "-m", "tests.bench.files.exporting", *map(str, arguments)]
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    found: list[float] = json.loads(answer.stdout)
    return found
