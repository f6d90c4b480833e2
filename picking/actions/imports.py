"""Bring micrographs into a project: ask for the import of files, and complete or refuse each."""

import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import transaction

from picking import events, queries, storage
from picking.actions import jobs
from picking.actions.change import Refused, change, require_open
from picking.actions.trainings import queue_picking
from picking.models import Job, Micrograph, Project, User
from picking.science.imaging.file_name import micrograph_name


@dataclass(frozen=True)
class ImportedFile:
    """What the import job found; `key` names the folder it has put in place."""

    key: uuid.UUID
    width: int
    height: int
    pixel_size: float | None
    replaced_pixels: int = 0


def import_in_place(project_id: int, actor: User | None, files: Sequence[Path]) -> tuple[list[Job], list[str]]:
    """Queues the import of files that stay where they lie. Returns the jobs, and the names already there."""
    with change(project_id) as project:
        require_open(project)
        taken = taken_names(project)
        queued, skipped = [], []
        for file in files:
            if micrograph_name(file.name) in taken:
                skipped.append(file.name)
                continue
            taken.add(micrograph_name(file.name))
            queued.append(queue_import(project, actor, file.name, file, in_place=True))
    return queued, skipped


def queue_import(project: Project, actor: User | None, name: str, source: Path, in_place: bool) -> Job:
    """Queues one import in the locked project."""
    return jobs.queue_job(project, actor, Job.Kind.IMPORT, name=name, source=str(source), in_place=in_place)


def require_new_name(project: Project, file_name: str) -> None:
    """Refuses a file whose micrograph is in the project, or on its way into it."""
    name = micrograph_name(file_name)
    if name in taken_names(project):
        raise Refused(f"A micrograph named “{name}” is in this project already.")


def taken_names(project: Project) -> set[str]:
    """Names of the micrographs of a project and of those being imported."""
    names = set(project.micrographs.values_list("name", flat=True))
    coming = project.jobs.filter(kind=Job.Kind.IMPORT, status__in=jobs.ACTIVE)
    return names | {micrograph_name(name) for name in coming.values_list("name", flat=True)}


def finish_import(claimed: jobs.Claim, found: ImportedFile) -> Micrograph:
    """Makes the micrograph. Raises LostClaim when another worker has the job: the caller removes its folder."""
    with jobs.fenced(claimed) as (project, job):
        if job.cancel_requested:
            raise jobs.Cancelled
        micrograph = Micrograph.objects.create(
            project=project,
            key=found.key,
            name=micrograph_name(job.name),
            file_name=job.name,
            source=job.source if job.in_place else "",
            width=found.width,
            height=found.height,
            header_pixel_size=found.pixel_size,
            replaced_pixels=found.replaced_pixels,
        )
        events.append(project, events.MicrographAdded(micrograph=queries.micrograph_wire(micrograph)))
        jobs.finish(project, job)
        queue_picking(project, job.created_by)
    return micrograph


def remove_micrograph(micrograph: Micrograph, actor: User) -> None:
    """Takes a micrograph, with its marks and picks, out of the project and deletes its files."""
    with change(micrograph.project_id) as project:
        require_open(project)
        removed = micrograph.pk
        folder = storage.micrograph_folder(project.pk, micrograph.key)
        micrograph.delete()
        events.append(project, events.MicrographRemoved(id=removed), actor)
        transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))
