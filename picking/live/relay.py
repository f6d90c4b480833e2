"""Carries the news of other processes to the sockets of this one, where the channel layer cannot.

With the in-memory layer a trainer's events reach the web process through the database only: while a project has sockets
here, its sequence number is read ten times a second. With Redis none of this runs.
"""

import asyncio
import logging
from collections import Counter

from django.conf import settings

from picking import events
from picking.live.database import reading
from picking.models import Project

log = logging.getLogger(__name__)
LOOK_EVERY_SECONDS = 0.1


class Relay:
    """One per process. Runs only while there are sockets."""

    def __init__(self) -> None:
        self._watched: Counter[int] = Counter()
        self._told: dict[int, int] = {}
        self._task: asyncio.Task[None] | None = None

    def watch(self, project_id: int) -> None:
        """Registers a socket; the first one starts the polling."""
        self._watched[project_id] += 1
        if not settings.CHANNEL_LAYER_SPANS_PROCESSES and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._look())

    def leave(self, project_id: int) -> None:
        """Unregisters a socket."""
        self._watched[project_id] -= 1
        if self._watched[project_id] <= 0:
            del self._watched[project_id]
            self._told.pop(project_id, None)

    async def _look(self) -> None:
        while self._watched:
            try:
                await self._tell_news()
            except Exception:
                log.exception("could not query the database for new events; trying again")
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _tell_news(self) -> None:
        for project_id, sequence in await reading(self._sequences)():
            if self._told.get(project_id) != sequence:
                self._told[project_id] = sequence
                await events.announce_here(project_id, sequence)

    def _sequences(self) -> list[tuple[int, int]]:
        """Of deleted ones too: their sockets are to hear of it."""
        return list(Project.including_deleted.filter(pk__in=list(self._watched)).values_list("pk", "sequence"))


relay = Relay()
