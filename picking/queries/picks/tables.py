"""Marks and picks as tables: structured arrays, one row each, for programs that read many at once."""

from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from picking.models import Label, Micrograph, Project
from picking.queries.micrographs.final_picks import FinalPicks, final_picks

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
    parts = [_final_pick_rows(found) for found in final_picks(project, micrographs, reader)]
    return np.concatenate(parts, dtype=FINAL_PICKS) if parts else np.empty(0, FINAL_PICKS)


def _final_pick_rows(found: FinalPicks) -> Table:
    """Of one micrograph, column by column: no object is made for a pick."""
    picks = found.picks
    rows = np.empty(len(picks), FINAL_PICKS)
    rows["micrograph"] = found.micrograph.pk
    rows["x"], rows["y"] = picks.xy[:, 0], picks.xy[:, 1]
    rows["particle_score"], rows["contamination_score"] = picks.particle_score, picks.contamination_score
    rows["source"] = picks.source
    return rows
