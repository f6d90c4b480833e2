"""The life of a job: queue, claim, renew, report, end, cancel, dismiss, send again (docs/decisions/0002-jobs.md).

A worker that claimed a job holds a `Claim`. Whatever it writes goes through `fenced`, which refuses once the
job was claimed by another or cancelled: a paused worker that wakes up late can change nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from structlog.contextvars import get_contextvars

from picking import events, wire
from picking.actions.jobs import averages_end, leases
from picking.actions.locked_project import locked_project
from picking.actions.webhooks import deliveries
from picking.models import Event, Job, Project, User
from picking.refusals import Refused

SEND_AGAIN_AFTER = timedelta(seconds=60)
SEND_AGAIN_AT_MOST = 100
MOST_CLAIMS = 5
"""A job that needs more claims than this kills its workers, for example by using all memory."""
MESSAGE = 250
"""Characters that a job's message may have: the name of a micrograph alone may be as long."""
ACTIVE = (Job.Status.QUEUED, Job.Status.RUNNING)


class LostClaim(Exception):
    """Another worker has the job now, or it has ended. Stop, and write nothing."""


class Cancelled(Exception):
    """Somebody asked for the job to stop."""


@dataclass(frozen=True)
class Claim:
    """A worker's right to write for a job, until another claim gets a higher fence."""

    job_id: int
    project_id: int
    fence: int


def queue_job(project: Project, actor: User | None, kind: Job.Kind, **what: object) -> Job:
    """Adds a job to the locked project, and tells the broker once this is committed."""
    now = timezone.now()
    job = Job.objects.create(
        project=project, kind=kind, created_by=actor, sent_at=now, request_id=_request_id(), **what
    )
    _announce(project, job, actor)
    transaction.on_commit(lambda: _send(job), robust=True)  # otherwise the sweeper sends it
    return job


def claim(job_id: int, owner: str) -> Claim | None:
    """Takes a queued job, or a running one whose lease ran out. None when there is nothing to take.

    Compare-and-swap: of two workers that try at once, one changes the row and the other changes nothing.
    """
    now = timezone.now()
    free = Q(status=Job.Status.QUEUED) | Q(status=Job.Status.RUNNING, lease_until__lt=now)
    taken = Job.objects.filter(free, pk=job_id).update(
        status=Job.Status.RUNNING,
        owner=owner,
        fence=F("fence") + 1,
        lease_until=now + leases.LEASE,
        started_at=now,
        done=0,
        total=0,
        message="",
        losses=[],
        begun=None,
    )
    if not taken:
        return None
    job = Job.objects.get(pk=job_id)
    claimed = Claim(job.pk, job.project_id, job.fence)
    with fenced(claimed, ending=True) as (project, job):
        if job.cancel_requested:
            _end(project, job, Job.Status.CANCELLED)
            return None
        if job.fence - job.first_fence > MOST_CLAIMS:
            end_failed(
                project, job, f"{job.name or job.kind}: the worker was stopped {MOST_CLAIMS} times while working on it."
            )
            return None
        _announce(project, job)
    return claimed


@contextmanager
def fenced(claimed: Claim, ending: bool = False) -> Iterator[tuple[Project, Job]]:
    """The locked project and job of a claim. Raises LostClaim when the claim no longer holds.

    Raises Cancelled where the project was deleted, unless it is only to end the job.
    """
    with locked_project(claimed.project_id, deleted=True) as project:
        job = Job.objects.select_for_update().filter(pk=claimed.job_id).first()
        if job is None or job.fence != claimed.fence or job.status != Job.Status.RUNNING:
            raise LostClaim
        if project.deleted_at is not None and not ending:
            raise Cancelled
        yield project, job


def renew(claimed: Claim) -> None:
    """Holds the job for another lease. Raises LostClaim, or Cancelled when somebody asked for that."""
    mine = Job.objects.filter(pk=claimed.job_id, fence=claimed.fence, status=Job.Status.RUNNING)
    if not mine.update(lease_until=timezone.now() + leases.LEASE):
        raise LostClaim
    if mine.filter(cancel_requested=True).exists():
        raise Cancelled


def report_progress(claimed: Claim, done: int, total: int, message: str, losses: Sequence[wire.LossPoint] = ()) -> None:
    """Stores how far the job is and tells it to all; `losses` are the points since the last report."""
    with fenced(claimed) as (project, job):
        note_progress(project, job, done, total, message, losses)


