"""Whether the browser that requests a tile may still have it; queries the database every few seconds at most."""

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from cachetools import TTLCache

from picking import signins
from picking.access import standing
from picking.live.database import reading
from picking.live.open_sockets import open_sockets
from picking.models import Micrograph

T = TypeVar("T")

REMEMBERED_SECONDS = 10
OLD_SECONDS = 3
"""An answer this old is still given, but asked for again meanwhile: a view of tiles seldom waits for the database."""


class Answers(Generic[T]):
    """What the database said, by what it was asked. For ten seconds after it was."""

    def __init__(self, ask: Callable[..., T], most: int) -> None:
        self._ask = ask
        self._known: TTLCache[tuple[Any, ...], tuple[T, float]] = TTLCache(most, REMEMBERED_SECONDS)
        self._asking: dict[tuple[Any, ...], asyncio.Task[T]] = {}

    async def __call__(self, *asked: Any) -> T:
        """A browser asks for six tiles at a time: whoever comes while the database is asked waits for that answer."""
        known = self._known.get(asked)
        if known is None:
            return await asyncio.shield(self._asked(asked))
        answer, at = known
        if at + OLD_SECONDS < time.monotonic():
            self._asked(asked)
        return answer

    def _asked(self, asked: tuple[Any, ...]) -> asyncio.Task[T]:
        if asked not in self._asking:
            task = self._asking[asked] = asyncio.create_task(self._answer(asked))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())  # who waits is told of it
        return self._asking[asked]

    async def _answer(self, asked: tuple[Any, ...]) -> T:
        at = time.monotonic()
        try:
            answer = await reading(self._ask)(*asked)
        finally:
            self._asking.pop(asked, None)
        self._known[asked] = answer, at
        return answer

    def forget(self) -> None:
        self._known.clear()
        self._asking.clear()


async def may_see(project_id: int, user_id: int, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the address's person is a member or a guest, and signed in where the request comes from.

    Someone who was taken out of a project, has signed out, or came by a link that was revoked, sees its tiles for ten
    seconds more at most. Nobody is asked while a window of the project is open: its socket is closed then.
    """
    asked = project_id, user_id, signins.session_key(headers)
    return open_sockets.has(*asked) or await _allowed(*asked)


async def deleted_keys(project_id: int) -> frozenset[str]:
    """The keys of a project's deleted micrographs, whose files are still there. Right within ten seconds, too."""
    return await _deleted(project_id)


def forget() -> None:
    """Drops all answers, for tests."""
    _allowed.forget()
    _deleted.forget()


def _ask(project_id: int, user_id: int, session: str) -> bool:
    sign_in = signins.sign_in_by_key(session)
    if sign_in is None or sign_in.user != user_id or signins.ended([sign_in]):
        return False
    return standing(user_id, project_id) is not None


def _ask_deleted(project_id: int) -> frozenset[str]:
    rows = Micrograph.including_deleted.filter(project=project_id, deleted_at__isnull=False)
    return frozenset(map(str, rows.values_list("key", flat=True)))


_allowed = Answers(_ask, 10_000)
_deleted = Answers(_ask_deleted, 1_000)
