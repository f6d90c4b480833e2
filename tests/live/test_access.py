"""Everything that a browser says over a socket, tried as everyone there is, also about what is of another project."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from picking.actions.projects.shared_links import revoke_shared, share
from picking.live import limits
from picking.models import Event, Label, Micrograph, SharedLink, User
from tests.live.communicator import SocketCommunicator, last_sequence, socket, until
from tests.people import People, make_people

pytestmark = pytest.mark.django_db(transaction=True)

# Who may look (and is seen where they are), and who may label; or what they are told instead.
EVERYONE: list[tuple[str, str, bool]] = [
    ("owner", "", True),
    ("manager", "", True),
    ("member", "", True),
    ("viewer", "", False),
    ("guest", "", False),
    ("outsider", "There is no such project.", False),
    ("guest of another project", "There is no such project.", False),
    ("anonymous", "Sign in again to continue.", False),
]


def guest_browser(people: People) -> Client:
    browser = Client()
    browser.get(f"/shared/{share(people.project.pk, people.owner, 'Referees', timedelta(days=1))[1]}")
    return browser


def browser_of(people: People, other: People, who: str) -> Any:
    if who.startswith("guest"):
        return guest_browser(people if who == "guest" else other)
    return people.client(who)


def put(micrograph: Micrograph, request: int) -> dict[str, Any]:
    label = {"type": "label.put", "operation": str(uuid4()), "id": str(uuid4()), "micrograph": micrograph.pk}
    return {"type": "operations", "request": request, "operations": [{**label, "kind": "particle", "x": 1.0, "y": 2.0}]}


def another(other: People) -> Micrograph:
    return Micrograph.objects.create(project=other.project, name="theirs", file_name="t.mrc", width=640, height=640)


async def answer(asking: SocketCommunicator, micrograph: Micrograph, request: int) -> Any:
    """What became of a label: `applied`, or the status of why not."""
    await asking.say(put(micrograph, request))
    while True:
        said = await asking.hear()
        if said["type"] == "failed":
            return said["problem"]["status"]
        if said["type"] == "applied":
            return said["applied"]["results"][0]["status"]


async def where(watching: SocketCommunicator, person: str) -> Any:
    """Where the others see somebody, once they are seen anywhere."""
    while True:
        people = (await until(watching, "presence"))["people"]
        for each in people:
            if each["username"].startswith(person) and each["micrograph"] is not None:
                return each["micrograph"]


async def test_a_socket_does_what_its_person_may_and_nothing_in_another_project(
    people: People, micrograph: Micrograph
) -> None:
    other = await database_sync_to_async(make_people)("Another")
    theirs = await database_sync_to_async(another)(other)
    for who, dismissed, labels in EVERYONE:
        browser = await database_sync_to_async(browser_of)(people, other, who)
        async with socket(people, who, browser=browser) as asking:
            if dismissed:
                assert (who, (await until(asking, "bye"))["reason"]) == (who, dismissed)
                continue
            await until(asking, "caught_up")
            await asking.say({"type": "look", "micrograph": theirs.pk})
            await asking.say({"type": "look", "micrograph": micrograph.pk})
            name = "Guest (Referees)" if who == "guest" else getattr(people, who).username
            assert (who, await where(asking, name)) == (who, micrograph.pk)
            expected = ("applied" if labels else 403, "refused" if labels else 403)
            answers = (await answer(asking, micrograph, 1), await answer(asking, theirs, 2))
            assert (who, answers[0]) == (who, expected[0])
            assert answers[1] != "applied", who
    assert await Label.objects.filter(micrograph=theirs).acount() == 0
    assert await Label.objects.filter(micrograph=micrograph).acount() == 3
    assert not await Event.objects.filter(project=other.project, data__type="label.put").aexists()


async def test_a_token_opens_no_socket(people: People) -> None:
    async with socket(people, "anonymous", query="?token=cryoweb_something") as program:
        assert (await until(program, "bye"))["offer"] == "sign_in"


async def test_the_guests_of_a_revoked_link_are_sent_away_with_the_reason(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SIGN_INS_CHECKED_EVERY_SECONDS", 0.01)
    first, second = [await database_sync_to_async(guest_browser)(people) for _ in range(2)]
    sequence = await last_sequence(people)
    async with socket(people, "guest", sequence, first) as gone:
        await until(gone, "caught_up")
        link = await SharedLink.objects.aearliest("pk")
        await database_sync_to_async(revoke_shared)(link, people.owner)
        said = await until(gone, "bye")
        assert ("revoked" in said["reason"], said["offer"]) == (True, "nothing")
        assert await gone.closed_with() == 4403
    async with socket(people, "guest", browser=first) as gone, socket(people, "guest", browser=second) as stays:
        assert "revoked" in (await until(gone, "bye"))["reason"]
        await until(stays, "caught_up")


async def test_the_guests_of_one_link_do_not_close_the_windows_of_one_another(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SOCKETS_A_PERSON", 1)
    token = (await database_sync_to_async(share)(people.project.pk, people.owner, "Referees", timedelta(days=1)))[1]
    first, second = Client(), Client()
    for browser in (first, second):
        await database_sync_to_async(browser.get)(f"/shared/{token}")
    async with socket(people, "guest", browser=first) as one, socket(people, "guest", browser=second) as two:
        await until(one, "caught_up")
        await until(two, "caught_up")


async def test_each_guest_of_a_link_is_somebody_among_those_here_and_stays_so_in_every_window(people: People) -> None:
    token = (await database_sync_to_async(share)(people.project.pk, people.owner, "Referees", timedelta(days=1)))[1]
    first, second = Client(), Client()
    for browser in (first, second):
        await database_sync_to_async(browser.get)(f"/shared/{token}")
    users = await User.objects.acount()
    async with (
        socket(people, "guest", browser=first) as one,
        socket(people, "guest", browser=second) as two,
        socket(people, "guest", browser=first) as again,
        socket(people, "owner") as owner,
    ):
        ids = [(await until(each, "caught_up"))["you"] for each in (one, two, again, owner)]
        assert ids[0] == ids[2] and len(set(ids)) == 3
        assert ids[3] == people.owner.pk
        here: list[Any] = []
        while {each["id"] for each in here} != set(ids):
            here = (await until(owner, "presence"))["people"]
        names = {each["username"] for each in here} - {people.owner.username}
        assert len(names) == 2 and all(name.startswith("Guest (Referees) · ") for name in names)
    assert await User.objects.acount() == users
