"""Agreement of people who labelled blind, over HTTP."""

import pytest

from tests.double import labelled_twice
from tests.people import People
from tests.queue import make_micrographs

pytestmark = pytest.mark.django_db


def test_whoever_views_reads_agreement_and_differences(people: People) -> None:
    (row,) = make_micrographs(people.project, 1)
    labelled_twice(people, row, [(100, 100, "particle")], [])
    client = people.client("viewer")
    found = client.get(f"/api/v1/projects/{people.project.pk}/double_labelling/agreement")
    assert found.json()["micrographs"][0]["open"] == 1
    assert [each["what"] for each in client.get(f"/api/v1/micrographs/{row.pk}/differences").json()["differences"]] == [
        "only_first"
    ]
    again = client.get(
        f"/api/v1/projects/{people.project.pk}/double_labelling/agreement", headers={"If-None-Match": found["ETag"]}
    )
    assert again.status_code == 304
