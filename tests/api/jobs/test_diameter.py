"""The suggested diameter, as people ask for it."""

from collections.abc import Callable

import pytest

from picking.models import Job, Project, SuggestedDiameter
from tests.people import People

pytestmark = pytest.mark.django_db


def address(people: People) -> str:
    return f"/api/v1/projects/{people.project.pk}/diameter"


def test_before_the_first_scan_there_is_nothing(people: People) -> None:
    answer = people.client("viewer").get(address(people))
    assert (answer.status_code, answer.json()) == (200, {"suggested": None})


def test_every_member_sees_what_was_found(people: People) -> None:
    SuggestedDiameter.objects.create(
        project=people.project, diameter=148, certainty=0.8, sure=True, curve=[[148.5, 0.8]], micrographs=2
    )
    found = people.client("viewer").get(address(people)).json()["suggested"]
    assert (found["diameter"], found["sure"], found["curve"]) == (148, True, [[148.5, 0.8]])


def test_managers_have_the_micrographs_looked_at_again(people: People, import_file: Callable[..., Job]) -> None:
    assert people.client("owner").post(address(people)).status_code == 400
    import_file("a.mrc")
    answer = people.client("manager").post(address(people))
    assert answer.status_code == 201
    assert answer.json()["kind"] == "diameter"
    assert people.client("member").post(address(people)).status_code == 403


def test_a_project_needs_no_diameter(people: People) -> None:
    made = people.client("owner").post("/api/v1/projects", {"name": "No number", "pixel_size": 1.5}, format="json")
    assert made.status_code == 201
    assert made.json()["particle_diameter"] is None


def test_an_export_says_that_the_diameter_is_missing(people: People, import_file: Callable[..., Job]) -> None:
    import_file("a.mrc")
    Project.objects.filter(pk=people.project.pk).update(particle_diameter=None)
    answer = people.client("owner").post(
        f"/api/v1/projects/{people.project.pk}/exports", {"format": "csv"}, format="json"
    )
    assert answer.status_code == 400
    assert "particle diameter is not known" in str(answer.json())
