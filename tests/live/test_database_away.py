"""A page is told that its socket ends because the database is away."""

from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from picking.live.database_away import says_why
from tests.server.test_outage import GONE

ACCEPT, CLOSED = {"type": "websocket.accept"}, {"type": "websocket.close", "code": 4503}  # as in live/socket.ts


def failing(error: Exception, *sent: dict[str, Any]) -> ApplicationCommunicator:
    """An application that says something and then fails."""

    async def application(_scope: Any, _receive: Any, send: Any) -> None:
        for message in sent:
            await send(message)
        raise error

    return ApplicationCommunicator(says_why(application), {"type": "websocket"})


@pytest.mark.parametrize("sent", [[], [ACCEPT]], ids=["before it is accepted", "afterwards"])
async def test_a_socket_that_fails_as_the_database_is_away_says_so(sent: list[dict[str, Any]]) -> None:
    socket = failing(GONE, *sent)
    assert [await socket.receive_output(), await socket.receive_output()] == [ACCEPT, CLOSED]
    await socket.wait()


async def test_another_failure_is_not_taken_for_that() -> None:
    socket = failing(ValueError("of ours"))
    with pytest.raises(ValueError, match="of ours"):
        await socket.receive_output()
