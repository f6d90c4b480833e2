"""What is to be done next: the micrographs to pick, the training to validate, and whether picking may wait."""

from collections.abc import Collection, Iterable
from heapq import nsmallest
from math import ceil
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from picking.models import Job, Membership, Micrograph, PickSet, Process, Project, Source, Training
from picking.models.people.membership import GONE_AFTER
from picking.queries.micrographs.micrographs import included, sized
from picking.queries.server.server import HEARD_WITHIN
from picking.science.name_order import name_order

SHARE = 20
"""Micrographs that a project has picked before another one that waits gets its turn: some seconds."""
TAKEN = 8
"""Micrographs that a worker takes at once: one in so many of what is left, and no more."""
NEARLY_AS_MANY = 1.25
"""Trainings whose numbers of labels differ by less than this factor tell the same about the benefit of more labels."""


def guesses(project: Project) -> bool:
    """Whether the project's micrographs are picked with the shipped networks: until it has networks of its own.

    Not before the particle diameter is known.
    """
    known = project.particle_diameter is not None
    return known and project.first_guess and project.current_training_id is None and project.archived_at is None


def unpicked(project: Project) -> QuerySet[Micrograph]:
    """The micrographs that the current training is still to pick, or the first guess where there is none."""
    if project.current_training:
        return left_to_pick(project, project.current_training.source)
    if guesses(project):
        return sized(project).exclude(pick_sets__source__kind=Source.Kind.FIRST_GUESS)
    return Micrograph.objects.none()


def left_to_pick(project: Project, source: Source) -> QuerySet[Micrograph]:
    """The micrographs without picks of this training; of the first guess, those whose pixel size is known."""
    return _to_pick(project, source).exclude(pick_sets__source=source)


def _to_pick(project: Project, source: Source) -> QuerySet[Micrograph]:
    return sized(project) if source.kind == Source.Kind.FIRST_GUESS else included(project)


class Next(NamedTuple):
    """Micrographs to pick, and how many have no picks of the source yet, with those that were left out."""

    micrographs: list[Micrograph]
    left: int


def next_to_pick(project: Project, source: Source, except_for: Collection[int] = ()) -> Next:
    """Of those without picks of the source: those on screens, the one opened last before others, then by name.

    TAKEN at most, and fewer at the end, so that several workers end together. Two plain queries tell what is left: one
    that joins them takes a hundred times as long where PostgreSQL has not analysed the tables yet.
    """
    picked = {*PickSet.including_deleted.filter(source=source).values_list("micrograph", flat=True)}
    names = _to_pick(project, source).order_by().values_list("pk", "name")
    left = [row for row in names if row[0] not in picked]
    free = [row for row in left if row[0] not in except_for]
    looked = _on_screen(project).order_by("looked_at").values_list("looking_at", flat=True)
    place = {pk: -place for place, pk in enumerate(looked, 1)}
    most = min(TAKEN, ceil(len(free) / TAKEN))
    first = [pk for pk, _ in nsmallest(most, free, key=lambda row: (place.get(row[0], 0), name_order(row[1])))]
    found = project.micrographs.in_bulk(first)
    return Next([found[pk] for pk in first], len(left))


def somebody_looks(project: Project, source: Source, except_for: Iterable[int] = ()) -> bool:
    """Whether somebody looks at a micrograph without picks of the source."""
    looked = {*_on_screen(project).values_list("looking_at", flat=True)} - {*except_for}
    return bool(looked) and left_to_pick(project, source).filter(pk__in=looked).exists()


