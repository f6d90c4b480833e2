"""The command that serves pages, tiles and sockets."""

import sys

from picking.live.limits import MESSAGE_BYTES


def web_server(host: str, port: int | str) -> list[str]:
    """uvicorn, as CryoWeb runs it.

    Sockets are not compressed: that would be done again for each of them, and was a fifth of the work where fifty
    people label together (docs/decisions/0056-many-at-once.md).
    """
    uvicorn = ["uvicorn", "cryoweb.asgi:application", "--host", host, "--port", str(port), "--log-level", "warning"]
    sockets = ["--ws-max-size", str(MESSAGE_BYTES), "--ws-per-message-deflate", "false"]
    return [sys.executable, "-m", *uvicorn, *sockets, "--timeout-graceful-shutdown", "3", "--no-server-header"]
