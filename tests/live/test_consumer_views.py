"""Cursors, views, pings and following, from socket to socket."""

import json
import logging
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.db.backends.utils import CursorWrapper
from pytest import LogCaptureFixture, MonkeyPatch

from picking.actions.labelling.revealing import reveal_early
from picking.live import limits
from picking.live.exchange import Exchange
from picking.live.feed import Feed
from picking.live.messages import Person
from picking.models import Micrograph, User
from tests.live.communicator import SocketCommunicator, socket, until
from tests.people import People, make_people

pytestmark = pytest.mark.django_db(transaction=True)

VIEW = [0, 0, 100, 100]


async def look(communicator: SocketCommunicator, person: int, micrograph: int) -> None:
    """Shows a micrograph, and waits until that is known."""
    await communicator.say({"type": "look", "micrograph": micrograph})
    while where(await until(communicator, "presence"), person) != micrograph:
        pass


def where(presence: Any, person: int) -> int | None:
    return next((each["micrograph"] for each in presence["people"] if each["id"] == person), None)


async def see(communicator: SocketCommunicator, micrograph: int, x: float = 5.0) -> None:
    await communicator.say({"type": "see", "micrograph": micrograph, "at": [x, 6.0], "view": VIEW})


async def seen_by(communicator: SocketCommunicator, person: int) -> Any:
    """The next that is told of a person's pointer."""
    while True:
        message = await until(communicator, "views")
        for each in message["seen"]:
            if each["person"] == person:
                return message["micrograph"], each["at"]


@pytest.fixture
def other_micrograph(people: People) -> Micrograph:
    return Micrograph.objects.create(project=people.project, name="other.mrc", width=100, height=100)


@pytest.mark.parametrize("who", ["owner", "member", "viewer"])
async def test_every_member_is_seen_by_those_on_the_same_micrograph(
    people: People, micrograph: Micrograph, who: str
) -> None:
    watcher, mover = "owner" if who == "viewer" else "viewer", getattr(people, who)
    async with socket(people, who) as moving, socket(people, watcher) as watching:
        await look(watching, getattr(people, watcher).pk, micrograph.pk)
        await look(moving, mover.pk, micrograph.pk)
        await see(moving, micrograph.pk, 33.5)
        assert await seen_by(watching, mover.pk) == (micrograph.pk, [33.5, 6.0])


async def test_who_looks_at_another_micrograph_is_told_nothing_until_they_come(
    people: People, micrograph: Micrograph, other_micrograph: Micrograph
) -> None:
    async with socket(people, "owner") as owner, socket(people, "viewer") as viewer:
        await look(owner, people.owner.pk, micrograph.pk)
        await look(viewer, people.viewer.pk, other_micrograph.pk)
        await see(owner, micrograph.pk)
        assert (await seen_by(owner, people.owner.pk))[0] == micrograph.pk
        await see(viewer, other_micrograph.pk)
        message = await until(viewer, "views")
        assert [each["person"] for each in message["seen"]] == [people.viewer.pk]
        await viewer.say({"type": "look", "micrograph": micrograph.pk})
        assert await seen_by(viewer, people.owner.pk) == (micrograph.pk, [5.0, 6.0])


async def test_of_a_micrograph_that_one_does_not_look_at_nothing_is_taken(
    people: People, micrograph: Micrograph
) -> None:
    """Whatever the micrograph: that one looks at it was checked, so it is of this project."""
    other = await database_sync_to_async(make_people)("Another")
    async with socket(other, "owner") as stranger, socket(people, "owner") as owner:
        await look(owner, people.owner.pk, micrograph.pk)
        await stranger.say({"type": "look", "micrograph": micrograph.pk})
        await see(stranger, micrograph.pk)
        await stranger.say({"type": "point", "micrograph": micrograph.pk, "at": [1, 2]})
        await see(owner, micrograph.pk)
        message = await until(owner, "views")
        assert [each["person"] for each in message["seen"]] == [people.owner.pk]
        await stranger.say({"type": "follow", "person": None})
        assert where(await until(stranger, "presence"), other.owner.pk) is None


async def test_of_two_windows_the_last_that_moved_says_where_a_person_is(
    people: People, micrograph: Micrograph, other_micrograph: Micrograph
) -> None:
    me = people.owner.pk
    async with socket(people, "owner") as first:
        await look(first, me, micrograph.pk)
        async with socket(people, "owner") as second:
            await look(second, me, other_micrograph.pk)
            await see(first, micrograph.pk)
            while where(await until(second, "presence"), me) != micrograph.pk:
                pass


