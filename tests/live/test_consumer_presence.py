"""Who is here, as sockets tell it."""

import asyncio
from datetime import timedelta

import pytest
from channels.db import database_sync_to_async
from django.db import OperationalError
from django.utils import timezone

from picking.live import feed
from picking.models import Membership, Micrograph
from tests.live.communicator import socket, until
from tests.people import People, make_people

pytestmark = pytest.mark.django_db(transaction=True)


async def test_people_see_who_is_here_and_what_they_look_at(people: People, micrograph: Micrograph) -> None:
    async with socket(people, "owner") as owner, socket(people, "viewer") as viewer:
        await viewer.say({"type": "look", "micrograph": micrograph.pk})
        seen: dict[int, int | None] = {}
        while seen.get(people.viewer.pk) != micrograph.pk or people.owner.pk not in seen:
            message = await until(owner, "presence")
            seen = {person["id"]: person["micrograph"] for person in message["people"]}
        membership = await Membership.objects.aget(user=people.viewer)
        assert membership.looking_at_id == micrograph.pk
    assert seen == {people.owner.pk: None, people.viewer.pk: micrograph.pk}


async def test_a_closed_window_looks_at_nothing(people: People, micrograph: Micrograph) -> None:
    async with socket(people, "owner") as owner, socket(people, "viewer") as viewer:
        await viewer.say({"type": "look", "micrograph": micrograph.pk})
        while micrograph.pk not in [person["micrograph"] for person in (await until(owner, "presence"))["people"]]:
            pass
    membership = await Membership.objects.aget(user=people.viewer)
    assert membership.looking_at_id is None


async def test_someone_who_leaves_is_no_longer_shown(people: People) -> None:
    async with socket(people, "owner") as owner:
        async with socket(people, "viewer"):
            while len((await until(owner, "presence"))["people"]) < 2:
                pass
        while len(here := (await until(owner, "presence"))["people"]) > 1:
            pass
    assert [person["id"] for person in here] == [people.owner.pk]


async def test_nobody_can_look_at_a_micrograph_of_another_project(people: People) -> None:
    async with socket(people, "viewer") as viewer:
        await viewer.say({"type": "look", "micrograph": 123456})
        await viewer.say({"type": "look", "micrograph": None})
        message = await until(viewer, "presence")
    assert [person["micrograph"] for person in message["people"]] == [None]


async def test_nobody_can_look_at_a_real_micrograph_of_another_project(people: People, micrograph: Micrograph) -> None:
    other = await database_sync_to_async(make_people)("Another")
    async with socket(other, "owner") as owner:
        await owner.say({"type": "look", "micrograph": micrograph.pk})
        await owner.say({"type": "look", "micrograph": None})
        message = await until(owner, "presence")
    assert [person["micrograph"] for person in message["people"]] == [None]


async def test_who_comes_later_learns_who_is_here(people: People) -> None:
    async with socket(people, "owner") as owner:
        await until(owner, "caught_up")
        async with socket(people, "viewer") as viewer:
            while people.owner.pk not in [person["id"] for person in (await until(viewer, "presence"))["people"]]:
                pass


async def test_an_open_window_goes_on_looking_at_its_micrograph(
    people: People, micrograph: Micrograph, telling_often: None
) -> None:
    async with socket(people, "viewer") as viewer:
        await viewer.say({"type": "look", "micrograph": micrograph.pk})
        while micrograph.pk not in [person["micrograph"] for person in (await until(viewer, "presence"))["people"]]:
            pass
        long_ago = timezone.now() - timedelta(days=1)
        await Membership.objects.filter(user=people.viewer).aupdate(looked_at=long_ago)
        async with asyncio.timeout(5):
            while (await Membership.objects.aget(user=people.viewer)).looked_at == long_ago:
                await asyncio.sleep(0.01)


async def test_a_database_that_is_away_for_a_moment_does_not_end_the_telling(
    people: People, telling_often: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def fails_once(project: int, _: object) -> None:
        tried.append(project)
        if len(tried) == 1:
            raise OperationalError("away")

    monkeypatch.setattr(feed, "keep_looking", fails_once)
    async with socket(people, "owner"), asyncio.timeout(5):
        while len(tried) < 3:
            await asyncio.sleep(0.01)
