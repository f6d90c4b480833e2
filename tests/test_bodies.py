"""Bodies larger than what they carry, sent as a browser would and piece by piece."""

import json
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from picking import bodies
from picking.operation_forms import BATCH
from tests.full_disk import system_error


async def django(scope: Any, receive: Any, send: Any) -> None:
    """Reads a body whole, as Django does, and says how long it is."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


async def post(path: str, size: int, announced: bool, application: Any = django) -> tuple[int, bytes]:
    headers = [(b"content-length", str(size).encode())] if announced else []
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
    communicator = ApplicationCommunicator(bodies.bounded_bodies(application), scope)
    piece = 1 << 20
    for start in range(0, size, piece):
        body = b"[" * min(piece, size - start)
        await communicator.send_input({"type": "http.request", "body": body, "more_body": start + piece < size})
    start = await communicator.receive_output(5)
    return start["status"], (await communicator.receive_output(5))["body"]


ADDRESSES = [
    ("/api/v1/projects/7/operations", bodies.OPERATIONS),
    ("/api/v1/projects/7/ctf", bodies.CTF),
    ("/api/v1/projects/7/trainings", bodies.SMALL),
    ("/api/v1/micrographs/3/centres", bodies.SMALL),
    ("/api/v1/uploads/2b3d5b0e-0000-4000-8000-000000000000", 16 * 1024**2),
    ("/signin", bodies.SMALL),
]


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(("path", "most"), ADDRESSES)
async def test_a_body_as_large_as_it_can_be_is_taken_and_a_larger_one_is_not(
    path: str, most: int, announced: bool
) -> None:
    assert await post(path, most, announced) == (200, str(most).encode())
    status, body = await post(path, most + 1, announced)
    assert (status, "too large" in json.loads(body)["detail"]) == (413, True)


def test_a_full_batch_of_labels_and_verdicts_fits() -> None:
    uuid, number = "2b3d5b0e-0000-4000-8000-000000000000", 1234.5678901234567
    verdict = {"operation": uuid, "type": "verdict.put", "id": uuid, "micrograph": 10**12, "kind": "accept"}
    verdict |= dict.fromkeys(("x", "y", "to_x", "to_y"), number)
    assert len(json.dumps({"operations": [verdict] * BATCH})) < bodies.OPERATIONS / 4


async def test_a_body_that_finds_no_room_is_answered_in_words() -> None:
    async def full(scope: Any, receive: Any, send: Any) -> None:
        raise system_error()

    status, body = await post("/signin", 9, True, full)
    assert (status, "disk is full" in json.loads(body)["detail"]) == (507, True)
