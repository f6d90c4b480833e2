"""How long people work."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from picking.actions.labelling.queue import claim, finish
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel
from picking.actions.people.activity import GAP, labelling, note_activity
from picking.actions.people.presence import look_at
from picking.models import Assignment, Micrograph
from tests.people import People
from tests.queue import make_micrographs


@pytest.fixture(autouse=True)
def nothing_noted() -> None:
    labelling.forget()


@pytest.fixture
def held(people: People) -> Micrograph:
    [row] = make_micrographs(people.project, 1)
    claim(row, people.member)
    return row


def active_ago(delay: timedelta) -> None:
    Assignment.objects.update(active_at=timezone.now() - delay)


def seconds() -> float:
    return Assignment.objects.get().seconds_worked


def test_the_time_between_labels_counts(people: People, held: Micrograph) -> None:
    active_ago(timedelta(seconds=40))
    put = PutLabel(uuid4(), uuid4(), held.pk, "particle", 1, 1)
    apply_operations(people.project.pk, people.member, [put])
    assert seconds() == pytest.approx(40, abs=5)


def test_coming_to_a_micrograph_counts(people: People, held: Micrograph) -> None:
    active_ago(timedelta(seconds=40))
    look_at(people.project.pk, people.member.pk, held.pk)
    assert seconds() == pytest.approx(40, abs=5)


def test_leaving_it_counts(people: People, held: Micrograph) -> None:
    look_at(people.project.pk, people.member.pk, held.pk)
    active_ago(timedelta(seconds=40))
    look_at(people.project.pk, people.member.pk, None)
    assert seconds() == pytest.approx(40, abs=5)


def test_gaps_do_not_count(people: People, held: Micrograph) -> None:
    active_ago(GAP + timedelta(seconds=1))
    note_activity({(people.member.pk, held.pk)})
    assert seconds() == 0


def test_what_others_do_does_not_count(people: People, held: Micrograph) -> None:
    active_ago(timedelta(seconds=40))
    note_activity({(people.owner.pk, held.pk)})
    assert seconds() == 0


def test_quick_work_is_noted_now_and_then(people: People, held: Micrograph) -> None:
    active_ago(timedelta(seconds=5))
    before = Assignment.objects.get().active_at
    note_activity({(people.member.pk, held.pk)})
    assert Assignment.objects.get().active_at == before


def test_nothing_counts_once_it_is_done(people: People, held: Micrograph) -> None:
    finish(held, people.member)
    active_ago(timedelta(seconds=40))
    note_activity({(people.member.pk, held.pk)})
    assert seconds() == pytest.approx(0, abs=5)
