"""The open sockets of this process: how many a person has, and whether each one's session still is.

The database is asked, once a second for all of them: an account may be changed by another web process, by
`manage.py` or by hand, and none of these need know of sockets (docs/decisions/0035-open-sockets.md).
"""

import asyncio
import logging
from typing import Protocol

from picking import signins
from picking.live import limits
from picking.live.database import reading
from picking.live.goodbye import LINK_ENDED, TOO_MANY_SOCKETS, Goodbye
from picking.signins import SignIn

log = logging.getLogger(__name__)


class Socket(Protocol):
    """One socket, of one person's session."""

    sign_in: SignIn
    project_id: int

    def end(self, goodbye: Goodbye | None) -> None:
        """Closes it soon, with a reason or, where the page is to come back, without one."""

    def takes_nothing(self) -> bool:
        """Whether its browser has stopped reading."""

    def drop(self) -> None:
        """Ends it without a word."""


class OpenSockets:
    """One per process. Queries only while there are any."""

    def __init__(self) -> None:
        self._sockets: dict[Socket, None] = {}  # in the order in which they came
        self._task: asyncio.Task[None] | None = None

    def enter(self, socket: Socket) -> None:
        """Registers a socket. If its person has too many, the oldest is closed: it may have been dead for long.

        The guests of a shared link count as one person with many windows.
        """
        most = limits.SOCKETS_A_LINK if socket.sign_in.guest else limits.SOCKETS_A_PERSON
        theirs = [other for other in self._sockets if other.sign_in.user == socket.sign_in.user]
        for oldest in theirs[: max(0, len(theirs) + 1 - most)]:
            self.leave(oldest)
            oldest.end(TOO_MANY_SOCKETS)
        self._sockets[socket] = None
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look())

    def leave(self, socket: Socket) -> None:
        """Unregisters a socket."""
        self._sockets.pop(socket, None)

    def sign_ins(self) -> list[SignIn]:
        """Of each open socket."""
        return [socket.sign_in for socket in list(self._sockets)]

    def has(self, project: int, user: int, session: str) -> bool:
        """Whether this session has a socket on the project here: then it was valid a second ago, and a member's or a
        guest's.
        """
        asked = project, user, session
        return any((each.project_id, each.sign_in.user, each.sign_in.session) == asked for each in self._sockets)

    async def _look(self) -> None:
        while self._sockets:
            for stuck in [socket for socket in self._sockets if socket.takes_nothing()]:
                self.leave(stuck)
                stuck.drop()
            try:
                await self._end_signed_out()
            except Exception:
                log.exception("could not query who is signed in; trying again")
            await asyncio.sleep(limits.SIGN_INS_CHECKED_EVERY_SECONDS)

    async def _end_signed_out(self) -> None:
        sign_ins = self.sign_ins()
        revoked, ended = await reading(signins.revoked)(sign_ins), await reading(signins.ended)(sign_ins)
        for socket in [socket for socket in self._sockets if socket.sign_in in revoked | ended]:
            self.leave(socket)
            socket.end(LINK_ENDED if socket.sign_in in revoked else None)


open_sockets = OpenSockets()
