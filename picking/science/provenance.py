"""Where each exported coordinate comes from, as a table beside the files that cannot say it themselves."""

import csv
import io

import numpy as np

from picking.science.formats.coordinates import Coordinates
from picking.science.formats.csv import no_formula
from picking.science.formats.whence import Whence

FILE = "provenance.csv"
COLUMNS = (
    *("micrograph", "x", "y", "origin", "person", "created", "training"),
    *("particle_score", "contamination_score", "particle_threshold", "contamination_threshold", "source"),
)
"""`x`, `y`: full-resolution pixels, before any flip or scale. `origin`: label, pick, accepted, moved or import, and
guess for a pick of the first guess.

`training`: the version whose networks picked there; empty without one. Thresholds: those that held there.
"""


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
    for (x, y), (source, author, created), (particle, contamination), (origin, training, *thresholds) in zip(
        picks.xy.tolist(), texts, scores, whence.of(picks), strict=True
    ):
        write(
            [
                *(no_formula(name), x, y, origin, no_formula(author), created, training or ""),
                *("" if np.isnan(score) else score for score in (particle, contamination)),
                *("" if threshold is None else threshold for threshold in thresholds),
                no_formula(source) if origin == "import" else "",
            ]
        )
    return out.getvalue().encode()
