"""The queue by HTTP."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from picking.models import Event, Label, Micrograph
from tests.people import People
from tests.queue import make_micrographs


@pytest.fixture
def rows(people: People) -> list[Micrograph]:
    return make_micrographs(people.project, 4)


def post(client: APIClient, address: str, said: Any = None, **headers: str) -> Any:
    return client.post(f"/api/v1/{address}", said or {}, format="json", headers=headers)


def test_a_person_takes_finishes_and_another_reviews(people: People, rows: list[Micrograph]) -> None:
    base, m1 = f"projects/{people.project.pk}", f"micrographs/{rows[0].pk}"
    member, owner = people.client("member"), people.client("owner")
    assert post(member, f"{base}/queue/next").json()["assignment"]["micrograph"] == rows[0].pk
    assert post(owner, f"{m1}/claim").status_code == 409
    assert post(member, f"{m1}/done").json()["done_at"]
    back = post(owner, f"{m1}/review", {"person": people.member.pk, "accepted": False, "reason": "More"})
    assert back.json()["sent_back"] == "More"
    assert post(member, f"{m1}/done").json()["sent_back"] == ""
    assert post(member, f"{m1}/reopen").json()["done_at"] is None
    assert post(member, f"{m1}/done").status_code == 200
    accepted = post(owner, f"{m1}/review", {"person": people.member.pk, "accepted": True})
    assert accepted.json()["reviewed_by"] == people.owner.pk
    assert post(member, f"{base}/queue/next", {"after": rows[0].pk}).json()["assignment"]["micrograph"] == rows[1].pk
    assert post(member, f"micrographs/{rows[1].pk}/give_back").status_code == 204


def test_when_nothing_is_left_the_next_is_null(people: People) -> None:
    answer = post(people.client("member"), f"projects/{people.project.pk}/queue/next", {"order": "teach"})
    assert answer.json() == {"assignment": None}


def test_sharing_out_happens_once(people: People, rows: list[Micrograph]) -> None:
    asked = {"people": [people.member.pk], "each": 1}
    base = f"projects/{people.project.pk}/queue"
    first, again = (post(people.client("owner"), f"{base}/share", asked, **{"Idempotency-Key": "k"}) for _ in range(2))
    assert first.status_code == 201
    assert [one["micrograph"] for one in first.json()["assignments"]] == [rows[0].pk]
    assert first.json() == again.json()
    assert post(people.client("owner"), f"{base}/take_back", {"micrographs": [rows[0].pk]}).json() == {"count": 1}


def test_progress_counts_people_and_micrographs(people: People, rows: list[Micrograph]) -> None:
    member = people.client("member")
    Label.objects.create(micrograph=rows[0], id="0" * 32, kind="particle", x=1, y=1, sequence=1, author=people.member)
    post(member, f"micrographs/{rows[0].pk}/done")
    post(member, f"micrographs/{rows[1].pk}/claim")
    Micrograph.objects.filter(pk=rows[3].pk).update(excluded=True)
    address = f"/api/v1/projects/{people.project.pk}/queue"
    answer = people.client("viewer").get(address)
    assert answer.json() == {
        "progress": {"to_do": 1, "assigned": 0, "claimed": 1, "done": 1, "reviewed": 0},
        "people": [
            {
                "user": people.member.pk,
                "assigned": 0,
                "claimed": 1,
                "done": 1,
                "reviewed": 0,
                "median_seconds": 0.0,
                "labels_per_micrograph": 1.0,
            }
        ],
    }
    assert people.client("viewer").get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_assignments_are_a_list_that_can_be_narrowed(people: People, rows: list[Micrograph]) -> None:
    for row in rows:
        post(people.client("member"), f"micrographs/{row.pk}/claim")
    post(people.client("member"), f"micrographs/{rows[2].pk}/done")
    address = f"/api/v1/projects/{people.project.pk}/assignments"
    viewer = people.client("viewer")
    assert [one["micrograph"] for one in viewer.get(f"{address}?done=true").json()["results"]] == [rows[2].pk]
    assert viewer.get(f"{address}?user={people.owner.pk}").json()["results"] == []
    page = viewer.get(f"{address}?limit=3")
    assert page.json()["next"]
    assert viewer.get(f"{address}?limit=3", headers={"If-None-Match": page["ETag"]}).status_code == 304


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("member", 403), ("viewer", 403), ("outsider", 404)])
def test_managers_say_what_is_labelled_twice(people: People, rows: list[Micrograph], who: str, status: int) -> None:
    client = people.client(who)
    answer = client.patch(f"/api/v1/micrographs/{rows[0].pk}", {"double": True}, format="json")
    assert answer.status_code == status
    rows[0].refresh_from_db()
    assert rows[0].double == (status == 200)


def test_the_snapshot_has_the_queue(people: People, rows: list[Micrograph]) -> None:
    post(people.client("member"), f"micrographs/{rows[0].pk}/claim")
    shot = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert shot["assignments"] == Event.objects.latest("pk").data["assignments"]
    assert shot["limits"]["claim_seconds"] == 600
