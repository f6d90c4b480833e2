"""A websocket client without a server. (Channels' own needs daphne, which nothing else here does.)"""

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator


class SocketCommunicator(ApplicationCommunicator):
    """Speaks to an ASGI application as a browser's socket would."""

    def __init__(self, application: Any, address: str, user: Any) -> None:
        path, _, query = address.partition("?")
        scope = {"type": "websocket", "path": path, "query_string": query.encode(), "headers": [], "user": user}
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
