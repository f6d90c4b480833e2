"""Where each exported coordinate comes from, as a table beside the files that cannot say it themselves."""

import csv
import io
from dataclasses import dataclass, field

import numpy as np

from picking.science.formats.coordinates import Coordinates
from picking.science.formats.csv import cell
from picking.science.frozen import origin_of

FILE = "provenance.csv"
COLUMNS = (
    *("micrograph", "x", "y", "origin", "person", "created", "training"),
    *("particle_score", "contamination_score", "particle_threshold", "contamination_threshold", "source"),
)
"""`x`, `y`: full-resolution pixels, before any flip or scale. `origin`: label, pick, accepted, moved or import.

`training`: the version whose networks picked there; empty without one. Thresholds: those that held there.
"""


@dataclass(frozen=True)
class Whence:
    """What decided on one micrograph's final picks. `training`: version of the networks. `moved`: places of moves."""

    particle_threshold: float
    contamination_threshold: float
    training: int | None
    moved: set[tuple[float, float]] = field(default_factory=set)


def heading() -> bytes:
    """The first line."""
    return (",".join(COLUMNS) + "\r\n").encode()


def rows(name: str, picks: Coordinates, whence: Whence) -> bytes:
    """One line a coordinate of one micrograph."""
    out = io.StringIO()
    write = csv.writer(out).writerow
    none = ("",) * len(picks)
    texts = zip(picks.source or none, picks.author or none, picks.created or none, strict=True)
    scores = zip(*(column.tolist() for column in picks.scores), strict=True)
    for (x, y), (source, author, created), (particle, contamination) in zip(
        picks.xy.tolist(), texts, scores, strict=True
    ):
        origin = origin_of(source, (x, y) in whence.moved)
        scored = not np.isnan(particle) and origin != "import"
        write(
            [
                *(_safe(name), x, y, origin, _safe(author), created, (whence.training or "") if scored else ""),
                *("" if np.isnan(score) else score for score in (particle, contamination)),
                *((whence.particle_threshold, whence.contamination_threshold) if origin == "pick" else ("", "")),
                _safe(source) if origin == "import" else "",
            ]
        )
    return out.getvalue().encode()


def _safe(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return next(csv.reader([cell(text)]))[0] if text else ""
