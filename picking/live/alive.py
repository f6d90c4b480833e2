"""What a web process does from its start to its end, as ASGI tells: it says that it lives, with the sockets open in it,
and keeps its connections to the database."""

import asyncio
import socket
from collections import Counter
from typing import Any

from picking.heartbeat import Heartbeat
from picking.live.open_sockets import open_sockets
from picking.models import Process
from picking.server.pool import end_connections, keep_connections


def people() -> dict[int, int]:
    """User's id -> how many sockets they have open. Guests, who have no account, are 0."""
    return Counter(0 if each.guest else each.user for each in open_sockets.sign_ins())


heart = Heartbeat(Process.Role.WEB, f"web@{socket.gethostname()}", sockets=people)
"""Of this process. Its name is not that of its port, which only uvicorn knows: the process id tells it from others."""


def alive(rest: Any) -> Any:
    """Answers the server's messages of starting and ending, and passes on all else."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await rest(scope, receive, send)
            return
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                keep_connections()
                heart.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await asyncio.to_thread(heart.stop)
                end_connections()
                await send({"type": "lifespan.shutdown.complete"})
                return

    return application
