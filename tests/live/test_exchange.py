"""What processes tell one another of what people see."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from channels.layers import get_channel_layer

from picking.live.exchange import GROUP, Exchange


@pytest.fixture(autouse=True)
async def nobody_else() -> None:
    """Other tests leave channels."""
    layer: Any = get_channel_layer()
    await layer.flush()


@asynccontextmanager
async def process() -> AsyncIterator[tuple[Exchange, list[tuple[int, str]]]]:
    heard: list[tuple[int, str]] = []
    exchange = Exchange(lambda project, text: heard.append((project, text)))
    await exchange.open()
    yield exchange, heard
    await exchange.close()


async def heard_by(theirs: list[tuple[int, str]]) -> None:
    async with asyncio.timeout(5):
        while not theirs:
            await asyncio.sleep(0.01)


async def test_the_news_of_all_projects_reach_the_others_in_one_message_and_not_oneself() -> None:
    async with process() as (ours, our_own), process() as (_, theirs):
        layer: Any = get_channel_layer()
        watcher = await layer.new_channel()
        await layer.group_add(GROUP, watcher)
        for project in (7, 8, 7):
            ours.tell(project, f"news of {project}".strip)
        message = await layer.receive(watcher)
        assert [project for project, _ in message["told"]] == [7, 8]
        await heard_by(theirs)
        assert theirs == [(7, "news of 7"), (8, "news of 8")]
        assert our_own == []


async def test_nothing_is_sent_where_no_news_are_left() -> None:
    async with process() as (ours, _), process() as (_, theirs):
        ours.tell(7, lambda: "")
        await asyncio.sleep(0.1)
        ours.tell(8, lambda: "news")
        await heard_by(theirs)
        assert theirs == [(8, "news")]


async def test_who_has_left_hears_nothing_more() -> None:
    async with process() as (ours, _):
        async with process() as (theirs, heard):
            await theirs.open()
        ours.tell(7, lambda: "news")
        await asyncio.sleep(0.15)
        assert heard == []
        layer: Any = get_channel_layer()
        assert len(layer.groups[GROUP]) == 1