def note_progress(
    project: Project, job: Job, done: int, total: int, message: str, losses: Sequence[wire.LossPoint] = ()
) -> None:
    """The same of a fenced job, whose `begun` is stored as well. Raises Cancelled when somebody asked for that."""
    if job.cancel_requested:
        raise Cancelled
    job.done, job.total, job.message = done, total, message[:MESSAGE]
    job.losses = [*job.losses, *losses]
    job.lease_until = timezone.now() + leases.LEASE
    job.save(update_fields=["done", "total", "message", "losses", "lease_until", "begun"])
    progress = events.JobProgress(id=job.pk, done=done, total=total, message=message, losses=list(losses))
    events.append(project, progress, job=job)


def give_way(claimed: Claim) -> bool:
    """Ends a job and queues it again, if work that people wait for was queued since it started; returns whether.

    For background work that nobody waits for. Trainings, picking, first guesses and averages are what people wait for.
    """
    waited_for = (Job.Kind.TRAIN, Job.Kind.PICK, Job.Kind.GUESS, Job.Kind.AVERAGE)
    urgent = Job.objects.filter(kind__in=waited_for, status=Job.Status.QUEUED)
    with fenced(claimed) as (project, job):
        if not urgent.filter(created_at__gt=job.started_at).exists():
            return False
        _queue_anew(project, job)
    return True


def queue_behind(claimed: Claim) -> None:
    """Ends a job and queues it again behind what waits. Raises Cancelled when somebody asked for that."""
    with fenced(claimed) as (project, job):
        _queue_anew(project, job)


def hand_back(claimed: Claim) -> None:
    """Queues a running job again for another worker, as this one is to end. That does not count as a failed attempt."""
    with fenced(claimed, ending=True) as (project, job):
        if job.cancel_requested:
            _end(project, job, Job.Status.CANCELLED)
            return
        job.status, job.owner, job.lease_until = Job.Status.QUEUED, "", None
        job.done, job.total, job.message, job.losses = 0, 0, "", []
        job.first_fence, job.sent_at = job.first_fence + 1, timezone.now()
        job.save()
        _announce(project, job)
        transaction.on_commit(lambda: _send(job), robust=True)


def pass_on(job_id: int) -> None:
    """Tells the broker again of a job that this worker was given and does not begin."""
    if (job := Job.objects.filter(pk=job_id, status=Job.Status.QUEUED).first()) is not None:
        _send(job)


def finish(project: Project, job: Job, message: str = "") -> None:
    """Ends a fenced job well."""
    job.done = job.total
    job.message = message[:MESSAGE]
    _end(project, job, Job.Status.FINISHED)


def end_failed(project: Project, job: Job, error: str) -> None:
    """Ends a fenced job badly."""
    job.error = error
    _end(project, job, Job.Status.FAILED)


def fail(claimed: Claim, error: str) -> None:
    """Ends a job with a sentence for people about what went wrong."""
    with fenced(claimed, ending=True) as (project, job):
        end_failed(project, job, error)


def end_cancelled(claimed: Claim) -> None:
    """Ends a job that stopped because somebody asked."""
    with fenced(claimed, ending=True) as (project, job):
        _end(project, job, Job.Status.CANCELLED)


def cancel(job: Job, actor: User) -> Job:
    """A queued job ends at once, a running one when its worker next looks. Raises Refused when it has ended."""
    with locked_project(job.project_id) as project:
        job = Job.objects.select_for_update().get(pk=job.pk)
        if job.status not in ACTIVE:
            raise Refused("This job has already ended.")
        _stop(project, job, actor)
    return job


def stop_all(project: Project, kind: Job.Kind) -> None:
    """Cancels what is queued or running of a kind in the locked project, because something newer replaces it."""
    stop(project, project.jobs.filter(kind=kind), None)


def stop(project: Project, jobs: QuerySet[Job], actor: User | None) -> None:
    """Cancels those of the locked project's `jobs` that are queued or running."""
    for job in jobs.select_for_update().filter(status__in=ACTIVE):
        _stop(project, job, actor)


def retry(job: Job, actor: User) -> Job:
    """Queues a failed job again, as it was asked for. Raises Refused where it did not fail, or cannot be done again."""
    with locked_project(job.project_id) as project:
        job = Job.objects.select_for_update().get(pk=job.pk)
        if job.status != Job.Status.FAILED:
            raise Refused("Only a job that failed can be tried again.")
        if job.kind == Job.Kind.IMPORT and not job.in_place:
            raise Refused("The uploaded file was deleted when its import failed. Upload it again.")
        if job.kind == Job.Kind.TRAIN and project.jobs.filter(kind=job.kind, status__in=ACTIVE).exists():
            raise Refused("The project is training already.")
        job.status, job.error, job.message, job.dismissed = Job.Status.QUEUED, "", "", False
        job.cancel_requested, job.first_fence, job.done, job.total = False, job.fence, 0, 0
        job.created_at = job.sent_at = timezone.now()
        job.started_at, job.ended_at, job.request_id = None, None, _request_id()
        job.save()
        _announce(project, job, actor)
        transaction.on_commit(lambda: _send(job), robust=True)
    return job


