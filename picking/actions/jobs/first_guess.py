"""The first guess: picks of the shipped networks, until a project has networks of its own (decision 0071)."""

from collections.abc import Mapping
from typing import Any

from picking import events, wire
from picking.actions.jobs import jobs
from picking.actions.jobs.averages import delete_averages_of
from picking.actions.locked_project import locked_project
from picking.models import Job, Project, Source
from picking.queries.jobs import due

NAME = "First guess"


def queue_guess(project: Project) -> None:
    """Queues the first guess of the locked project, unless it is under way, is not wanted or has picked all it can."""
    under_way = project.jobs.filter(kind=Job.Kind.GUESS, status__in=jobs.ACTIVE, cancel_requested=False)
    if due.guesses(project) and due.unpicked(project).exists() and not under_way.exists():
        for failed in project.jobs.filter(kind=Job.Kind.GUESS, status=Job.Status.FAILED, dismissed=False):
            jobs.take_off_list(project, failed)  # it is tried again now
        jobs.queue_job(project, None, Job.Kind.GUESS)


def begin_guess(claimed: jobs.Claim, how: Mapping[str, Any]) -> Source:
    """The source for the picks: a new one where the last was made otherwise. Raises Cancelled if no longer wanted.

    `how`: what decides what the shipped networks see and find, as plain values.
    """
    with jobs.fenced(claimed) as (project, job):
        if not due.guesses(project) or job.cancel_requested:
            raise jobs.Cancelled
        source = _guess(project)
        if source and source.how == how:
            return source
        _remove(project)
        source = Source.objects.create(
            project=project, kind=Source.Kind.FIRST_GUESS, name=_free_name(project), how=dict(how)
        )
        events.append(project, events.SourceAdded(source=wire.source_wire(source)))
    return source


def forget_guess(project: Project) -> None:
    """Stops the first guess of the locked project and removes its picks, where nothing newer has replaced them."""
    if project.current_training_id is None:
        jobs.stop_all(project, Job.Kind.GUESS)
        _remove(project)


def guess_where_due() -> int:
    """Queues the first guess of projects that never had one, and returns how many: those of before there were any."""
    never = Project.objects.filter(first_guess=True, current_training=None, archived_at=None, micrographs__isnull=False)
    never = never.exclude(jobs__kind=Job.Kind.GUESS).exclude(sources__kind=Source.Kind.FIRST_GUESS).distinct()
    queued = 0
    for project_id in never.values_list("pk", flat=True):
        with locked_project(project_id) as project:
            before = project.jobs.count()
            queue_guess(project)
            queued += project.jobs.count() - before
    return queued


def _guess(project: Project) -> Source | None:
    return project.sources.filter(kind=Source.Kind.FIRST_GUESS).first()


def _remove(project: Project) -> None:
    if source := _guess(project):
        removed = source.pk
        delete_averages_of(project, source)
        source.delete()
        events.append(project, events.SourceRemoved(id=removed))


def _free_name(project: Project) -> str:
    """Somebody may have named imported picks so, before there were first guesses."""
    taken = set(project.sources.values_list("name", flat=True))
    return next(name for name in (NAME, *(f"{NAME} {n}" for n in range(2, len(taken) + 3))) if name not in taken)
