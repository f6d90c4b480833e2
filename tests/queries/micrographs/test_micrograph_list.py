"""The micrographs of a snapshot are read again where an event may have changed one, and only there."""

from uuid import uuid4

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel
from picking.actions.micrographs.micrographs import MicrographChange, change_micrograph
from picking.actions.projects.projects import ProjectChange, change_project
from picking.models import Micrograph, Project
from picking.queries.micrographs import micrograph_list
from picking.queries.micrographs.micrographs import micrograph_wires
from tests.people import People
from tests.queue import make_micrographs


@pytest.fixture
def micrograph(people: People, monkeypatch: pytest.MonkeyPatch) -> Micrograph:
    """One of two, in a server that keeps lists as short as this."""
    monkeypatch.setattr(micrograph_list, "LEAST_BYTES", 0)
    return make_micrographs(people.project, 2)[0]


def listed(people: People) -> int:
    """How many queries it takes to list them as they are now."""
    project = Project.objects.get(pk=people.project.pk)
    expected = orjson.dumps(micrograph_wires(project))
    with CaptureQueriesContext(connection) as made:
        assert micrograph_list.micrograph_list(project) == expected
    return len(made)


def test_an_unchanged_project_takes_no_query(people: People, micrograph: Micrograph) -> None:
    assert listed(people) > 1
    assert listed(people) == 0


def test_labels_leave_the_micrographs_as_they_are(people: People, micrograph: Micrograph) -> None:
    listed(people)
    label = PutLabel(uuid4(), uuid4(), micrograph.pk, "particle", 20.0, 20.0)
    apply_operations(people.project.pk, people.member, [label])
    assert (listed(people), listed(people)) == (1, 0)


def test_a_changed_micrograph_is_told_of(people: People, micrograph: Micrograph) -> None:
    listed(people)
    change_micrograph(micrograph, people.owner, MicrographChange(flagged=True))
    assert listed(people) > 1


def test_another_pixel_size_of_the_project_is_told_of(people: People, micrograph: Micrograph) -> None:
    listed(people)
    change_project(people.project.pk, people.owner, ProjectChange(pixel_size=3.0))
    assert listed(people) > 1


@pytest.mark.parametrize(("limit", "size"), [("KEPT_BYTES", 10), ("LEAST_BYTES", 2**18)])
def test_lists_that_are_too_long_or_short_are_not_kept(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch, limit: str, size: int
) -> None:
    monkeypatch.setattr(micrograph_list, limit, size)
    assert listed(people) == listed(people)
