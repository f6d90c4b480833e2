"""What a browser asks for over its socket."""

from typing import Any
from uuid import uuid4

import pytest

from picking.models import Event, Micrograph
from tests.live.communicator import last_sequence, socket, told, until
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)


def operations(micrograph: Micrograph, request: int = 1) -> dict[str, Any]:
    put = {"type": "label.put", "operation": str(uuid4()), "id": str(uuid4()), "micrograph": micrograph.pk}
    return {"type": "operations", "request": request, "operations": [{**put, "kind": "particle", "x": 1.0, "y": 2.0}]}


@pytest.mark.parametrize("who", ["owner", "member"])
async def test_a_label_goes_up_the_socket_is_answered_and_comes_back_to_all(
    people: People, micrograph: Micrograph, who: str
) -> None:
    async with socket(people, who) as writer, socket(people, "viewer", await last_sequence(people)) as reader:
        await writer.say(operations(micrograph, request=12))
        answer = await until(writer, "applied")
        event = await told(reader)
    assert (answer["request"], answer["applied"]["results"][0]["status"]) == (12, "applied")
    assert (event["sequence"], event["actor"]) == (answer["applied"]["sequence"], getattr(people, who).pk)


async def test_a_viewer_changes_nothing_over_the_socket(people: People, micrograph: Micrograph) -> None:
    async with socket(people, "viewer") as viewer:
        await viewer.say(operations(micrograph))
        assert (await until(viewer, "failed"))["problem"]["status"] == 403
    assert not await Event.objects.exclude(operation=None).aexists()


async def test_operations_that_cannot_be_read_are_answered(people: People) -> None:
    async with socket(people, "owner") as owner:
        await owner.say({"type": "operations", "request": 3, "operations": [{"type": "label.stare"}]})
        answer = await until(owner, "failed")
    assert (answer["request"], answer["problem"]["status"]) == (3, 400)
