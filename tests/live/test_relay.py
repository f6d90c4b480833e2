"""News of other processes."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from picking import events
from picking.live import relay as module
from picking.live.relay import Relay


class World:
    """What a relay looks at, and what it told. The database fails once for each of `failures`."""

    def __init__(self) -> None:
        self.sequence, self.looks = 1, 0
        self.failures: list[Exception] = []
        self.told: list[tuple[int, int]] = []

    async def looked_at(self) -> None:
        """Once whatever changed before has been seen."""
        seen = self.looks
        while self.looks < seen + 3:
            await asyncio.sleep(0.001)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()

    def sequences(relay: Relay) -> list[tuple[int, int]]:
        world.looks += 1
        if world.failures:
            raise world.failures.pop()
        return [(project_id, world.sequence) for project_id in relay._watched]

    async def announce(project_id: int, sequence: int) -> None:
        world.told.append((project_id, sequence))

    monkeypatch.setattr(module, "LOOK_EVERY_SECONDS", 0.001)
    monkeypatch.setattr(Relay, "_sequences", sequences)
    monkeypatch.setattr(events, "announce_here", announce)
    return world


@pytest.fixture
async def relay(world: World) -> AsyncIterator[Relay]:
    """Watches project 7 for one socket."""
    relay = Relay()
    relay.watch(7)
    yield relay
    relay._watched.clear()


async def test_each_step_of_a_project_is_told_once(relay: Relay, world: World) -> None:
    await world.looked_at()
    world.sequence = 2
    await world.looked_at()
    assert world.told == [(7, 1), (7, 2)]


async def test_a_database_that_fails_is_asked_again(relay: Relay, world: World) -> None:
    await world.looked_at()
    world.failures, world.sequence = [OSError("gone")], 2
    await world.looked_at()
    assert world.told == [(7, 1), (7, 2)]


async def test_it_looks_as_long_as_any_socket_is_there(relay: Relay, world: World) -> None:
    relay.watch(7)
    relay.leave(7)
    await world.looked_at()
    relay.leave(7)
    await asyncio.sleep(0.02)
    before = world.looks
    await asyncio.sleep(0.02)
    assert world.looks == before
    relay.watch(8)
    await world.looked_at()
    assert world.told[-1] == (8, 1)
    relay.leave(8)


async def test_with_a_channel_layer_between_processes_it_looks_at_nothing(world: World, settings: Any) -> None:
    settings.CHANNEL_LAYER_SPANS_PROCESSES = True
    Relay().watch(7)
    await asyncio.sleep(0.02)
    assert world.looks == 0
