"""How large the body of a request may be: an ASGI application ahead of Django, which would read any body whole.

Parsed JSON takes thirty times the memory of its text.
"""

import re
from typing import Any

from django.conf import settings

from picking.problems import MEDIA_TYPE, problem_bytes
from picking.room import FULL, says_full
from picking.tiles.application import Application

SMALL = 64 * 1024
"""Forms, names, settings, and 1000 places of two numbers (`centres`)."""
OPERATIONS = 2 * 1024**2
"""1000 labels or verdicts of 300 bytes, or 80 regions of 500 corners, or 10,000 labels as JSON or `.npy`.

The browser sends larger batches in parts."""
CTF = 9 * 1024**2
"""`api.ctf.MOST_BYTES`, and what a form adds."""
COORDINATES = 33 * 1024**2
"""`api.coordinates.MOST_BYTES`, and what a form adds."""
LARGER = [
    (re.compile(r"/api/v1/projects/\d+/operations"), OPERATIONS),
    (re.compile(r"/api/v1/micrographs/\d+/labels"), OPERATIONS),
    (re.compile(r"/api/v1/projects/\d+/ctf"), CTF),
    (re.compile(r"/api/v1/coordinates/[0-9a-f-]+/files"), COORDINATES),
    (re.compile(r"/api/v1/uploads/[0-9a-f-]+"), settings.UPLOAD_CHUNK_BYTES),
]
READ_ON = 32 * 1024**2
"""A refused body is still read up to this size, and discarded: a browser does not read an answer while it sends."""


def bounded_bodies(rest: Application) -> Application:
    """Hands on requests with bodies as large as what they carry can be, and answers the others with 413."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await rest(scope, receive, send)
            return
        body = _Body(receive, largest(scope["path"]), _announced(scope))
        if body.too_large:
            await body.refuse(send)
            return
        answer = _Answer(send)
        try:
            await rest(scope, body.receive, answer.send)
        except Exception as error:
            if answer.begun or not says_full(error):  # a body is kept in a file while it arrives
                raise
            await _say(send, 507, FULL)
        if body.too_large and not answer.begun:
            await body.refuse(send)

    return application


def largest(path: str) -> int:
    """The most bytes of a body for an address."""
    return next((most for address, most in LARGER if address.fullmatch(path)), SMALL)


class _Body:
    """The incoming messages. For a body that turns out too large, Django is told that the browser has disconnected."""

    def __init__(self, receive: Any, most: int, announced: int) -> None:
        self._receive, self._most, self._read, self._ended = receive, most, 0, False
        self.too_large = announced > most

    async def receive(self) -> Any:
        message = await self._receive()
        self._note(message)
        self.too_large = self.too_large or self._read > self._most
        return {"type": "http.disconnect"} if self.too_large else message

    async def refuse(self, send: Any) -> None:
        while not self._ended and self._read < READ_ON:
            self._note(await self._receive())
        size = f"{self._most // 1024**2} MiB" if self._most >= 1024**2 else f"{self._most // 1024} KiB"
        await _say(send, 413, f"This request is too large: at most {size} are accepted here. Send it in parts.")

    def _note(self, message: Any) -> None:
        self._read += len(message.get("body", b""))
        self._ended = not message.get("more_body", False)


class _Answer:
    """The outgoing messages, and whether the response has begun."""

    def __init__(self, send: Any) -> None:
        self._send, self.begun = send, False

    async def send(self, message: Any) -> None:
        self.begun = True
        await self._send(message)


def _announced(scope: Any) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _say(send: Any, status: int, sentence: str) -> None:
    body = problem_bytes(status, sentence)
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
