"""Sockets that fall behind, or cannot go on."""

import asyncio
from typing import Any

import pytest
from channels.db import database_sync_to_async

from picking.live import consumer, limits
from picking.live.urls import sockets
from picking.models import Micrograph
from tests.live.communicator import SocketCommunicator, label, last_sequence, socket, told, until
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)


async def test_a_page_that_was_away_for_long_is_told_to_load_a_snapshot(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EVENTS_TO_CATCH_UP", 2)
    start = await last_sequence(people)
    for x in (1.0, 2.0, 3.0):
        await label(people, micrograph, x)
    async with socket(people, "viewer", start) as viewer:
        assert (await until(viewer, "bye"))["offer"] == "snapshot"
    async with socket(people, "viewer", start + 1) as viewer:
        assert (await until(viewer, "caught_up"))["sequence"] == start + 3


async def test_who_stops_reading_does_not_hold_up_the_others(people: People, micrograph: Micrograph) -> None:
    browser = await database_sync_to_async(people.client)("viewer")
    stopped = asyncio.Event()

    async def reads_nothing_more(scope: Any, receive: Any, send: Any) -> None:
        async def take(message: Any) -> None:
            if message["type"] == "websocket.send" and stopped.is_set():
                await asyncio.Event().wait()
            await send(message)

        await sockets(scope, receive, take)

    stuck = SocketCommunicator(reads_nothing_more, f"/ws/projects/{people.project.pk}", browser)
    await stuck.connect()
    async with socket(people, "owner", await last_sequence(people)) as owner:
        await until(owner, "caught_up")
        stopped.set()
        for number in range(3):
            sequence = await label(people, micrograph, float(number))
            assert (await told(owner))["sequence"] == sequence
    await stuck.leave()


async def test_a_socket_that_cannot_read_events_closes_so_that_its_page_comes_back(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with socket(people, "viewer", await last_sequence(people)) as viewer:
        await until(viewer, "presence")

        async def broken(*_: Any) -> Any:
            raise OSError("gone")

        monkeypatch.setattr(consumer.ProjectConsumer, "_next_pages", broken)
        await label(people, micrograph)
        assert await viewer.closed_with() == 1011


async def test_a_browser_that_is_gone_before_it_is_known_is_no_error(
    people: People, micrograph: Micrograph, caplog: pytest.LogCaptureFixture
) -> None:
    gone = asyncio.Event()

    async def goes(scope: Any, receive: Any, send: Any) -> None:
        async def take(message: Any) -> None:
            if gone.is_set():
                raise OSError("gone")
            await send(message)

        await sockets(scope, receive, take)

    browser = await database_sync_to_async(people.client)("viewer")
    leaving = SocketCommunicator(goes, f"/ws/projects/{people.project.pk}", browser)
    await leaving.connect()
    await until(leaving, "presence")
    gone.set()
    async with socket(people, "owner", await last_sequence(people)) as owner:
        await label(people, micrograph)
        await told(owner)
    await leaving.leave()
    assert caplog.records == []
