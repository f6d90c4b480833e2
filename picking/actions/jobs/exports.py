"""Exports: ask for one, finish it, remove it; old ones go by themselves."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from picking import events, storage, wire
from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project
from picking.models import Export, Job, Project, User
from picking.models.export import KEPT
from picking.queries.exports.frozen_export import outgoing_of
from picking.refusals import Conflict

MOST_KEPT = 20
"""Of a project. Of more, the oldest are deleted."""
MOST_WAITING = 5
"""That one person may have in a project."""


@dataclass(frozen=True)
class FinishedExport:
    """`stored_as`: the zip's name in the project's folder of exports."""

    stored_as: str
    size: int
    sha256: str
    manifest: wire.ManifestWire


def start_export(project_id: int, actor: User, options: wire.ExportOptions) -> Export:
    """Anyone who sees a project may export it, archived or not.

    Raises Refused where the options make no sense for this project now, Conflict where too many wait.
    """
    left_out = outgoing_of(Project.objects.get(pk=project_id), options).left_out  # the file of a snapshot may be large
    with locked_project(project_id) as project:
        waiting = project.exports.filter(created_by=actor, job__status__in=jobs.ACTIVE)
        if waiting.count() >= MOST_WAITING:
            raise Conflict(f"{MOST_WAITING} of your exports are not finished yet. Wait, or cancel one.")
        only = project.micrographs.filter(pk=options.micrograph).first() if options.micrograph else None
        name = slugify((only.name if only else project.name).replace("/", "-"))[:200] or "picks"
        job = jobs.queue_job(project, actor, Job.Kind.EXPORT, name=f"{name}-{options.format}")
        return Export.objects.create(
            project=project,
            job=job,
            format=options.format,
            options=asdict(options),
            file_name=f"{name}-{options.format}.zip",
            left_out=wire.left_out_wire(left_out),
            created_by=actor,
        )


def finish_export(claimed: jobs.Claim, made: FinishedExport) -> None:
    """Offers the file. The oldest exports of the project beyond MOST_KEPT go."""
    with jobs.fenced(claimed) as (project, job):
        export = Export.objects.get(job=job)
        export.stored_as, export.size, export.sha256 = made.stored_as, made.size, made.sha256
        export.manifest, export.counts = made.manifest, made.manifest["counts"]
        export.left_out = made.manifest["left_out"]
        export.save()
        _delete(project.exports.exclude(job__status__in=jobs.ACTIVE).exclude(pk=export.pk)[MOST_KEPT - 1 :])
        jobs.finish(project, job)


def remove_export(export: Export, actor: User) -> None:
    """Deletes an export and its file; stops it where it is not finished."""
    with locked_project(export.project_id) as project:
        job = export.job
        if job.status in jobs.ACTIVE:
            jobs.cancel(job, actor)
        else:
            events.append(project, events.ExportRemoved(name=export.file_name), actor)
        _delete([export])


def clear_old_exports() -> int:
    """Deletes those that were kept long enough, and returns how many."""
    old = Export.objects.filter(created_at__lt=timezone.now() - KEPT).exclude(job__status__in=jobs.ACTIVE)
    count = 0
    for export in old.select_related("job"):
        with locked_project(export.project_id, deleted=True):
            _delete([export])
        count += 1
    return count


def _delete(exports: Iterable[Export]) -> None:
    for export in exports:
        transaction.on_commit(partial(_delete_files, export.project_id, export.pk), robust=True)
        export.delete()


def _delete_files(project_id: int, export_id: int) -> None:
    """Those that a killed worker left as well."""
    for file in storage.exports_folder(project_id).glob(f"{export_id}-*"):
        file.unlink(missing_ok=True)
