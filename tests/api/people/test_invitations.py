"""Invitations by link: for one person or many, for a time, listed and revoked."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from picking.models import Membership, User
from tests.people import People


def make(people: People, who: str = "owner", **asked: Any) -> Any:
    body = {"role": "annotator", **asked}
    return people.client(who).post(f"/api/v1/projects/{people.project.pk}/invitations", body, format="json")


def path_of(answer: Any) -> str:
    url: str = answer.json()["url"]
    return url.removeprefix("http://testserver")


def listed(people: People) -> Any:
    return people.client("manager").get(f"/api/v1/projects/{people.project.pk}/invitations").json()["results"]


def followed(path: str, name: str) -> int:
    """How an invitation answers somebody new who follows it."""
    client = Client()
    client.force_login(User.objects.create_user(name))
    return client.post(path).status_code


@pytest.mark.parametrize(("most", "let_in"), [(1, [302, 410, 410]), (2, [302, 302, 410]), (None, [302, 302, 302])])
def test_as_many_join_as_an_invitation_is_for(people: People, most: int | None, let_in: list[int]) -> None:
    path = path_of(make(people, most_uses=most))
    assert [followed(path, name) for name in ("first", "second", "third")] == let_in
    joined = Membership.objects.filter(project=people.project, user__username__in=("first", "second", "third"))
    assert joined.count() == let_in.count(302)


def test_open_invitations_are_listed_with_who_made_them_and_how_often_they_were_used(people: People) -> None:
    made = make(people, "manager", most_uses=5, role="viewer").json()["invitation"]
    path = path_of(make(people, most_uses=1))
    followed(path_of(make(people, most_uses=None)), "newcomer")
    followed(path, "another")  # used up
    assert [(row["role"], row["created_by"], row["uses"], row["most_uses"]) for row in listed(people)] == [
        ("annotator", people.owner.pk, 1, None),
        ("viewer", people.manager.pk, 0, 5),
    ]
    assert listed(people)[1] == made


@pytest.mark.parametrize("hours", [1, 90 * 24])
def test_an_invitation_lasts_as_long_as_was_asked(people: People, hours: int) -> None:
    made = make(people, hours=hours).json()["invitation"]
    begin, end = (datetime.fromisoformat(made[name]) for name in ("created_at", "expires_at"))
    assert abs((end - begin).total_seconds() - hours * 3600) < 5


@pytest.mark.parametrize("wrong", [{"hours": 0}, {"hours": 90 * 24 + 1}, {"most_uses": 0}, {"role": "guest"}])
def test_what_an_invitation_cannot_be_is_refused(people: People, wrong: dict[str, Any]) -> None:
    assert make(people, **wrong).status_code == 400


def test_a_revoked_invitation_opens_nothing_and_is_listed_no_more(people: People) -> None:
    answer = make(people, most_uses=None)
    address = f"/api/v1/projects/{people.project.pk}/invitations/{answer.json()['invitation']['id']}"
    assert people.client("manager").delete(address).status_code == 204
    assert (listed(people), followed(path_of(answer), "newcomer")) == ([], 410)


def test_a_manager_does_not_revoke_what_makes_owners(people: People) -> None:
    answer = make(people, role="owner")
    address = f"/api/v1/projects/{people.project.pk}/invitations/{answer.json()['invitation']['id']}"
    assert people.client("manager").delete(address).status_code == 403
    assert people.client("owner").delete(address).status_code == 204
