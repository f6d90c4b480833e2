"""Links by which people look at a project without an account."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from picking.actions.projects.members import remove_member
from picking.models import Membership, SharedLink, User
from tests.people import People, make_people


def make(people: People, who: str = "owner", **asked: Any) -> Any:
    address = f"/api/v1/projects/{people.project.pk}/shared_links"
    return people.client(who).post(address, {"name": "Referees", **asked}, format="json")


def path_of(answer: Any) -> str:
    url: str = answer.json()["url"]
    return url.removeprefix("http://testserver")


def guest(path: str) -> Client:
    """A browser that has followed a shared link."""
    client = Client()
    assert client.get(path).status_code == 302
    return client


def status(client: Client, people: People, what: str = "/snapshot") -> int:
    return client.get(f"/api/v1/projects/{people.project.pk}{what}").status_code


def test_a_guest_sees_what_a_viewer_sees_and_is_no_member(people: People) -> None:
    client = guest(path_of(make(people)))
    opened = client.get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    seen = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert (opened["you"]["username"], opened["you"]["role"]) == ("Guest (Referees)", "viewer")
    assert opened["you"]["id"] not in [member["id"] for member in opened["members"]]
    own = {"you": 0, "guest": 0, "tiles": 0}
    assert {**opened, **own} == {**seen, **own}
    assert (opened["guest"], seen["guest"]) == (True, False)
    assert client.get("/api/v1/me").json()["guest"] is True


def test_the_link_leads_on_so_that_no_page_has_the_token_in_its_address(people: People) -> None:
    answer = Client().get(path_of(make(people)))
    assert answer.headers["Location"] == f"/projects/{people.project.pk}"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_many_use_one_link_and_each_has_a_session_of_their_own(people: People) -> None:
    path = path_of(make(people))
    browsers = [guest(path) for _ in range(3)]
    assert [status(each, people) for each in browsers] == [200, 200, 200]
    assert len({each.session.session_key for each in browsers}) == 3


def test_a_browser_gets_a_new_session_by_the_link(people: People) -> None:
    path = path_of(make(people))
    client = guest(path)
    before = client.session.session_key
    client.get(path)
    assert client.session.session_key != before


@pytest.mark.parametrize("end", ["revoke", "expire"])
def test_a_link_that_has_ended_opens_nothing_from_then_on(people: People, end: str) -> None:
    answer = make(people)
    client = guest(path_of(answer))
    if end == "revoke":
        address = f"/api/v1/projects/{people.project.pk}/shared_links/{answer.json()['shared_link']['id']}"
        assert people.client("manager").delete(address).status_code == 204
    else:
        SharedLink.objects.update(expires_at=timezone.now())
    assert status(client, people) == 401
    assert client.get(f"/projects/{people.project.pk}").headers["Location"].startswith("/signin")
    assert Client().get(path_of(answer)).status_code == 410


def test_links_are_listed_with_who_made_them_and_when_they_were_opened(people: People) -> None:
    make(people, "manager", name="Collaborators in Basel")
    guest(path_of(make(people)))
    address = f"/api/v1/projects/{people.project.pk}/shared_links"
    rows = people.client("owner").get(address).json()["results"]
    assert [(row["name"], row["created_by"], row["last_opened_at"] is None) for row in rows] == [
        ("Referees", people.owner.pk, False),
        ("Collaborators in Basel", people.manager.pk, True),
    ]


@pytest.mark.parametrize("wrong", [{"name": " "}, {"hours": 0}, {"hours": 366 * 24 + 1}])
def test_a_link_has_a_name_and_an_end(people: People, wrong: dict[str, Any]) -> None:
    assert make(people, **wrong).status_code == 400


def test_the_tables_open_no_project(people: People) -> None:
    token = path_of(make(people)).rpartition("/")[2]
    assert token not in str([*SharedLink.objects.values(), *User.objects.values()])


def test_nobody_signs_in_as_a_guest(people: People) -> None:
    make(people)
    user = SharedLink.objects.get().guest
    assert (user.is_active, user.has_usable_password()) == (False, False)
    answer = people.client("owner").post(
        f"/api/v1/projects/{people.project.pk}/members", {"username": user.username, "role": "viewer"}, format="json"
    )
    assert answer.status_code == 400


def test_a_guest_may_sign_in_join_and_make_an_account_as_anyone(people: People) -> None:
    client = guest(path_of(make(people)))
    assert client.get("/signin").status_code == 200
    assert client.get("/").headers["Location"] == "/signin?next=/"
    assert client.get("/account").headers["Location"].startswith("/signin")
    client.force_login(people.outsider)
    assert status(client, people) == 404  # as themselves


def test_a_guest_of_one_project_sees_no_page_of_another(people: People) -> None:
    other = make_people("Another")
    client = guest(path_of(make(people)))
    assert client.get(f"/projects/{other.project.pk}").headers["Location"].startswith("/signin")
    assert status(client, other) == 404


def test_a_member_who_follows_the_link_stays_who_they_are(people: People) -> None:
    client = people.client("member")
    client.get(path_of(make(people)))
    assert client.get("/api/v1/me").json()["username"] == people.member.username


def test_who_is_signed_in_with_an_account_of_no_member_is_asked_first(people: People) -> None:
    path, client = path_of(make(people)), people.client("outsider")
    page = client.get(path)
    assert (page.status_code, people.outsider.username in page.content.decode()) == (200, True)
    assert client.get("/api/v1/me").json()["guest"] is False
    assert client.post(path).status_code == 302
    assert client.get("/api/v1/me").json()["guest"] is True


def test_who_is_taken_out_does_not_look_on_through_a_link_of_their_own(people: People) -> None:
    client = guest(path_of(make(people, "manager")))
    stays = guest(path_of(make(people)))
    remove_member(people.project.pk, people.owner, people.manager.pk)
    assert (status(client, people), status(stays, people)) == (401, 200)


def test_a_guest_is_in_no_list_of_projects_or_people(people: People) -> None:
    client = guest(path_of(make(people)))
    user = SharedLink.objects.get().guest
    assert not Membership.objects.filter(user=user).exists()
    assert client.get("/api/v1/projects").status_code == 403
