"""Whether the holder of a tile address is still a member, asked of the database every few seconds at most."""

import time

from channels.db import database_sync_to_async

from picking.models import Membership

REMEMBERED_SECONDS = 10
_answers: dict[tuple[int, int], tuple[float, bool]] = {}


async def is_member(project_id: int, user_id: int) -> bool:
    """Someone who was taken out of a project sees its tiles for ten seconds more at most."""
    now = time.monotonic()
    known = _answers.get((project_id, user_id))
    if known is not None and now - known[0] < REMEMBERED_SECONDS:
        return known[1]
    if len(_answers) > 10_000:
        _answers.clear()
    answer: bool = await database_sync_to_async(_ask)(project_id, user_id)
    _answers[project_id, user_id] = (now, answer)
    return answer


def forget() -> None:
    """Drops all answers, for tests."""
    _answers.clear()


def _ask(project_id: int, user_id: int) -> bool:
    membership = Membership.objects.filter(project_id=project_id, user_id=user_id, user__is_active=True)
    return membership.exists()