async def test_a_point_reaches_everyone_on_the_project_and_not_too_often(
    people: People, micrograph: Micrograph
) -> None:
    async with socket(people, "viewer") as viewer, socket(people, "owner") as owner:
        await look(viewer, people.viewer.pk, micrograph.pk)
        for x in range(limits.POINTS_AT_ONCE + 5):
            await viewer.say({"type": "point", "micrograph": micrograph.pk, "at": [x, 2]})
        for x in range(limits.POINTS_AT_ONCE):
            assert await until(owner, "pointed") == {
                "type": "pointed",
                "person": people.viewer.pk,
                "micrograph": micrograph.pk,
                "at": [x, 2],
            }
        await look(owner, people.owner.pk, micrograph.pk)
        await see(viewer, micrograph.pk)
        while (message := await owner.hear())["type"] != "views":
            assert message["type"] == "presence"


async def test_everyone_learns_who_follows_whom(people: People) -> None:
    async with socket(people, "owner") as owner, socket(people, "viewer") as viewer:
        await viewer.say({"type": "follow", "person": people.owner.pk})
        following: dict[int, int | None] = {}
        while following.get(people.viewer.pk) != people.owner.pk:
            here = (await until(owner, "presence"))["people"]
            following = {person["id"]: person["following"] for person in here}
        assert following[people.owner.pk] is None


class Reader:
    """A socket that takes what it is shown only when told to."""

    def __init__(self, name: str, micrograph: int | None) -> None:
        self.key, self.micrograph, self.views = name, micrograph, ""
        self.user = User(pk=1)

    def news(self) -> None:
        pass

    def show(self, micrograph: int, views: str = "", pointed: str = "") -> None:
        self.views = views or self.views

    def me(self) -> Person:
        return {"id": 1, "username": self.key, "micrograph": self.micrograph, "following": None}


async def test_a_slow_reader_gets_the_newest_of_everybody_in_one_message() -> None:
    feed, slow = Feed(1, 0, Exchange(lambda project, text: None)), Reader("slow", 10)
    feed.enter(slow)
    for person, x in ((2, 1.0), (3, 2.0), (3, 3.0)):
        feed._views.put(10, {"person": person, "at": (x, 0.0), "view": (0.0, 0.0, 9.0, 9.0)})
        await feed._tell_views()
    assert [(each["person"], each["at"][0]) for each in json.loads(slow.views)["seen"]] == [(2, 1.0), (3, 3.0)]
    slow.views = ""
    feed._views.put(10, {"person": 2, "at": None, "view": (0.0, 0.0, 9.0, 9.0)})
    await feed._tell_views()
    assert [each["person"] for each in json.loads(slow.views)["seen"]] == [2]


async def test_cursors_points_and_following_ask_the_database_nothing_and_are_not_logged(
    people: People,
    micrograph: Micrograph,
    monkeypatch: MonkeyPatch,
    caplog: LogCaptureFixture,
    settings: Any,
) -> None:
    settings.CHANNEL_LAYER_SPANS_PROCESSES = True  # no relay that reads for its own reasons
    caplog.set_level(logging.DEBUG, "picking")
    me = people.viewer.pk
    async with socket(people, "viewer") as viewer, socket(people, "owner") as owner:
        await look(viewer, me, micrograph.pk)
        await look(owner, people.owner.pk, micrograph.pk)
        asked: list[str] = []
        ask = CursorWrapper.execute

        def counted(self: Any, sql: str, *args: Any) -> Any:
            asked.append(sql)
            return ask(self, sql, *args)

        monkeypatch.setattr(CursorWrapper, "execute", counted)
        for x in range(20):
            await see(viewer, micrograph.pk, float(x))
        while (await seen_by(owner, me))[1] != [19.0, 6.0]:
            pass
        await viewer.say({"type": "point", "micrograph": micrograph.pk, "at": [1, 2]})
        await until(owner, "pointed")
        await viewer.say({"type": "follow", "person": people.owner.pk})
        await until(owner, "presence")
        await viewer.say({"type": "look", "micrograph": micrograph.pk})  # again, so nothing has changed
        await see(viewer, micrograph.pk, 99.0)
        while (await seen_by(owner, me))[1] != [99.0, 6.0]:
            pass
        monkeypatch.undo()
    assert [sql for sql in asked if "session" not in sql and "picking_user" not in sql] == []  # who is signed in still
    assert caplog.records == []


async def test_nobody_is_seen_where_labels_are_blind(people: People, micrograph: Micrograph) -> None:
    await database_sync_to_async(Micrograph.objects.filter(pk=micrograph.pk).update)(blind=True)
    async with socket(people, "owner") as moving, socket(people, "viewer") as watching:
        for browser, person in ((moving, people.owner), (watching, people.viewer)):
            await look(browser, person.pk, micrograph.pk)
        await see(moving, micrograph.pk, 11.0)
        await moving.say({"type": "point", "micrograph": micrograph.pk, "at": [1, 1]})
        assert await watching.receive_nothing(0.3)
        await database_sync_to_async(reveal_early)(people.project.pk, people.owner, [micrograph.pk])
        await until(watching, "events")
        await see(moving, micrograph.pk, 22.0)
        assert await seen_by(watching, people.owner.pk) == (micrograph.pk, [22.0, 6.0])
