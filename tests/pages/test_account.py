"""One's own account: where one is signed in, and signing out there."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from picking.actions.people.sessions import clear_old_sessions
from picking.models import User
from picking.pages import browsers
from picking.queries.server.people import device
from tests.people import People

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def signed_in(user: User, agent: str = FIREFOX, address: str = "192.0.2.1") -> Client:
    client = Client(headers={"User-Agent": agent}, REMOTE_ADDR=address)
    client.force_login(user)
    assert client.get("/api/v1/me").status_code == 200
    return client


def works(client: Client) -> bool:
    return client.get("/api/v1/me").status_code == 200


def browser_of(client: Client) -> int:
    return int(UserSession.objects.get(session_key=client.session.session_key).pk)


def rows(client: Client) -> list[str]:
    page = client.get("/account").content.decode()
    return [part.split("</li>")[0] for part in page.split('<li data-testid="browser">')[1:]]


def test_people_see_where_they_are_signed_in(people: People) -> None:
    here, _ = signed_in(people.owner), signed_in(people.owner, CHROME, "192.0.2.2")
    signed_in(people.member, CHROME, "192.0.2.3")
    this, other = rows(here)
    assert "Firefox on Linux" in this and "192.0.2.1" in this and "this browser" in this
    assert "Chrome on Windows" in other and "192.0.2.2" in other and "last seen" in other


def test_a_session_from_before_it_was_noted_is_listed_when_it_is_used(people: People) -> None:
    client = signed_in(people.owner)
    UserSession.objects.all().delete()
    browsers._noting.forget()
    assert len(rows(client)) == 1


def test_one_browser_is_signed_out_and_the_others_stay(people: People) -> None:
    here, there, third = (signed_in(people.owner) for _ in range(3))
    assert here.post(f"/account/browsers/{browser_of(there)}/end").status_code == 302
    assert [works(here), works(there), works(third)] == [True, False, True]
    assert len(rows(here)) == 2


def test_all_other_browsers_are_signed_out_also_those_that_were_never_noted(people: People) -> None:
    here, there, unnoted, other_person = *(signed_in(people.owner) for _ in range(3)), signed_in(people.member)
    UserSession.objects.filter(pk=browser_of(unnoted)).delete()
    assert here.post("/account/browsers/others/end").status_code == 302
    assert [works(here), works(there), works(unnoted), works(other_person)] == [True, False, False, True]
    assert len(rows(here)) == 1


@pytest.mark.parametrize("who", ["member", "anonymous"])
def test_nobody_signs_out_somebody_else(people: People, who: str) -> None:
    there = signed_in(people.owner)
    answer = people.client(who).post(f"/account/browsers/{browser_of(there)}/end")
    assert (answer.status_code, works(there)) == (404 if who == "member" else 302, True)
    assert people.client(who).get("/account/browsers/others/end").status_code in (405, 302)


def test_sessions_from_before_all_were_ended_for_the_first_time_hold(people: People) -> None:
    """The mark of a session is Django's until then, so that an upgrade signs nobody out."""
    django_mark: Any = super(User, people.owner)._get_session_auth_hash()  # type: ignore[misc]
    assert people.owner.get_session_auth_hash() == django_mark


def test_browsers_whose_session_is_gone_are_forgotten(people: People) -> None:
    gone, stays = signed_in(people.owner), signed_in(people.owner)
    Session.objects.filter(session_key=gone.session.session_key).delete()
    clear_old_sessions()
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [stays.session.session_key]


@pytest.mark.parametrize(("agent", "said"), [(CHROME, "Chrome on Windows"), ("", "Another browser")])
def test_devices_have_names(agent: str, said: str) -> None:
    assert device(agent) == said
