"""What people see, told from process to process.

One message for all projects: each costs Redis's client most of a millisecond, ten times a second.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from channels.layers import get_channel_layer

from picking.live.soon import Soon
from picking.live.views import TELL_TOGETHER_SECONDS

GROUP = "views"


class Exchange:
    """Of one process. `heard` takes what another one tells of a project."""

    def __init__(self, heard: Callable[[int, str], None]) -> None:
        self._heard = heard
        self._news: dict[int, Callable[[], str]] = {}
        self._soon = Soon(TELL_TOGETHER_SECONDS, self._tell)
        self._layer: Any = None
        self._channel = ""
        self._listening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Joins the other processes, if it has not."""
        if self._listening:
            return
        self._layer = get_channel_layer()
        self._channel = await self._layer.new_channel()
        await self._layer.group_add(GROUP, self._channel)
        self._listening = asyncio.create_task(self._listen())

    async def close(self) -> None:
        """Leaves them."""
        if self._listening:
            self._soon.cancel()
            self._listening.cancel()
            self._listening = None
            await self._layer.group_discard(GROUP, self._channel)

    def tell(self, project: int, take: Callable[[], str]) -> None:
        """There is news of a project, which `take` gives when the time has come; empty where there is none left."""
        self._news[project] = take
        self._soon()

    async def _tell(self) -> None:
        taken = [(project, take()) for project, take in self._news.items()]
        self._news.clear()
        if told := [[project, text] for project, text in taken if text]:
            message = {"type": "presence.views", "channel": self._channel, "told": told}
            await self._layer.group_send(GROUP, message)

    async def _listen(self) -> None:
        while True:
            message = await self._layer.receive(self._channel)
            if message["channel"] != self._channel:
                for project, text in message["told"]:
                    self._heard(project, text)
