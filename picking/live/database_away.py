"""Sockets that cannot go on as the database is away."""

import logging
from typing import Any

from picking.server.outage import says_away

log = logging.getLogger(__name__)

DATABASE_AWAY = 4503
"""The close code by which a page knows why. It comes back by itself."""


def says_why(application: Any) -> Any:
    """Where a socket fails, at its beginning or later, because the database is away, its page is told so."""

    async def told(scope: Any, receive: Any, send: Any) -> None:
        sent = set()

        async def noted(message: Any) -> None:
            sent.add(message["type"])
            await send(message)

        try:
            await application(scope, receive, noted)
        except Exception as error:
            if not says_away(error) or "websocket.close" in sent:
                raise
            log.warning("a socket is closed: the database does not answer")
            if "websocket.accept" not in sent:  # else a browser learns no code
                await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": DATABASE_AWAY})

    return told
