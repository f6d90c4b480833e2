"""Named snapshots: ask for one, finish it, delete it. Nothing changes one."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from picking import events, storage
from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project
from picking.actions.names import fit_name
from picking.models import Job, NamedSnapshot, Project, User
from picking.queries.micrographs.micrographs import included
from picking.refusals import Conflict, Refused
from picking.wire.named_snapshot import SnapshotCountsWire


@dataclass(frozen=True)
class Frozen:
    """A whole file. `sequence`: of the last event that it holds."""

    stored_as: str
    size: int
    sha256: str
    sequence: int
    counts: SnapshotCountsWire


def start_snapshot(project_id: int, actor: User, name: str, note: str = "") -> NamedSnapshot:
    """Queues the making of one. Raises Refused for an unfit name or an empty project, Conflict while one is made."""
    fit = fit_name(name)
    if not fit:
        raise Refused("A snapshot needs a name, by which people cite it.")
    with locked_project(project_id) as project:
        if project.jobs.filter(kind=Job.Kind.SNAPSHOT, status__in=jobs.ACTIVE).exists():
            raise Conflict("A snapshot is being made already. Wait for it.")
        if not included(project).exists():
            raise Refused("There are no micrographs to keep. Add some first.")
        last = project.named_snapshots.aggregate(last=Max("number"))["last"] or 0
        job = jobs.queue_job(project, actor, Job.Kind.SNAPSHOT, name=fit)
        return NamedSnapshot.objects.create(
            project=project, number=last + 1, job=job, name=fit, note=note, created_by=actor
        )


def changed_since(project: Project, sequence: int) -> bool:
    """Whether a project holds something else than at an event: jobs that go on change nothing that is kept."""
    return project.events.filter(sequence__gt=sequence).exclude(type__startswith="job.").exists()


def finish_snapshot(claimed: jobs.Claim, made: Frozen) -> bool:
    """Keeps it for good, unless the project was changed while it was written: then returns False.

    Raises Cancelled where somebody stopped or deleted it meanwhile.
    """
    with jobs.fenced(claimed) as (project, job):
        if job.cancel_requested:
            raise jobs.Cancelled
        if changed_since(project, made.sequence):
            return False
        named = NamedSnapshot.objects.get(job=job)
        named.stored_as, named.size, named.sha256 = made.stored_as, made.size, made.sha256
        named.sequence, named.counts = made.sequence, made.counts
        named.save()
        jobs.finish(project, job)
    return True


def remove_snapshot(named: NamedSnapshot, actor: User) -> None:
    """Deletes its file. The row stays, also of one that was never finished: no number is given twice."""
    with locked_project(named.project_id) as project:
        named = project.named_snapshots.get(pk=named.pk)  # its job may have ended meanwhile
        jobs.stop(project, project.jobs.filter(named_snapshot=named), actor)
        named.removed_at, named.removed_by = timezone.now(), actor
        named.save(update_fields=["removed_at", "removed_by"])
        events.append(project, events.SnapshotRemoved(number=named.number, name=named.name), actor)
        if named.stored_as:
            path = storage.named_snapshot_path(named)
            transaction.on_commit(lambda: path.unlink(missing_ok=True), robust=True)
