"""How many sockets a person has, and what ends them."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from channels.db import database_sync_to_async
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from picking import signins
from picking.live import limits
from picking.models import User
from tests.live.communicator import SocketCommunicator, socket, until
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "let me in, please"
NEW_PASSWORD = "a long way to Basel"


@pytest.fixture(autouse=True)
def checked_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_CHECKED_EVERY_SECONDS", 0.02)


def sign_out(browser: Client) -> None:
    browser.post("/signout")


def change_password(browser: Client) -> None:
    form = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    assert browser.post("/account", form).status_code == 302


def let_the_session_run_out(browser: Client) -> None:
    Session.objects.filter(session_key=browser.session.session_key).update(expire_date=timezone.now())


def set_by_somebody_else(**change: Any) -> Callable[[Client], None]:
    """As the page of administrators does, in this process or another: nothing is told of it."""

    def set_it(browser: Client) -> None:
        user = User.objects.get(pk=browser.session["_auth_user_id"])
        for name, value in change.items():
            setattr(user, name, value)
        user.save()

    return set_it


def end_it_from_another_browser(browser: Client) -> None:
    other = Client()
    other.force_login(User.objects.get(pk=browser.session["_auth_user_id"]))
    assert browser.get("/account").status_code == 200
    listed = UserSession.objects.get(session_key=browser.session.session_key)
    assert other.post(f"/account/browsers/{listed.pk}/end").status_code == 302


def end_all_others_from_another_browser(browser: Client) -> None:
    other = Client()
    other.force_login(User.objects.get(pk=browser.session["_auth_user_id"]))
    assert other.post("/account/browsers/others/end").status_code == 302


def remove_account(browser: Client) -> None:
    User.objects.get(pk=browser.session["_auth_user_id"]).delete()


async def ended_with(communicator: SocketCommunicator) -> int:
    """The code that closes the socket; what comes before it is skipped."""
    while (message := await communicator.receive_output(5))["type"] != "websocket.close":
        assert '"bye"' not in message["text"]
    code: int = message["code"]
    return code


@pytest.mark.parametrize(
    "end",
    [
        sign_out,
        change_password,
        let_the_session_run_out,
        set_by_somebody_else(password="another"),
        set_by_somebody_else(is_active=False),
        end_it_from_another_browser,
        end_all_others_from_another_browser,
        remove_account,
    ],
)
@pytest.mark.parametrize("who", ["owner", "member", "viewer"])
async def test_a_session_that_ends_takes_all_its_sockets_along(
    people: People, who: str, end: Callable[[Client], None]
) -> None:
    browser = await database_sync_to_async(people.client)(who)
    async with socket(people, who, browser=browser) as one, socket(people, who, browser=browser) as other:
        await until(one, "caught_up")
        await until(other, "caught_up")
        await database_sync_to_async(end)(browser)
        assert [await ended_with(one), await ended_with(other)] == [4401, 4401]


async def test_other_browsers_of_a_person_who_signs_out_stay(people: People) -> None:
    here, there = [await database_sync_to_async(people.client)("owner") for _ in range(2)]
    async with socket(people, "owner", browser=here) as leaving, socket(people, "owner", browser=there) as staying:
        await until(staying, "caught_up")
        await database_sync_to_async(sign_out)(here)
        await ended_with(leaving)
        await staying.say({"type": "look", "micrograph": None})
        assert await until(staying, "presence")


async def test_a_changed_password_ends_other_browsers_and_the_one_that_changed_it_comes_back(people: People) -> None:
    here, there = [await database_sync_to_async(people.client)("owner") for _ in range(2)]
    async with socket(people, "owner", browser=here) as mine, socket(people, "owner", browser=there) as elsewhere:
        await until(mine, "caught_up")
        await database_sync_to_async(change_password)(here)
        assert [await ended_with(mine), await ended_with(elsewhere)] == [4401, 4401]
    async with socket(people, "owner", browser=here) as mine, socket(people, "owner", browser=there) as elsewhere:
        assert await until(mine, "caught_up")
        assert (await until(elsewhere, "bye"))["offer"] == "sign_in"


async def test_of_too_many_windows_the_oldest_is_told_why_it_ends(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SOCKETS_A_PERSON", 3)
    async with AsyncExitStack() as opened:
        windows = [await opened.enter_async_context(socket(people, "viewer")) for _ in range(4)]
        bye = await until(windows[0], "bye")
        assert ("windows" in bye["reason"], bye["offer"]) == (True, "reload")
        assert await windows[0].closed_with() == 4429
        for window in windows[1:]:
            await until(window, "caught_up")


async def test_the_windows_of_one_person_take_no_place_of_another(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SOCKETS_A_PERSON", 1)
    async with socket(people, "owner") as owner, socket(people, "viewer") as viewer:
        await until(viewer, "caught_up")
        await until(owner, "caught_up")
        await viewer.say({"type": "look", "micrograph": None})
        assert await until(owner, "presence")


async def test_a_closed_window_gives_its_place_back(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOCKETS_A_PERSON", 1)
    async with socket(people, "viewer") as first:
        await until(first, "caught_up")
    async with socket(people, "viewer") as second:
        await until(second, "caught_up")
        await second.say({"type": "look", "micrograph": None})
        assert await until(second, "presence")


async def test_a_database_that_cannot_be_asked_for_a_moment_keeps_nobody_in(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, failures = signins.ended, [OperationalError("locked")]

    def fail_once(asked: Any) -> Any:
        if failures:
            raise failures.pop()
        return ended(asked)

    browser = await database_sync_to_async(people.client)("owner")
    async with socket(people, "owner", browser=browser) as mine:
        await until(mine, "caught_up")
        monkeypatch.setattr(signins, "ended", fail_once)
        await database_sync_to_async(sign_out)(browser)
        assert await ended_with(mine) == 4401
        assert failures == []
