"""A websocket client without a server. (Channels' own needs daphne, which nothing else here does.)"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.conf import settings
from django.test import Client

from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel
from picking.live.urls import sockets
from picking.models import Micrograph
from tests.people import People


class SocketCommunicator(ApplicationCommunicator):
    """Speaks to an ASGI application as the socket of a browser would, in the browser's session."""

    def __init__(self, application: Any, address: str, browser: Client) -> None:
        path, _, query = address.partition("?")
        session = browser.cookies.get(settings.SESSION_COOKIE_NAME)
        headers = [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={session.value}".encode())] if session else []
        headers.append((b"origin", b"http://localhost"))
        scope = {"type": "websocket", "path": path, "query_string": query.encode(), "headers": headers}
        super().__init__(application, scope)

    async def connect(self) -> None:
        await self.send_input({"type": "websocket.connect"})
        assert (await self.receive_output(5))["type"] == "websocket.accept"

    async def say(self, message: Any) -> None:
        await self.send_input({"type": "websocket.receive", "text": json.dumps(message)})

    async def hear(self) -> Any:
        """The next message. Fails when the socket is closed instead, or after five seconds."""
        return json.loads((await self.receive_output(5))["text"])

    async def closed_with(self) -> int:
        """The code of the close that comes next."""
        code: int = (await self.receive_output(5))["code"]
        return code

    async def leave(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(5)


@asynccontextmanager
async def socket(
    people: People, who: str, after: int | None = None, browser: Client | None = None, query: str = ""
) -> AsyncIterator[SocketCommunicator]:
    """A socket of one person, closed at the end; in a browser of its own unless one is given."""
    query = query or ("" if after is None else f"?after={after}")
    browser = browser or await database_sync_to_async(people.client)(who)
    communicator = SocketCommunicator(sockets, f"/ws/projects/{people.project.pk}{query}", browser)
    await communicator.connect()
    try:
        yield communicator
    finally:
        await communicator.leave()


async def until(communicator: SocketCommunicator, kind: str) -> Any:
    """The next message of a type; what comes before it is skipped."""
    while True:
        message = await communicator.hear()
        if message["type"] == kind:
            return message


async def told(communicator: SocketCommunicator) -> Any:
    """The next event, which must have come alone."""
    (event,) = (await until(communicator, "events"))["events"]
    return event


async def last_sequence(people: People) -> int:
    """How far the project is."""
    await people.project.arefresh_from_db()
    return people.project.sequence


async def label(people: People, micrograph: Micrograph, x: float = 10.0) -> int:
    """The owner places a label; returns the sequence number that the project has then."""
    put = PutLabel(uuid4(), uuid4(), micrograph.pk, "particle", x, 20.0)
    sequence: int
    sequence, _ = await database_sync_to_async(apply_operations)(people.project.pk, people.owner, [put])
    return sequence
