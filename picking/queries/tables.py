"""Marks and picks as tables: structured arrays, one row each, for programs that read many at once."""

from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from picking.models import Label, Micrograph, Project
from picking.queries.final_picks import final_picks

Table = NDArray[Any]
LABELS = np.dtype([("x", "<f8"), ("y", "<f8"), ("kind", "<U13")])
FINAL_PICKS = np.dtype(
    [
        ("micrograph", "<i8"),
        ("x", "<f8"),
        ("y", "<f8"),
        ("particle_score", "<f4"),
        ("contamination_score", "<f4"),
        ("source", "<U7"),
    ]
)


def label_table(labels: QuerySet[Label]) -> Table:
    """(n,) of LABELS: centres in full-resolution pixels."""
    return np.array(list(labels.values_list("x", "y", "kind")), LABELS)


def final_pick_table(project: Project, micrographs: QuerySet[Micrograph], reader: int) -> Table:
    """(n,) of FINAL_PICKS: centres in full-resolution pixels; scores are NaN where no network saw the particle."""
    rows = [
        (
            found.micrograph.pk,
            pick.x,
            pick.y,
            _or_nan(pick.particle_score),
            _or_nan(pick.contamination_score),
            pick.source,
        )
        for found in final_picks(project, micrographs, reader)
        for pick in found.picks
    ]
    return np.array(rows, FINAL_PICKS)


def _or_nan(score: float | None) -> float:
    return np.nan if score is None else score