def dismiss(job: Job, actor: User) -> None:
    """Takes a failed job off everyone's list."""
    with locked_project(job.project_id) as project:
        take_off_list(project, job, actor)


def take_off_list(project: Project, job: Job, actor: User | None = None) -> None:
    """The same of a job of the locked project."""
    job.dismissed = True
    job.save(update_fields=["dismissed"])
    _announce(project, job, actor)


def send_again() -> int:
    """Sends the jobs that the broker or a worker lost, oldest first, and returns how many.

    Sending twice is harmless: only one claim succeeds. A job of a kind that is being worked on waits its turn.
    """
    now = timezone.now()
    orphaned = leases.watch.lost()
    busy = Job.objects.filter(status=Job.Status.RUNNING).exclude(pk__in=orphaned).values("kind")
    sent = Q(sent_at__lt=now - SEND_AGAIN_AFTER) | Q(sent_at__gt=now + SEND_AGAIN_AFTER)  # before a clock was set back
    waiting = Q(status=Job.Status.QUEUED) & sent & ~Q(kind__in=busy)
    lost = list(Job.objects.filter(waiting | Q(pk__in=orphaned))[:SEND_AGAIN_AT_MOST])
    Job.objects.filter(pk__in=[job.pk for job in lost]).update(sent_at=now)
    for job in lost:
        _send(job)
    return len(lost)


def send_again_of(owner: str) -> int:
    """Sends again what a worker was at that has ended for certain: nobody waits for its lease. Returns how many."""
    left = list(Job.objects.filter(status=Job.Status.RUNNING, owner=owner))
    over = timezone.now() - timedelta(seconds=1)
    Job.objects.filter(pk__in=[job.pk for job in left], owner=owner).update(lease_until=over)
    for job in left:
        _send(job)
    return len(left)


def send_all_again() -> int:
    """Sends all queued jobs again, oldest first, for a broker that may have lost them, and returns how many."""
    queued = list(Job.objects.filter(status=Job.Status.QUEUED)[:SEND_AGAIN_AT_MOST])
    for job in queued:
        _send(job)
    return len(queued)


def forget_changes(project: Project) -> None:
    """Nothing asks the locked project for a training until somebody changes something again."""
    project.untrained_since = None
    project.save(update_fields=["untrained_since"])


def _request_id() -> str:
    """Of the request that is answered now, or that started the job which is run now; empty outside of them."""
    return str(get_contextvars().get("request_id", ""))


def _queue_anew(project: Project, job: Job) -> None:
    if job.cancel_requested:
        raise Cancelled
    _end(project, job, Job.Status.CANCELLED)
    queue_job(project, job.created_by, Job.Kind(job.kind), training=job.training)


def _stop(project: Project, job: Job, actor: User | None) -> None:
    job.cancel_requested = True
    if job.status == Job.Status.QUEUED:
        _end(project, job, Job.Status.CANCELLED, actor)
        return
    job.message = "Stopping"
    job.save(update_fields=["cancel_requested", "message"])
    _announce(project, job, actor)


def _end(project: Project, job: Job, status: Job.Status, actor: User | None = None) -> None:
    job.status, job.ended_at, job.lease_until = status, timezone.now(), None
    job.save()
    Event.objects.filter(job=job).delete()  # its progress, which the row now holds
    if job.kind == Job.Kind.TRAIN and status != Job.Status.FINISHED:
        forget_changes(project)  # a training that cannot succeed must not come back by itself
    if job.kind == Job.Kind.IMPORT and not job.in_place:
        transaction.on_commit(lambda: Path(job.source).unlink(missing_ok=True), robust=True)
    deliveries.note_end(project, job)
    _announce(project, job, actor)
    averages_end.note_end(project, job)


def _announce(project: Project, job: Job, actor: User | None = None) -> None:
    events.append(project, events.JobChanged(job=wire.job_wire(job)), actor)


def _send(job: Job) -> None:
    # By name: the work itself stands above the actions and uses them.
    current_app.send_task("picking.jobs.tasks.run_job", (job.pk,), queue=job.kind)
