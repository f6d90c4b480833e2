"""What people do in tests of the history: marks that are put and deleted, with events that tell of them."""

from datetime import timedelta
from uuid import UUID, uuid4

from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import MARKS, DeleteMark, PutLabel
from picking.models import Event, Micrograph, Project, User
from tests.people import People


def label(people: People, micrograph: Micrograph, actor: User, x: float = 5.0, mark: UUID | None = None) -> UUID:
    """Puts a particle label, or moves the one of that id, and returns its id."""
    mark = mark or uuid4()
    put = PutLabel(uuid4(), mark, micrograph.pk, "particle", x, 7.0)
    _, [result] = apply_operations(people.project.pk, actor, [put])
    assert result.status == "applied", result.detail
    return mark


def erase(people: People, actor: User, mark: UUID) -> None:
    apply_operations(people.project.pk, actor, [DeleteMark(uuid4(), mark, MARKS["label"])])


def now(people: People) -> int:
    """The number of the last event."""
    people.project.refresh_from_db()
    return people.project.sequence


def later(project: Project, sequence: int, minutes: float) -> None:
    """As if the events after one had happened later, and their marks been made later."""
    for event in project.events.filter(sequence__gt=sequence):
        at = event.created_at + timedelta(minutes=minutes)
        Event.objects.filter(pk=event.pk).update(created_at=at, data={**event.data, "created_at": at.isoformat()})
