"""What people ask for over their sockets: what comes within a few milliseconds is committed together.

A commit costs some milliseconds whether it has one operation or fifty. While one runs, the next fills.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from picking.access import who_may
from picking.actions.marks.marks import Asked, apply_together
from picking.actions.marks.operations import Operation
from picking.live.database import writing
from picking.models import Right, User
from picking.operation_forms import applied_wire
from picking.problems import Problem, problem, problem_of
from picking.wire import AppliedWire

log = logging.getLogger(__name__)

WAIT_SECONDS = 0.005
"""How long the first operation waits for others."""

NOT_ALLOWED = "Your role in this project does not allow changes. A manager or an owner can give you another one."
FAILED = "The server could not apply this. It is tried again."


@dataclass(frozen=True)
class Failed:
    """Nothing was applied."""

    why: Problem


Answer = AppliedWire | Failed


class Inbox:
    """Of one project in this process."""

    def __init__(self, project_id: int) -> None:
        self._project_id = project_id
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._emptying: asyncio.Task[None] | None = None

    async def apply(self, actor: User, operations: Sequence[Operation]) -> Answer:
        """What became of one person's operations, once they are committed, or why they are not."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((Asked(actor, operations), answer))
        if self._emptying is None or self._emptying.done():
            self._emptying = asyncio.create_task(self._empty())
        return await answer

    async def _empty(self) -> None:
        while self._waiting:
            await asyncio.sleep(WAIT_SECONDS)
            waiting, self._waiting = self._waiting, []
            answers = await writing(commit)(self._project_id, [asked for asked, _ in waiting])
            for (_, future), answer in zip(waiting, answers, strict=True):
                if not future.done():  # the socket may be gone
                    future.set_result(answer)


def commit(project_id: int, asked: Sequence[Asked]) -> list[Answer]:
    """Applies what several people asked for, as far as each may, and answers each, whatever happens."""
    try:
        return _answers(project_id, asked)
    except Exception as error:
        log.exception("what people asked for on project %s could not be looked at", project_id)
        return [Failed(problem_of(error) or problem(500, FAILED)) for _ in asked]


def _answers(project_id: int, asked: Sequence[Asked]) -> list[Answer]:
    allowed = who_may(Right.ANNOTATE, project_id, [each.actor.pk for each in asked if each.actor])
    may = [each.actor is not None and each.actor.pk in allowed for each in asked]
    answers = iter(_applied(project_id, list(compress(asked, may))))
    return [next(answers) if ok else Failed(problem(403, NOT_ALLOWED)) for ok in may]


def _applied(project_id: int, asked: Sequence[Asked]) -> list[Answer]:
    """One transaction for all. Where that fails, one for each: nobody's mistake costs others their work."""
    if not asked:
        return []
    try:
        sequence, results = apply_together(project_id, asked)
    except Exception as error:
        if len(asked) > 1:
            return [answer for each in asked for answer in _applied(project_id, [each])]
        if why := problem_of(error):
            return [Failed(why)]
        log.exception("operations on project %s failed", project_id)
        return [Failed(problem(500, FAILED))]
    return [applied_wire(sequence, some) for some in results]