def picking_may_wait(project: Project, source: Source, except_for: Iterable[int] = (), picked: int = 0) -> bool:
    """Whether other work waits for a worker that should go first, and nobody looks at a micrograph to be picked.

    That are trainings and averages of any project, and the picking of another project: once the job has `picked` its
    share, or at once where somebody looks at what is to be picked there. A first guess lets all of these go first in
    any case, and first guesses of other projects as pickings do.
    """
    waiting, shorter = Job.objects.filter(status=Job.Status.QUEUED), {Job.Kind.TRAIN, Job.Kind.AVERAGE}
    guess = source.kind == Source.Kind.FIRST_GUESS
    asked = waiting.filter(kind__in=[*shorter, Job.Kind.PICK, Job.Kind.GUESS]).order_by()
    queued = {*asked.values_list("kind", "project").distinct()}
    kinds = {kind for kind, _ in queued}
    if not queued:
        return False
    if guess and kinds & {*shorter, Job.Kind.PICK}:
        return True
    if somebody_looks(project, source, except_for):
        return False
    mine = Job.Kind.GUESS if guess else Job.Kind.PICK
    others = {other for kind, other in queued if kind == mine} - {project.pk}
    if kinds & shorter or (others and picked >= SHARE):
        return True
    watched = waiting.filter(_watched(), kind=mine, project__in=others).select_related("project")
    return bool(others) and any(map(_is_looked_at, watched))


def first_to_pick(job: Job) -> Job:
    """Which of the queued jobs of a kind that picks is to run when the broker hands out `job`.

    The number of a job in a message is a turn rather than a choice: each message starts one of them. First come those
    of projects where somebody looks at a micrograph to be picked, then those that have waited longest.
    """
    if job.status == Job.Status.RUNNING and job.lease_until and job.lease_until < timezone.now():
        return job  # its worker died: it goes on where it was
    queued = Job.objects.filter(kind=job.kind, status=Job.Status.QUEUED).order_by("pk")
    looked_at = (each for each in queued.filter(_watched()).select_related("project") if _is_looked_at(each))
    return next(looked_at, None) or queued.first() or job


def _watched() -> Q:
    """Jobs of projects of which a micrograph is on somebody's screen."""
    members = Membership.objects.filter(looking_at__isnull=False, looked_at__gt=timezone.now() - GONE_AFTER)
    return Q(project__in=members.values("project"))


def _is_looked_at(job: Job) -> bool:
    """Whether somebody looks at a micrograph that the job is to pick."""
    looked = _on_screen(job.project).values_list("looking_at", flat=True)
    source = job.training.source if job.training else job.project.sources.filter(kind=Source.Kind.FIRST_GUESS).first()
    left = left_to_pick(job.project, source) if source else sized(job.project)
    return left.filter(pk__in=list(looked)).exists()


def begun_by_others(job: Job) -> set[int]:
    """The micrographs that other workers are picking for the job's project."""
    held = Job.objects.filter(project=job.project_id, status=Job.Status.RUNNING, lease_until__gt=timezone.now())
    rows = held.filter(kind=job.kind, begun__isnull=False).exclude(pk=job.pk).values_list("begun", flat=True)
    return {micrograph for begun in rows if begun for micrograph in begun}


def workers_at(kind: Job.Kind) -> int:
    """The workers that live and take jobs of a kind."""
    workers = Process.objects.filter(role=Process.Role.WORKER, heard_at__gt=timezone.now() - HEARD_WITHIN)
    return sum(kind in queues for queues in workers.values_list("queues", flat=True))


def next_to_validate(project: Project) -> Training | None:
    """The newest training without figures whose number of labels no validated one has nearly.

    Such are left where a project keeps training: the next training stops the validation of the last.
    """
    trainings = project.trainings.filter(origin__isnull=True).defer("held_out", "settings", "losses")
    own = [(training, sum(training.labels.values())) for training in trainings]
    known = [labels for training, labels in own if training.validation is not None]
    new = [t for t, labels in own if t.validation is None and not any(_alike(labels, other) for other in known)]
    return new[-1] if new else None


def _alike(labels: int, others: int) -> bool:
    return max(labels, others) <= NEARLY_AS_MANY * min(labels, others)


def _on_screen(project: Project) -> QuerySet[Membership]:
    """The members whose browsers show a micrograph just now."""
    return project.memberships.filter(looking_at__isnull=False, looked_at__gt=timezone.now() - GONE_AFTER)
