"""Whether the browser that requests a tile may still have it; queries the database every few seconds at most."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from cachetools import TTLCache
from channels.db import database_sync_to_async

from picking import signins
from picking.access import standing
from picking.models import Micrograph

T = TypeVar("T")

REMEMBERED_SECONDS = 10
_answers: TTLCache[tuple[int, int, str], asyncio.Task[bool]] = TTLCache(10_000, REMEMBERED_SECONDS)
_deleted: TTLCache[tuple[int], asyncio.Task[frozenset[str]]] = TTLCache(1_000, REMEMBERED_SECONDS)


async def may_see(project_id: int, user_id: int, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the address's person is a member or a guest, and signed in where the request comes from.

    Someone who was taken out of a project, has signed out, or came by a link that was revoked, sees its tiles for ten
    seconds more at most.
    """
    return await _once(_answers, (project_id, user_id, signins.session_key(headers)), _ask)


async def deleted_keys(project_id: int) -> frozenset[str]:
    """The keys of a project's deleted micrographs, whose files are still there. Right within ten seconds, too."""
    return await _once(_deleted, (project_id,), _ask_deleted)


def forget() -> None:
    """Drops all answers, for tests."""
    _answers.clear()
    _deleted.clear()


async def _once(known: Any, asked: tuple[Any, ...], ask: Callable[..., T]) -> T:
    """A browser asks for six tiles at a time: whoever comes while the database is asked waits for the same answer."""
    answer: asyncio.Task[T] | None = known.get(asked)
    if answer is None:
        answer = known[asked] = asyncio.create_task(database_sync_to_async(ask)(*asked))
        answer.add_done_callback(lambda done: (done.cancelled() or done.exception()) and known.pop(asked, None))
    return await asyncio.shield(answer)


def _ask(project_id: int, user_id: int, session: str) -> bool:
    sign_in = signins.sign_in_by_key(session)
    if sign_in is None or sign_in.user != user_id or signins.ended([sign_in]):
        return False
    return standing(user_id, project_id) is not None


def _ask_deleted(project_id: int) -> frozenset[str]:
    rows = Micrograph.including_deleted.filter(project=project_id, deleted_at__isnull=False)
    return frozenset(map(str, rows.values_list("key", flat=True)))
