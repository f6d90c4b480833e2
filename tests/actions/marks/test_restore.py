from typing import Any

import pytest

from picking.actions.marks.checkpoints import keep_checkpoints
from picking.actions.marks.restore import restore, take_back
from picking.models import Event, Micrograph
from picking.models.marks import Label
from picking.queries.past.past import marks_at
from picking.queries.past.restorations import Scope, difference
from picking.refusals import Refused
from tests.api.jobs.test_exports import add_micrographs
from tests.changes import erase, label, now
from tests.people import People


@pytest.fixture
def rows(people: People) -> list[Micrograph]:
    return add_micrographs(people, "mic_1", "mic_2")


def counts(event: Event) -> tuple[int, int, int, int]:
    told = event.data
    return told["back"], told["gone"], told["changed"], told["left"]


def places() -> list[tuple[float, int | None]]:
    return sorted(Label.objects.values_list("x", "author_id"))


def test_a_project_is_brought_back_to_a_moment(people: People, rows: list[Micrograph]) -> None:
    kept, moved, erased = (label(people, rows[0], people.member, x) for x in (1.0, 2.0, 3.0))
    then = now(people)
    made = Label.objects.get(pk=erased).created_at
    erase(people, people.owner, erased)
    label(people, rows[0], people.owner, 20.0, moved)
    label(people, rows[1], people.owner, 9.0)
    done = restore(people.project.pk, people.owner, then, Scope())
    assert counts(done) == (1, 1, 1, 0)
    assert places() == [(1.0, people.member.pk), (2.0, people.member.pk), (3.0, people.member.pk)]
    assert Label.objects.get(pk=erased).created_at == made
    assert {str(kept), str(moved), str(erased)} == set(marks_at(people.project, now(people))["labels"]["id"])


def test_restoring_one_micrograph_from_a_checkpoint_leaves_the_others(people: People, rows: list[Micrograph]) -> None:
    other = label(people, rows[1], people.owner, 9.0)
    for _ in range(12):
        erase(people, people.owner, label(people, rows[0], people.owner, 1.0))
    keep_checkpoints(every=10)
    then = now(people)
    erase(people, people.owner, other)
    label(people, rows[0], people.owner, 2.0)
    assert counts(restore(people.project.pk, people.owner, then, Scope(micrograph=rows[0].pk))) == (0, 1, 0, 0)
    assert places() == []


def test_everybody_is_told_of_it_and_who_did_it(people: People, rows: list[Micrograph]) -> None:
    then = now(people)
    label(people, rows[0], people.member)
    done = restore(people.project.pk, people.owner, then, Scope())
    told = people.project.events.filter(sequence__gte=done.data["since"])
    assert [(event.type, event.actor, event.restored) for event in told] == [
        ("label.deleted", people.owner, True),
        ("marks.restored", people.owner, False),
    ]


def test_one_micrograph_is_brought_back_alone(people: People, rows: list[Micrograph]) -> None:
    then = now(people)
    for row in rows:
        label(people, row, people.member, float(row.pk % 90))
    restore(people.project.pk, people.owner, then, Scope(micrograph=rows[0].pk))
    assert [each.micrograph for each in Label.objects.all()] == [rows[1]]


def test_the_marks_of_one_person_are_brought_back_alone(people: People, rows: list[Micrograph]) -> None:
    mine = label(people, rows[0], people.member, 1.0)
    theirs = label(people, rows[0], people.owner, 2.0)
    then = now(people)
    for mark in (mine, theirs):
        erase(people, people.owner, mark)
    label(people, rows[0], people.owner, 3.0)
    restore(people.project.pk, people.member, then, Scope(person=people.member.pk))
    assert places() == [(1.0, people.member.pk), (3.0, people.owner.pk)]


