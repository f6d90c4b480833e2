"""Requests to the API: with the token, repeated when the server asks for patience, and its errors in its own words."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import uuid4

import httpx

from cryoweb_client.errors import NotReached, NotSignedIn, Problem

BUSY = (429, 503)
TRIES = 6
LONGEST_PAUSE = 120.0
"""Seconds. A server that wants more than that is not waited for."""
PAGE = 1000
"""Rows, the most that the server sends at once."""
TIMEOUT = httpx.Timeout(60, connect=10)


class Connection:
    """One server, for one person. `transport`: for tests."""

    def __init__(self, address: str, token: str, transport: httpx.BaseTransport | None = None) -> None:
        self.address = address.rstrip("/")
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        base = f"{self.address}/api/v1/"
        self._http = httpx.Client(base_url=base, headers=headers, timeout=TIMEOUT, transport=transport)

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **query: Any) -> Any:
        return self._send("GET", path, params=query).json()

    def rows(self, path: str, **query: Any) -> Iterator[Any]:
        """All rows of a list, page after page."""
        page = self.get(path, limit=PAGE, **query)
        yield from page["results"]
        while page["next"]:
            page = self._send("GET", page["next"]).json()
            yield from page["results"]

    def content(self, path: str, accept: str) -> bytes:
        return self._send("GET", path, headers={"Accept": accept}).content

    def post(self, path: str, data: object) -> Any:
        """Sent with a key, so that a request that is repeated is carried out once."""
        answer = self._send("POST", path, json=data, headers={"Idempotency-Key": str(uuid4())})
        return answer.json() if answer.content else None

    def post_files(self, path: str, files: list[tuple[str, tuple[str, bytes]]], data: dict[str, Any]) -> Any:
        """As a form: (field, (name, content)) of each file."""
        return self._send("POST", path, files=files, data=data).json()

    def post_bytes(self, path: str, content: bytes, media: str, **query: Any) -> Any:
        headers = {"Content-Type": media, "Idempotency-Key": str(uuid4())}
        return self._send("POST", path, content=content, headers=headers, params=query).json()

    def delete(self, path: str) -> None:
        self._send("DELETE", path)

    def patch(self, path: str, data: object) -> Any:
        return self._send("PATCH", path, json=data).json()

    def send_bytes(self, path: str, content: bytes, headers: dict[str, str]) -> Any:
        return self._send("PATCH", path, content=content, headers=headers).json()

    @contextmanager
    def stream(self, path: str, accept: str, **query: Any) -> Iterator[httpx.Response]:
        """An answer whose bytes are read as they come."""
        request = self._http.build_request("GET", path, params=query, headers={"Accept": accept})
        answer = self._answer(request, stream=True)
        try:
            yield answer
        except httpx.TransportError as error:
            raise NotReached(f"The connection to {self.address} broke off. Try again.") from error
        finally:
            answer.close()

    def _send(self, method: str, path: str, **what: Any) -> httpx.Response:
        return self._answer(self._http.build_request(method, path, **what))

    def _answer(self, request: httpx.Request, stream: bool = False) -> httpx.Response:
        """The answer, once the server has no more reason to ask for patience. Raises Problem or NotReached."""
        for tried in range(1, TRIES + 1):
            try:
                answer = self._http.send(request, stream=stream)
            except httpx.TransportError as error:
                if request.method != "GET" or tried == TRIES:
                    raise NotReached(self._unreached(error)) from error
                time.sleep(_growing(tried))
                continue
            pause = _pause(answer, tried)
            if answer.status_code not in BUSY or pause > LONGEST_PAUSE or tried == TRIES:
                break
            answer.close()
            time.sleep(pause)
        if not answer.is_success:
            answer.read()
            raise _problem(answer)
        return answer

    def _unreached(self, error: Exception) -> str:
        return f"{self.address} does not answer ({error}). Check the address, and whether CryoWeb is running there."


def _pause(answer: httpx.Response, tried: int) -> float:
    """Seconds that Retry-After asks for, a number or a date; growing pauses without it."""
    asked = answer.headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return _growing(tried)


def _growing(tried: int) -> float:
    return 0.5 * 2.0 ** (tried - 1)


def _problem(answer: httpx.Response) -> Problem:
    try:
        told = answer.json()
        detail = str(told["detail"])
        errors = [(str(each["field"]), str(each["detail"])) for each in told.get("errors", [])]
    except (ValueError, KeyError, TypeError, AttributeError):
        detail, errors = f"The server answered {answer.status_code} {answer.reason_phrase} to {answer.url}.", []
    if answer.is_redirect:
        detail = f"{answer.url} leads to {answer.headers.get('Location')}. Sign in with that address."
    kind = NotSignedIn if answer.status_code == 401 else Problem
    return kind(answer.status_code, detail, errors)
