"""Class averages as if their job had run."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from picking import storage
from picking.models import Averages, Job, Project, Source
from picking.science.class_members import FILE, PICTURE, STACK, TABLE, ClassMembers

Rows = Sequence[tuple[float, ...]]
PICKS: Rows = [
    (1, 100.0, 50.0, 0.9, 0.1, 1, 0.5),
    (1, 200.0, 50.0, 0.7, np.nan, 1, 0.8),
    (1, 300.0, 50.0, 0.4, 0.6, 2, 0.2),
]
"""Micrograph, x, y, particle and contamination score, class, fit."""


def members(rows: Rows) -> ClassMembers:
    """Rows as PICKS has them."""
    micrograph, x, y, particle, contamination, number, fit = np.array(rows, np.float64).reshape(-1, 7).T
    ids, numbers = micrograph.astype(np.int64), number.astype(np.int64)
    return ClassMembers(ids, x, y, particle, contamination, numbers, fit)


def make_averages(project: Project, rows: Rows = PICKS, source: Source | None = None, **fields: Any) -> Averages:
    """Finished ones with these picks in their classes, and files."""
    held = members(rows)
    classes = [
        {"number": number, "count": count, "particle_score": 0.8, "contamination_score": None, "resolution": 12.5}
        for number, count in enumerate(np.bincount(held.number)[1:].tolist(), 1)
    ]
    source = source or Source.objects.filter(project=project, kind__in=Source.BY_NETWORKS).last()
    source = source or Source.objects.create(project=project, kind="first_guess", name="First guess")
    project.refresh_from_db(fields=["averages_made"])
    project.averages_made += 1
    project.save(update_fields=["averages_made"])
    values = {
        "number": project.averages_made,
        "source": source,
        "made_from": {"micrographs": None, "least_particle": None, "most_contamination": None, "classes": None},
        "diameter": 160.0,
        "pixel_size": 3.75,
        "size": 64,
        "columns": 10,
        "picks": len(held),
        "of": len(held),
        "done": 1.0,
        "round": 12,
        "classes": classes,
    } | fields
    values.setdefault("job", Job.objects.create(project=project, kind=Job.Kind.AVERAGE, status=Job.Status.FINISHED))
    made = Averages.objects.create(project=project, **values)
    folder = storage.averages_folder(made)
    folder.mkdir(parents=True, exist_ok=True)
    contents = {STACK: b"stack", TABLE: b"table", PICTURE: b"\x89PNG", FILE: held.as_bytes()}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return made
