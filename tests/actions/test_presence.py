"""Who looks at what."""

from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.models import QuerySet

from picking.actions.presence import look_at
from tests.full_disk import sqlite_error
from tests.people import People


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
