"""Whether the browser that requests a tile may still have it; queries the database every few seconds at most."""

from collections.abc import Iterable

from cachetools import TTLCache
from channels.db import database_sync_to_async
from django.conf import settings
from django.http.cookie import parse_cookie

from picking import signins
from picking.access import standing
from picking.models import Micrograph

REMEMBERED_SECONDS = 10
_answers: TTLCache[tuple[int, int, str], bool] = TTLCache(10_000, REMEMBERED_SECONDS)
_deleted: TTLCache[int, frozenset[str]] = TTLCache(1_000, REMEMBERED_SECONDS)


async def may_see(project_id: int, user_id: int, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether the address's person is a member or a guest, and signed in where the request comes from.

    Someone who was taken out of a project, has signed out, or came by a link that was revoked, sees its tiles for ten
    seconds more at most.
    """
    asked = project_id, user_id, _session(headers)
    answer = _answers.get(asked)
    if answer is None:
        answer = _answers[asked] = await database_sync_to_async(_ask)(*asked)
    return answer


async def deleted_keys(project_id: int) -> frozenset[str]:
    """The keys of a project's deleted micrographs, whose files are still there. Right within ten seconds, too."""
    found = _deleted.get(project_id)
    if found is None:
        found = _deleted[project_id] = await database_sync_to_async(_ask_deleted)(project_id)
    return found


def forget() -> None:
    """Drops all answers, for tests."""
    _answers.clear()
    _deleted.clear()


def _session(headers: Iterable[tuple[bytes, bytes]]) -> str:
    cookies = "; ".join(value.decode("latin-1") for name, value in headers if name == b"cookie")
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")


def _ask(project_id: int, user_id: int, session: str) -> bool:
    sign_in = signins.sign_in_by_key(session)
    if sign_in is None or sign_in.user != user_id or signins.ended([sign_in]):
        return False
    return standing(user_id, project_id) is not None


def _ask_deleted(project_id: int) -> frozenset[str]:
    rows = Micrograph.including_deleted.filter(project=project_id, deleted_at__isnull=False)
    return frozenset(map(str, rows.values_list("key", flat=True)))
