"""Answers that a browser knows already."""

import pytest

from tests.people import People

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["labels", "final_picks", "picks/summary", "history"])
def test_what_one_person_knows_another_one_does_not(people: People, address: str) -> None:
    """They may use one browser, and see different marks on blind micrographs."""
    path = f"/api/v1/projects/{people.project.pk}/{address}"
    known = {"If-None-Match": people.client("member").get(path).headers["ETag"]}
    asked = {who: people.client(who).get(path, headers=known).status_code for who in ("member", "viewer")}
    assert asked == {"member": 304, "viewer": 200}
