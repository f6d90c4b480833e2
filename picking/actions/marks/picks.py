"""Keep what the networks propose."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from picking import events
from picking.actions.jobs import jobs
from picking.actions.jobs.validations import queue_validation
from picking.models import Job, Micrograph, PickSet, Project, Source
from picking.queries.jobs import due
from picking.queries.micrographs.micrographs import included
from picking.science.picks import Picks, pack

WORTH_HELP = 8
"""Micrographs: of fewer, another worker would hardly spare any time."""


def take_micrographs(claimed: jobs.Claim, source: Source, except_for: Collection[int]) -> list[Micrograph]:
    """The next micrographs to pick, which no other worker takes from now on; none where none is left for this one.

    What the worker took before is free again, apart from `except_for`: what it picks just now.
    The project is locked: of two workers that ask at once, each gets others. What a worker had begun when it died is
    free again once its lease has run out.
    """
    with jobs.fenced(claimed) as (project, job):
        following = due.next_to_pick(project, source, {*except_for, *due.begun_by_others(job)})
        if following.micrographs:
            job.begun = [*except_for, *(each.pk for each in following.micrographs)]
            total = included(project).count()
            message = job.message or f"Picking {following.micrographs[0].name}"
            jobs.note_progress(project, job, total - following.left, total, message)
            _call_for_help(project, job, source, following.left)
    return following.micrographs


def add_picks(claimed: jobs.Claim, micrograph: Micrograph, source: Source, picks: Picks, message: str = "") -> None:
    """Stores the picks of one source on one micrograph, and tells everyone, also how far the job is, and its message.

    Does nothing where the micrograph was removed. Raises Cancelled where the source was, or somebody asked for that.
    """
    with jobs.fenced(claimed) as (project, job):
        job.begun = [each for each in job.begun or [] if each != micrograph.pk]
        if not project.sources.filter(pk=source.pk).exists():
            raise jobs.Cancelled
        if not project.micrographs.filter(pk=micrograph.pk).exists():
            return
        row = PickSet(micrograph=micrograph, source=source, count=len(picks), rows=pack(picks))
        PickSet.objects.filter(micrograph=micrograph, source=source).delete()  # never changed: an id says which rows
        row.save(force_insert=True)
        events.append(project, events.PicksAdded(micrograph=micrograph.pk, source=source.pk, count=len(picks)))
        jobs.note_progress(project, job, job.done + 1, job.total, message)


def finish_picking(claimed: jobs.Claim, source: Source, problems: Mapping[int, str]) -> bool:
    """Ends the job unless micrographs were added in the meantime; then returns False, and the job continues.

    `problems` says, by micrograph, why some could not be picked: the job then ends as failed, in their words.
    Of several workers at one project, the last to end has its training validated.
    """
    with jobs.fenced(claimed) as (project, job):
        if due.next_to_pick(project, source, {*problems, *due.begun_by_others(job)}).micrographs:
            return False
        if problems:
            jobs.end_failed(project, job, "\n".join(problems.values()))
        else:
            job.done = job.total = included(project).count()
            jobs.finish(project, job)
        last = not _picking(project, source).exclude(pk=job.pk).exists()
        if last and source.training and source.training_id == project.current_training_id:
            queue_validation(project, source.training, job.created_by)
    return True


def _call_for_help(project: Project, job: Job, source: Source, left: int) -> None:
    """Queues one more job for the source's picks while there is much to do and a worker has nothing to pick."""
    if source.training is None or due.workers_at(Job.Kind.PICK) <= 1:
        return
    waiting = Job.objects.filter(kind=Job.Kind.PICK, status=Job.Status.QUEUED).exists()
    running = Job.objects.filter(kind=Job.Kind.PICK, status=Job.Status.RUNNING).count()
    if waiting or running >= due.workers_at(Job.Kind.PICK) or left < WORTH_HELP:
        return
    jobs.queue_job(project, job.created_by, Job.Kind.PICK, training=source.training)


def _picking(project: Project, source: Source) -> QuerySet[Job]:
    return project.jobs.filter(kind=Job.Kind.PICK, training=source.training_id, status__in=jobs.ACTIVE)
