"""Addresses of sockets, and who may come from where."""

from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from cryoweb.asgi import application

pytestmark = pytest.mark.django_db(transaction=True)


async def first_answer(path: str, origin: bytes = b"http://localhost") -> dict[str, Any]:
    asked = {"type": "websocket", "path": path, "query_string": b"", "headers": [(b"origin", origin)]}
    communicator = ApplicationCommunicator(application, asked)
    await communicator.send_input({"type": "websocket.connect"})
    answer: dict[str, Any] = await communicator.receive_output(5)
    await communicator.send_input({"type": "websocket.disconnect", "code": 1006})
    await communicator.wait(5)
    return answer


@pytest.mark.parametrize(
    "path",
    [
        "/ws/nothing",
        "/ws/projects/1/",
        "/ws/projects/-1",
        "/ws/projects/" + "9" * 5000,
        "/",
        "",
        "/api/v1/me",
        "/tiles/1",
    ],
)
async def test_at_an_unknown_address_no_socket_opens(path: str) -> None:
    assert (await first_answer(path))["type"] == "websocket.close"


@pytest.mark.parametrize(
    "origin", [b"http://elsewhere.example", b"http://[::1", b"http://localhost.evil", b"null", b""]
)
async def test_pages_of_others_open_no_socket(origin: bytes) -> None:
    assert (await first_answer("/ws/projects/1", origin))["type"] == "websocket.close"
