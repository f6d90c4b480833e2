"""What is to be done next: the micrographs to pick, the training to validate, and whether picking may wait."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from picking.models import Job, Membership, Micrograph, Project, Source, Training
from picking.models.membership import GONE_AFTER
from picking.queries.micrographs import included, sized
from picking.science.name_order import name_order

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
    rows = sized(project) if source.kind == Source.Kind.FIRST_GUESS else included(project)
    return rows.exclude(pick_sets__source=source)


def next_to_pick(project: Project, source: Source, except_for: Iterable[int] = ()) -> Micrograph | None:
    """A micrograph without picks of the source: of those on screens the one opened last, else the first by name."""
    left = left_to_pick(project, source).exclude(pk__in=list(except_for))
    looked = _on_screen(project).filter(looking_at=OuterRef("pk")).order_by("-looked_at").values("looked_at")[:1]
    waiting = left.annotate(looked=Subquery(looked))
    if on_screen := waiting.filter(looked__isnull=False).order_by("-looked").first():
        return on_screen
    first = min(left.values_list("name", flat=True), key=name_order, default=None)
    return None if first is None else left.filter(name=first).first()


def picking_may_wait(project: Project, source: Source, except_for: Iterable[int] = ()) -> bool:
    """Whether a training or averages of any project wait for a worker, and nobody looks at a micrograph to be picked.

    A first guess lets these, and the picking of trainings, go first in any case.
    """
    waiting, shorter = Job.objects.filter(status=Job.Status.QUEUED), (Job.Kind.TRAIN, Job.Kind.AVERAGE)
    if source.kind == Source.Kind.FIRST_GUESS:
        return waiting.filter(kind__in=(*shorter, Job.Kind.PICK)).exists()
    looked = _on_screen(project).exclude(looking_at__in=list(except_for)).values("looking_at")
    waits = waiting.filter(kind__in=shorter).exists()
    return waits and not left_to_pick(project, source).filter(pk__in=looked).exists()


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
