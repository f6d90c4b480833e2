"""The channel layer over Redis, as threads use it. Needs a Redis server."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
import redis

from picking import events
from picking.server.channel_layer import RedisLayer
from tests.e2e.server import free_port
from tests.e2e.servers import REDIS, redis_missing

needs_redis = pytest.mark.skipif(bool(redis_missing()), reason=redis_missing() or "never")


def new_layer() -> Any:
    return RedisLayer(hosts=[REDIS], prefix=f"test-{uuid4().hex}")


async def told_by_a_thread(layer: Any, count: int) -> list[Any]:
    """What a channel of a group receives where a thread publishes so many messages."""
    channel = await layer.new_channel()
    await layer.group_add("project.3", channel)

    def publish() -> None:
        for number in range(count):
            layer.publish("project.3", {"type": "project.advanced", "sequence": number})

    try:
        async with asyncio.timeout(5):
            await asyncio.to_thread(publish)
            return [(await layer.receive(channel))["sequence"] for _ in range(count)]
    finally:
        await layer.flush()


@needs_redis
async def test_a_group_hears_what_a_thread_publishes_in_its_order() -> None:
    assert await told_by_a_thread(new_layer(), 100) == list(range(100))


@needs_redis
async def test_another_group_hears_nothing_of_it() -> None:
    layer = new_layer()
    channel = await layer.new_channel()
    await layer.group_add("project.4", channel)
    await asyncio.to_thread(layer.publish, "project.3", {"type": "project.advanced", "sequence": 1})
    await asyncio.to_thread(layer.publish, "project.4", {"type": "project.advanced", "sequence": 2})
    async with asyncio.timeout(5):
        assert (await layer.receive(channel))["sequence"] == 2
    await layer.flush()


@needs_redis
async def test_a_connection_that_redis_has_ended_is_opened_again() -> None:
    layer = new_layer()
    other = redis.Redis.from_url(REDIS)
    other.client_kill_filter(_id=layer._redis.client_id())
    assert await told_by_a_thread(layer, 1) == [0]


def test_a_redis_that_is_not_there_is_said() -> None:
    layer = RedisLayer(hosts=[f"redis://127.0.0.1:{free_port()}/0"], prefix="test")
    with pytest.raises(redis.ConnectionError):
        layer.publish("project.3", {"type": "project.advanced", "sequence": 1})


def test_a_project_is_announced_through_the_thread_that_changed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    layer = RedisLayer(hosts=[REDIS], prefix="test")
    monkeypatch.setattr(layer, "publish", lambda *what: told.append(what))
    monkeypatch.setattr(events, "get_channel_layer", lambda: layer)
    events.announce(3, 817)
    assert told == [("project.3", {"type": "project.advanced", "sequence": 817})]
