"""An ASGI application around Django and the sockets: every request has an id, and is counted and logged by its route.

Not around tiles: they are many, and count for themselves (picking/tiles/application.py).
"""

import logging
import re
import time
import uuid
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from structlog.contextvars import bound_contextvars, get_contextvars

from picking.models import User
from picking.server.metrics import REQUEST_SECONDS

log = logging.getLogger(__name__)
HEADER = b"x-request-id"
GIVEN = re.compile(rb"[A-Za-z0-9._-]{8,64}", re.ASCII)
"""An id that a proxy or a program may give: nothing that could pass for another line of the log."""
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
UNKNOWN = "unknown"
"""The route of addresses that there are not: each of them by itself would be without end."""
QUIET = {"healthz", "readyz", "health", "metrics"}
"""Routes that programs ask for every few seconds: logged where they fail."""


def request_id() -> str:
    """Of the request that is answered, or of the one that started the job that is run; empty outside of them."""
    return str(get_contextvars().get("request_id", ""))


def observed(rest: Any) -> Any:
    """The application `rest`, with what this file says around it."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        with bound_contextvars(request_id=_id(scope["headers"])):
            if scope["type"] == "http":
                await _answered(rest, scope, receive, send)
            else:
                await rest(scope, receive, send)

    return application


class RoutedHandler(ASGIHandler):
    """Django's handler, which notes in the scope what `_note` says.

    No view here is a coroutine, so a request goes through all middleware in one thread. Django's own handler goes back
    to the event loop between them, forty times a request: as much work again as most answers.
    """

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return await sync_to_async(self.get_response)(request)
        finally:
            _note(request)


async def _answered(rest: Any, scope: Any, receive: Any, send: Any) -> None:
    status, begun = 500, time.perf_counter()

    async def noted(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            message = {**message, "headers": [*message["headers"], (HEADER, request_id().encode())]}
        await send(message)

    try:
        await rest(scope, receive, noted)
    finally:
        seconds = time.perf_counter() - begun
        route, method = scope.get("route", UNKNOWN), scope["method"]
        REQUEST_SECONDS.labels(route, method if method in METHODS else "other", str(status)).observe(seconds)
        if route not in QUIET or status >= 500:
            known = {key: value for key in ("ids", "user") if (value := scope.get(key))}
            more = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4), **known}
            log.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra=more)


def _id(headers: list[tuple[bytes, bytes]]) -> str:
    given = next((value for name, value in headers if name == HEADER), b"")
    return given.decode() if GIVEN.fullmatch(given) else uuid.uuid4().hex


def _note(request: HttpRequest) -> None:
    """Of what stands in the address only numbers and UUIDs: words may be secret."""
    scope: Any = getattr(request, "scope", {})
    user = getattr(request, "_cached_user", None)
    if isinstance(user, User):
        scope["user"] = user.pk
    if request.resolver_match:
        scope["route"] = request.resolver_match.route
        ids = {name: str(each) for name, each in request.resolver_match.kwargs.items() if not isinstance(each, str)}
        scope["ids"] = ids
