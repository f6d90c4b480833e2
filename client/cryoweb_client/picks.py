"""Picks: the places that count in the end, as they are downloaded."""

import csv
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cryoweb_client.arrays import numpy

if TYPE_CHECKING:
    import numpy as np

FILE = "picks.csv"


class Pick(NamedTuple):
    """A particle centre, pixels. Scores are in [0, 1]; None where a person placed it."""

    x: float
    y: float
    particle_score: float | None
    contamination_score: float | None


def read_picks(archive: Path) -> dict[str, list[Pick]]:
    """The picks of each micrograph, by its file's name, from a download as CSV."""
    found: dict[str, list[Pick]] = {}
    with zipfile.ZipFile(archive) as opened, opened.open(FILE) as file:
        for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline="")):
            scores = (_score(row["particle_score"]), _score(row["contamination_score"]))
            found.setdefault(row["micrograph"], []).append(Pick(float(row["x"]), float(row["y"]), *scores))
    return found


def as_arrays(picks: Mapping[str, list[Pick]]) -> "dict[str, np.ndarray]":
    """(n, 4) float64 for each micrograph: x, y, particle score, contamination score; NaN for no score. Needs NumPy."""
    np = numpy()
    return {name: np.array(rows, np.float64).reshape(-1, 4) for name, rows in picks.items()}


def _score(cell: str) -> float | None:
    return float(cell) if cell else None
