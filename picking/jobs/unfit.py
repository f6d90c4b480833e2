"""Marks that cannot be used: they are left out and named, so that none of them stops a training."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from picking.models import Micrograph, Project
from picking.queries.micrographs.micrographs import included
from picking.science.picks import as_points
from picking.science.polygon import clipped

SHOWN = 2
"""This many are named, the others counted. The names must fit into a job's message."""
NAME = 40
"""Longer micrograph names are cut to this many characters."""


def unfit_marks(micrograph: Micrograph, marks: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Removes marks that are not on the micrograph from `marks`, and says where each one is."""
    pk, name = str(micrograph.pk), micrograph.name[:NAME]
    last = (micrograph.width - 0.5, micrograph.height - 0.5)
    for kind, by_micrograph in marks.items():
        kept = []
        for mark in by_micrograph.get(pk, ()):
            places = as_points(mark if kind == "region" else mark[:2])
            fit = (
                len(clipped(places, micrograph.width, micrograph.height)) > 0
                if kind == "region"
                else bool(((places >= -0.5) & (places <= last)).all())
            )
            if fit:
                kept.append(mark)
            else:
                yield f"the {kind} mark at {_place(places)} of {name} is not on the image"
        if pk in by_micrograph:
            by_micrograph[pk] = kept


def not_read(project: Project) -> Iterator[str]:
    """Says of how many micrographs the marks are not read yet, whether there are any."""
    if blind := included(project).filter(blind=True).count():
        yield f"{blind} micrograph{'s' if blind > 1 else ''} that {'are' if blind > 1 else 'is'} labelled blind"


def left_out(problems: Sequence[str]) -> str:
    """One sentence for a job's message; empty where there is nothing to say."""
    if not problems:
        return ""
    more = len(problems) - SHOWN
    return f"Left out: {'; '.join(problems[:SHOWN])}{f'; and {more} more' if more > 0 else ''}."


def _place(places: np.ndarray[Any, np.dtype[np.float64]]) -> str:
    x, y = places[0].tolist() if len(places) else (np.nan, np.nan)
    return f"({x:.4g}, {y:.4g})"
