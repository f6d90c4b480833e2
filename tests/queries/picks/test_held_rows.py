"""Rows of pick sets are read once, and are those of the database."""

from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from picking.models import PickSet, Project
from picking.queries.micrographs.pick_sets import latest_pick_sets
from picking.queries.picks import held_rows, pick_summary
from picking.queries.picks.held_rows import Ids
from picking.science.picks import unpack
from tests.people import People
from tests.queries.picks.test_pick_summary import make_picked

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(people: People) -> Project:
    make_picked(people.project, 4)
    return people.project


def blocks(project: Project) -> list[Ids]:
    """Ids of pick sets, two at a time."""
    ids = [*latest_pick_sets(project).order_by("pk").values_list("pk", flat=True)]
    return [tuple(ids[start : start + 2]) for start in range(0, len(ids), 2)]


def read(project: Project, wanted: list[Ids]) -> int:
    """How many queries it takes to read these, which are as they are in the database."""
    with CaptureQueriesContext(connection) as made:
        found = list(held_rows.held_rows(project, latest_pick_sets(project), wanted))
    for ids, rows in zip(wanted, found, strict=True):
        sets = PickSet.objects.in_bulk(ids)
        np.testing.assert_array_equal(rows, np.concatenate([unpack(bytes(sets[pk].rows)) for pk in ids]))
    return len(made)


def test_rows_are_read_once(project: Project) -> None:
    first, second = blocks(project)
    assert read(project, [first]) == 1
    assert read(project, [second, first]) == 1
    assert read(project, [first, second]) == 0


def test_rows_come_in_the_order_in_which_they_are_wanted(project: Project) -> None:
    assert read(project, blocks(project)[::-1]) == 1


def test_many_are_read_without_naming_them(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = blocks(project)
    read(project, [first])
    monkeypatch.setattr(held_rows, "MANY", 1)
    assert read(project, [first, second]) == 1


def test_what_takes_too_much_room_is_not_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_rows, "KEPT_BYTES", 10)
    assert read(project, blocks(project)) == read(project, blocks(project)) == 1


def test_sets_that_were_deleted_meanwhile_have_no_rows_and_are_not_kept(project: Project) -> None:
    first, second = blocks(project)
    PickSet.objects.filter(pk=first[0]).delete()
    for _ in range(2):
        rows = list(held_rows.held_rows(project, latest_pick_sets(project), [first, second]))
        assert len(rows[0]) == len(rows[1]) // 2


def test_thresholds_that_are_tried_read_no_rows_again(people: People, project: Project) -> None:
    def asked(threshold: float) -> tuple[int, Any]:
        project.particle_threshold = threshold
        with CaptureQueriesContext(connection) as made:
            found = pick_summary.pick_summary(project, people.viewer.pk)
        return len(made), found

    (before, first), (after, second), (_, third) = asked(0.5), asked(0.85), asked(0.5)
    assert after == before - 1
    assert (first["total"], first["plane"]) == (second["total"], second["plane"])
    assert first["passing"] > second["passing"] and first == third
