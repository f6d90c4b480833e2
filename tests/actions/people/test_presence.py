"""Who looks at what."""

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.models import QuerySet

from picking.actions.people.presence import look_at
from picking.models import Membership, Micrograph
from tests.full_disk import sqlite_error
from tests.people import People, make_people


def fails_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: Any, **named: Any) -> None:
        raise error

    monkeypatch.setattr(QuerySet, "update", fail)


def test_on_a_full_disk_a_member_looks_without_being_noted(
    people: People, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fails_with(sqlite_error(tmp_path), monkeypatch)
    assert look_at(people.project.pk, people.viewer.pk, None)
    assert not look_at(people.project.pk, people.outsider.pk, None)


def test_any_other_error_of_the_database_is_none_of_a_full_disk(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_with(OperationalError("no such table"), monkeypatch)
    with pytest.raises(OperationalError):
        look_at(people.project.pk, people.viewer.pk, None)


def test_only_members_look(people: People) -> None:
    assert look_at(people.project.pk, people.viewer.pk, None)
    assert not look_at(people.project.pk, people.outsider.pk, None)


def test_nobody_looks_at_a_micrograph_of_another_project(people: People) -> None:
    mine = Micrograph.objects.create(project=people.project, name="first", width=9, height=9)
    other = make_people("Another")
    assert look_at(people.project.pk, people.owner.pk, mine.pk)
    assert not look_at(other.project.pk, other.owner.pk, mine.pk)
    assert Membership.objects.get(looking_at=mine).user == people.owner