def test_a_mark_that_another_person_made_again_is_not_one_of_the_persons_own(
    people: People, rows: list[Micrograph]
) -> None:
    mark = label(people, rows[0], people.member, 1.0)
    then = now(people)
    erase(people, people.owner, mark)
    label(people, rows[0], people.owner, 5.0, mark)
    with pytest.raises(Refused, match="Nothing differs"):
        restore(people.project.pk, people.member, then, Scope(person=people.member.pk))
    assert places() == [(5.0, people.owner.pk)]


def test_a_restoration_is_taken_back_and_done_again(people: People, rows: list[Micrograph]) -> None:
    label(people, rows[0], people.member, 1.0)
    then = now(people)
    label(people, rows[0], people.member, 2.0)
    done = restore(people.project.pk, people.owner, then, Scope())
    undone = take_back(people.project.pk, people.owner, done.sequence)
    assert places() == [(1.0, people.member.pk), (2.0, people.member.pk)]
    assert undone.data["undoes"] == done.sequence
    take_back(people.project.pk, people.owner, undone.sequence)
    assert places() == [(1.0, people.member.pk)]


def test_what_somebody_changed_since_a_restoration_is_left(people: People, rows: list[Micrograph]) -> None:
    first, second = (label(people, rows[0], people.member, x) for x in (1.0, 2.0))
    then = now(people)
    for mark in (first, second):
        erase(people, people.member, mark)
    done = restore(people.project.pk, people.owner, then, Scope())
    label(people, rows[0], people.member, 8.0, second)
    assert counts(take_back(people.project.pk, people.owner, done.sequence)) == (0, 1, 0, 1)
    assert places() == [(8.0, people.member.pk)]
    with pytest.raises(Refused, match="changed all of it since"):
        take_back(people.project.pk, people.owner, done.sequence)


def test_marks_of_a_micrograph_that_was_removed_stay_away(people: People, rows: list[Micrograph]) -> None:
    label(people, rows[0], people.member)
    then = now(people)
    rows[0].delete()
    assert difference(people.project, then, Scope()).wire() == {"back": 0, "gone": 0, "changed": 0, "micrographs": 0}


def test_many_marks_come_back_in_several_batches(
    people: People, rows: list[Micrograph], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("picking.actions.marks.restore.AT_ONCE", 2)
    marks = [label(people, rows[0], people.member, float(n)) for n in range(5)]
    then = now(people)
    for mark in marks:
        erase(people, people.member, mark)
    restore(people.project.pk, people.owner, then, Scope())
    assert len(places()) == 5


def test_an_account_that_is_gone_is_not_the_author_of_what_comes_back(people: People, rows: list[Micrograph]) -> None:
    mark = label(people, rows[0], people.member, 1.0)
    then = now(people)
    erase(people, people.owner, mark)
    people.member.delete()
    restore(people.project.pk, people.owner, then, Scope())
    assert places() == [(1.0, None)]


def test_an_archived_project_is_not_brought_back(people: People, rows: list[Micrograph]) -> None:
    label(people, rows[0], people.member)
    people.project.archived_at = Label.objects.get().created_at
    people.project.save()
    with pytest.raises(Refused, match="archived"):
        restore(people.project.pk, people.owner, 1, Scope())


def test_a_mark_stays_on_its_micrograph(people: People, rows: list[Micrograph]) -> None:
    mark: Any = label(people, rows[0], people.member)
    with pytest.raises(AssertionError, match="stays on its micrograph"):
        label(people, rows[1], people.member, mark=mark)


def test_marks_that_are_labelled_blind_stay_as_they_are(people: People, rows: list[Micrograph]) -> None:
    then = now(people)
    Micrograph.objects.filter(pk=rows[0].pk).update(blind=True)
    for row in rows:
        label(people, row, people.member)
    with pytest.raises(Refused, match="labelled blind"):
        restore(people.project.pk, people.owner, then, Scope(micrograph=rows[0].pk))
    restore(people.project.pk, people.owner, then, Scope())
    assert [each.micrograph for each in Label.objects.all()] == [rows[0]]
