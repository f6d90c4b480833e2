"""Who sees which marks of a micrograph that is labelled blind."""

from uuid import UUID, uuid4

import pytest

from picking.actions.marks.marks import Asked, Result, apply_operations, apply_together
from picking.actions.marks.operations import MARKS, DeleteMark, PutLabel, PutMark, PutRegion, PutVerdict
from picking.models import Event, Label, Micrograph, Region, User, Verdict
from picking.queries.micrographs.visible import visible, visible_events
from tests.people import People, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def blind(people: People) -> Micrograph:
    return make(people, "blind", blind=True)


@pytest.fixture
def shared(people: People) -> Micrograph:
    return make(people, "shared", blind=False)


def make(people: People, name: str, blind: bool) -> Micrograph:
    size = {"width": 640, "height": 640}
    return Micrograph.objects.create(project=people.project, name=name, file_name=f"{name}.mrc", blind=blind, **size)


def label(micrograph: Micrograph, pk: UUID | None = None, x: float = 10.0) -> PutLabel:
    return PutLabel(uuid4(), pk or uuid4(), micrograph.pk, "particle", x, 20.0)


def apply(people: People, actor: User, *operations: PutMark | DeleteMark) -> list[Result]:
    return apply_operations(people.project.pk, actor, operations)[1]


def test_people_see_their_own_marks_alone(people: People, blind: Micrograph, shared: Micrograph) -> None:
    corners = [[0.0, 0.0], [50.0, 0.0], [0.0, 50.0]]
    region = PutRegion(uuid4(), uuid4(), blind.pk, corners)
    verdict = PutVerdict(uuid4(), uuid4(), blind.pk, "reject", 5.0, 5.0)
    apply(people, people.owner, label(blind), region, verdict)
    apply(people, people.member, label(blind), label(shared))
    readers = (people.owner.pk, people.member.pk, people.viewer.pk, None)
    counts = [[visible(kind, each).count() for each in readers] for kind in (Label, Region, Verdict)]
    assert counts == [[2, 2, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0]]


def test_an_event_of_a_mark_is_for_its_author_alone(people: People, blind: Micrograph, shared: Micrograph) -> None:
    before = people.project.events.count()
    apply(people, people.owner, label(blind), label(shared))
    new = [visible_events(people.project, each.pk).count() - before for each in (people.owner, people.member)]
    assert new == [2, 1]


def test_an_event_stays_hidden_when_its_account_is_deleted(people: People, blind: Micrograph) -> None:
    apply(people, people.member, label(blind))
    people.member.delete()
    last = Event.objects.filter(project=people.project).latest("sequence")
    assert last not in visible_events(people.project, people.owner.pk)
    assert last not in visible_events(people.project, None)


def test_the_marks_of_others_are_as_if_they_were_not_there(people: People, blind: Micrograph) -> None:
    put = label(blind)
    apply(people, people.owner, put)
    events = Event.objects.count()
    gone, never = (DeleteMark(uuid4(), pk, MARKS["label"]) for pk in (put.id, uuid4()))
    assert [each.status for each in apply(people, people.member, gone, never)] == ["applied", "applied"]
    assert Event.objects.count() == events
    assert Label.objects.get().author == people.owner


def test_an_id_that_is_taken_says_the_same_wherever_it_is_taken(
    people: People, blind: Micrograph, shared: Micrograph
) -> None:
    hidden, others = label(blind), make_people("Another one")
    elsewhere = label(make(others, "elsewhere", blind=False))
    apply(people, people.owner, hidden)
    apply(others, others.owner, elsewhere)
    asked = [label(shared, each.id) for each in (hidden, elsewhere)]
    said = [(each.status, each.detail) for each in apply(people, people.member, *asked)]
    assert said == [("refused", "This id is taken.")] * 2


def test_a_mark_neither_enters_nor_leaves_a_blind_micrograph(
    people: People, blind: Micrograph, shared: Micrograph
) -> None:
    inside, outside = label(blind), label(shared)
    apply(people, people.owner, inside, outside)
    said = apply(people, people.owner, label(shared, inside.id), label(blind, outside.id))
    assert [each.status for each in said] == ["refused", "refused"]


def test_marks_of_nobody_are_not_put_there(people: People, blind: Micrograph) -> None:
    _, [[result]] = apply_together(people.project.pk, [Asked(None, [label(blind)])])
    assert "Say whose" in result.detail


def test_marks_there_ask_for_no_training(people: People, blind: Micrograph, shared: Micrograph) -> None:
    apply(people, people.owner, label(blind))
    people.project.refresh_from_db()
    assert people.project.changed_at is None
    apply(people, people.owner, label(shared))
    people.project.refresh_from_db()
    assert people.project.changed_at is not None
