"""Access tokens: made once, used, expired, revoked."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from picking.models import Role, Token
from tests.api.test_access import client_with
from tests.people import People


def make(people: People, who: str = "owner", **wanted: Any) -> Any:
    asked = {"name": "notebook", "role": "annotator", "project": people.project.pk, "days": 7} | wanted
    return people.client(who).post("/api/v1/tokens", asked, format="json")


def test_the_text_of_a_token_is_told_once_and_kept_as_a_hash(people: People) -> None:
    text = make(people).json()["text"]
    token = Token.objects.get()
    assert token.token_hash == hashlib.sha256(text.encode()).hexdigest()
    assert text not in str(vars(token))
    assert text not in people.client("owner").get("/api/v1/tokens").content.decode()


@pytest.mark.parametrize(("who", "role", "status"), [("viewer", "viewer", 201), ("viewer", "annotator", 400)])
def test_nobody_makes_a_token_that_may_more_than_they_do(people: People, who: str, role: str, status: int) -> None:
    assert make(people, who, role=role).status_code == status


def test_nobody_makes_a_token_for_a_project_they_are_not_in(people: People) -> None:
    answer = make(people, "outsider")
    assert (answer.status_code, "not a member" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize("wanted", [{"name": ""}, {"days": 0}, {"days": 367}, {"role": "king"}, {"name": "\u202e"}])
def test_what_makes_no_sense_is_refused(people: People, wanted: dict[str, Any]) -> None:
    assert make(people, **wanted).status_code == 400


def test_people_see_and_revoke_their_own_tokens_alone(people: People) -> None:
    made = make(people).json()
    address = f"/api/v1/tokens/{made['token']['id']}"
    assert people.client("member").get("/api/v1/tokens").json()["results"] == []
    assert people.client("member").delete(address).status_code == 404
    assert client_with(made["text"]).get("/api/v1/me").status_code == 200
    assert people.client("owner").delete(address).status_code == 204
    assert client_with(made["text"]).get("/api/v1/me").status_code == 401
    assert people.client("owner").get("/api/v1/tokens").json()["results"] == []


def test_a_program_learns_what_its_token_is_for(people: People) -> None:
    me = client_with(make(people).json()["text"]).get("/api/v1/me").json()
    assert (me["id"], me["token"]["project"], me["token"]["role"]) == (people.owner.pk, people.project.pk, "annotator")


def test_the_last_use_is_written_once_a_minute(people: People) -> None:
    client = client_with(make(people).json()["text"])
    client.get("/api/v1/me")
    first = Token.objects.get().last_used_at
    client.get("/api/v1/me")
    assert first is not None
    assert Token.objects.get().last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(seconds=61))
    client.get("/api/v1/me")
    later = Token.objects.get().last_used_at
    assert later is not None
    assert later > first - timedelta(seconds=1)


def test_a_closed_account_takes_its_tokens_along(people: People) -> None:
    client = client_with(make(people).json()["text"])
    people.owner.is_active = False
    people.owner.save()
    assert client.get("/api/v1/me").status_code == 401


def test_an_expired_token_is_listed_as_such(people: People) -> None:
    make(people)
    Token.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert [row["expired"] for row in people.client("owner").get("/api/v1/tokens").json()["results"]] == [True]


def test_the_lesser_of_two_roles_has_fewer_rights() -> None:
    assert Role.OWNER.lesser(Role.VIEWER) == Role.VIEWER.lesser(Role.OWNER) == Role.VIEWER
    assert Role.ANNOTATOR.lesser(Role.OWNER) == Role.ANNOTATOR
