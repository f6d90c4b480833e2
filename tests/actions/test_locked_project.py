"""The frame of every action."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.utils import timezone

from picking import events
from picking.actions.locked_project import locked_project
from picking.models import Event, Project
from tests.people import People

Committing = Callable[..., AbstractContextManager[list[Callable[[], object]]]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Of which projects, and up to which sequence number, sockets were told."""
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(events, "announce", lambda project, sequence: told.append((project, sequence)))
    return told


def test_sockets_are_told_once_of_all_the_events_of_a_change(
    people: People, told: list[tuple[int, int]], django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True), locked_project(people.project.pk) as project:
        events.append(project, events.MicrographRemoved(id=1))
        last = events.append(project, events.MicrographRemoved(id=2))
    assert told == [(project.pk, last)]
    assert Project.objects.get().sequence == last


def test_a_change_without_an_event_tells_nobody(
    people: People, told: list[tuple[int, int]], django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True), locked_project(people.project.pk):
        pass
    assert told == []


def test_what_is_committed_stays_where_sockets_cannot_be_told(
    people: People, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Committing
) -> None:
    monkeypatch.setattr(events, "announce", lambda *_: 1 / 0)
    with django_capture_on_commit_callbacks(execute=True), locked_project(people.project.pk) as project:
        events.append(project, events.MicrographRemoved(id=1))
    assert Event.objects.latest("sequence").data["type"] == "micrograph.removed"


def test_a_project_says_when_it_was_last_changed(people: People) -> None:
    Project.objects.update(updated_at=timezone.now() - timedelta(days=1))
    with locked_project(people.project.pk) as project:
        events.append(project, events.MicrographRemoved(id=1))
    assert timezone.now() - Project.objects.get().updated_at < timedelta(hours=1)


def test_a_change_that_fails_leaves_no_event(people: People) -> None:
    before = Event.objects.count()
    with pytest.raises(ZeroDivisionError), locked_project(people.project.pk) as project:
        events.append(project, events.MicrographRemoved(id=1))
        raise ZeroDivisionError
    assert (Event.objects.count(), Project.objects.get().sequence) == (before, people.project.sequence)
