"""Make a named snapshot: all that a project holds at one event, in one file."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.projects.named_snapshots import Frozen, finish_snapshot
from picking.files import written_whole
from picking.jobs.export import Reporter
from picking.models import Job, NamedSnapshot, Project
from picking.queries.exports.freeze import counts_wire, frozen_rows
from picking.science.frozen import write_frozen

ATTEMPTS = 3
"""Without holding people up; then they wait until it is written."""


def run(claimed: jobs.Claim, job: Job) -> None:
    """Written anew where somebody changed something meanwhile: a snapshot is of one moment."""
    named = NamedSnapshot.objects.select_related("created_by").get(job=job)
    path = storage.snapshots_folder(named.project_id) / f"{named.pk}-{claimed.fence}.jsonl.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        for _ in range(ATTEMPTS):
            with jobs.fenced(claimed) as (now, _):
                pass
            made = _write(now, named, path, Reporter(claimed))
            if finish_snapshot(claimed, made):
                return
        with jobs.fenced(claimed) as (project, _):
            finish_snapshot(claimed, _write(project, named, path, None))
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(project: Project, named: NamedSnapshot, path: Path, report: Reporter | None) -> Frozen:
    counted = Counter[str]()
    sequence = project.sequence
    with written_whole(path) as unfinished:
        digest = write_frozen(unfinished, _told(frozen_rows(project, named, counted), project, report))
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
    return Frozen(path.name, path.stat().st_size, digest, sequence, counts_wire(counted))


def _told(rows: Iterator[dict[str, Any]], project: Project, report: Reporter | None) -> Iterator[dict[str, Any]]:
    total = project.micrographs.count()
    for number, row in enumerate(rows):
        if report:
            report(number, total, "Writing")
        yield row
