"""Requests that name themselves: sent again, they are carried out once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from picking.actions import kept_answers
from picking.actions.marks.coordinate_imports import add_coordinate_files, start_coordinate_import
from picking.models import KeptAnswer, Label, Micrograph, Project, Token
from tests.people import People

NEW = {"name": "New", "particle_diameter": 130}


def create(people: People, key: str = "k1", who: str = "owner", **changed: Any) -> Any:
    return people.client(who).post("/api/v1/projects", NEW | changed, format="json", headers={"Idempotency-Key": key})


def test_the_same_request_makes_one_project_and_gets_the_same_answer(people: People) -> None:
    first, second = create(people), create(people)
    assert (second.status_code, second.json()) == (201, first.json())
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert Project.objects.filter(name="New").count() == 1


def test_a_key_is_good_for_one_request(people: People) -> None:
    create(people)
    other = create(people, name="Other")
    assert (other.status_code, other.json()["type"]) == (422, "urn:cryoweb:problem:key-reused")
    assert create(people, key="k2", name="Other").status_code == 201


def test_keys_of_two_people_have_nothing_to_do_with_each_other(people: People) -> None:
    assert create(people).json()["id"] != create(people, who="member").json()["id"]


def test_a_request_that_failed_can_be_sent_again(people: People) -> None:
    assert create(people, name="").status_code == 400
    assert create(people).status_code == 201


def test_a_request_under_way_is_not_begun_again(people: People) -> None:
    create(people)
    KeptAnswer.objects.update(status=None)
    assert create(people).status_code == 409
    KeptAnswer.objects.update(created_at=timezone.now() - kept_answers.GIVEN_UP - timedelta(seconds=1))
    assert create(people).status_code == 201


def test_a_key_is_forgotten_after_a_day(people: People) -> None:
    first = create(people).json()
    KeptAnswer.objects.update(created_at=timezone.now() - kept_answers.KEPT - timedelta(seconds=1))
    assert create(people).json()["id"] != first["id"]


def test_a_token_is_not_told_a_second_time(people: People) -> None:
    def make() -> Any:
        wanted = {"name": "notebook", "role": "viewer"}
        return people.client("owner").post("/api/v1/tokens", wanted, format="json", headers={"Idempotency-Key": "t"})

    text = make().json()["text"]
    assert make().status_code == 409
    assert Token.objects.count() == 1
    assert text not in str(list(KeptAnswer.objects.values()))


def test_somebody_who_left_gets_no_answer_again(people: People, micrograph: Micrograph) -> None:
    def add() -> Any:
        address = f"/api/v1/micrographs/{micrograph.pk}/labels"
        body = {"labels": [{"x": 1, "y": 2}]}
        return people.client("member").post(address, body, format="json", headers={"Idempotency-Key": "l"})

    assert [add().status_code, add().status_code] == [201, 201]
    assert Label.objects.filter(micrograph=micrograph).count() == 1
    people.project.memberships.filter(user=people.member).delete()
    assert add().status_code == 404


def test_a_link_that_invites_is_not_told_a_second_time(people: People) -> None:
    def invite() -> Any:
        address = f"/api/v1/projects/{people.project.pk}/invitations"
        return people.client("owner").post(address, {"role": "viewer"}, format="json", headers={"Idempotency-Key": "i"})

    link = invite().json()["url"]
    assert invite().status_code == 409
    assert link.rstrip("/").rpartition("/")[2] not in str(list(KeptAnswer.objects.values()))


def test_coordinates_are_stored_once_though_their_draft_is_gone_then(people: People, micrograph: Micrograph) -> None:
    draft = start_coordinate_import(people.project.pk, people.member)
    draft = add_coordinate_files(draft, [(f"{micrograph.name}.txt", [b"10 20\n30 40\n"])])

    def store(who: str) -> Any:
        address = f"/api/v1/coordinates/{draft.pk}/store"
        body = {"store_as": "labels"}
        return people.client(who).post(address, body, format="json", headers={"Idempotency-Key": "s"})

    assert store("owner").status_code == 404
    first, second = store("member"), store("member")
    assert (second.status_code, second.json()) == (201, first.json())
    assert second["Idempotency-Replayed"] == "true"
    assert Label.objects.filter(micrograph=micrograph).count() == 2
    people.project.memberships.filter(user=people.member).delete()
    assert store("member").status_code == 404


@pytest.mark.parametrize("key", ["x" * 256])
def test_a_key_without_end_is_refused(people: People, key: str) -> None:
    assert create(people, key=key).status_code == 400
