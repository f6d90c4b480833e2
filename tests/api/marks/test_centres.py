"""Snapping boxes to the local centre."""

import pytest

from picking.models import Event, Micrograph
from tests.conftest import DISCS
from tests.people import People


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 404), ("anonymous", 401)],
)
def test_all_members_find_centres_and_nothing_changes(
    people: People, micrograph: Micrograph, who: str, status: int
) -> None:
    before = Event.objects.count()
    address = f"/api/v1/micrographs/{micrograph.pk}/centres"
    answer = people.client(who).post(address, {"points": [[10, 10]]}, format="json")
    assert (answer.status_code, Event.objects.count()) == (status, before)


def test_a_place_beside_a_disc_is_answered_with_its_centre(people: People, micrograph: Micrograph) -> None:
    x, y = DISCS[6]
    address = f"/api/v1/micrographs/{micrograph.pk}/centres"
    answer = people.client("member").post(address, {"points": [[x + 7, y - 6], [x, y]]}, format="json")
    for found in answer.json()["points"]:
        assert found == pytest.approx([x, y], abs=2)


@pytest.mark.parametrize("points", [[], [[1]], [[1, "NaN"]], "here"])
def test_what_is_no_list_of_places_is_refused(people: People, micrograph: Micrograph, points: object) -> None:
    address = f"/api/v1/micrographs/{micrograph.pk}/centres"
    assert people.client("member").post(address, {"points": points}, format="json").status_code == 400
