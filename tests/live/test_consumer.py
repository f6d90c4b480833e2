"""Sockets of a project."""

import asyncio
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from picking.actions.projects.deleted_projects import delete_project, restore_project
from picking.actions.projects.members import add_member, remove_member
from picking.live import consumer, limits
from picking.live.feed import feeds
from picking.live.open_sockets import open_sockets
from picking.live.relay import relay
from picking.live.urls import sockets
from picking.models import Event, Membership, Micrograph, Role
from tests.live.communicator import SocketCommunicator, label, last_sequence, socket, told, until
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)


async def test_strangers_are_told_that_there_is_no_such_project(people: People) -> None:
    async with socket(people, "outsider") as stranger:
        assert (await until(stranger, "bye"))["reason"] == "There is no such project."
        assert await stranger.closed_with() == 4404


async def test_who_is_not_signed_in_is_asked_to(people: People) -> None:
    async with socket(people, "anonymous") as nobody:
        assert (await until(nobody, "bye"))["offer"] == "sign_in"
        assert await nobody.closed_with() == 4401


@pytest.mark.parametrize("who", ["owner", "member", "viewer"])
async def test_a_label_reaches_every_member(people: People, micrograph: Micrograph, who: str) -> None:
    async with socket(people, who, await last_sequence(people)) as member:
        await until(member, "caught_up")
        sequence = await label(people, micrograph, x=33.5)
        message = await told(member)
    assert (message["sequence"], message["event"]["x"], message["actor"]) == (sequence, 33.5, people.owner.pk)


async def test_a_browser_that_was_away_gets_what_it_missed_in_order_and_once(
    people: People, micrograph: Micrograph
) -> None:
    start = await last_sequence(people)
    for x in (1.0, 2.0, 3.0):
        await label(people, micrograph, x)
    async with socket(people, "viewer", start) as member:
        missed, caught_up = await member.hear(), await member.hear()
        await label(people, micrograph, 4.0)
        then = await told(member)
    assert [told["event"]["x"] for told in missed["events"]] == [1.0, 2.0, 3.0]
    assert caught_up == {"type": "caught_up", "sequence": start + 3, "you": people.viewer.pk}
    assert then["event"]["x"] == 4.0


async def test_events_written_by_another_process_arrive_through_the_database(people: People) -> None:
    """The trainer's announcements do not reach this process: only its rows do."""
    async with socket(people, "viewer", await last_sequence(people)) as member:
        await until(member, "caught_up")
        await database_sync_to_async(write_silently)(people)
        message = await told(member)
    assert message["event"] == {"type": "micrograph.removed", "id": 7}


def write_silently(people: People, *told: dict[str, Any]) -> None:
    for data in told or ({"type": "micrograph.removed", "id": 7},):
        people.project.sequence += 1
        Event.objects.create(project=people.project, sequence=people.project.sequence, data=data)
    people.project.save()


async def test_what_came_after_ones_removal_is_not_told(people: People) -> None:
    removal = {"type": "member.removed", "id": people.viewer.pk}
    async with socket(people, "viewer", await last_sequence(people)) as viewer:
        await until(viewer, "caught_up")
        await Membership.objects.filter(user=people.viewer).adelete()
        await database_sync_to_async(write_silently)(people, removal, {"type": "micrograph.removed", "id": 7})
        assert (await told(viewer))["event"] == removal
        await until(viewer, "bye")


async def test_a_member_who_is_removed_loses_the_socket(people: People) -> None:
    async with socket(people, "viewer", await last_sequence(people)) as member:
        await until(member, "caught_up")
        await database_sync_to_async(remove_member)(people.project.pk, people.owner, people.viewer.pk)
        assert "no longer a member" in (await until(member, "bye"))["reason"]
        assert await member.closed_with() == 4403


async def test_everyone_on_a_deleted_project_loses_the_socket(people: People) -> None:
    async with socket(people, "viewer", await last_sequence(people)) as viewer:
        await until(viewer, "caught_up")
        await database_sync_to_async(delete_project)(people.project.pk, people.owner)
        assert "deleted" in (await until(viewer, "bye"))["reason"]
        assert await viewer.closed_with() == 4404


async def test_a_page_that_was_away_while_a_project_was_deleted_and_restored_goes_on(people: People) -> None:
    start = await last_sequence(people)
    await database_sync_to_async(delete_project)(people.project.pk, people.owner)
    await database_sync_to_async(restore_project)(people.project.pk, people.owner)
    async with socket(people, "viewer", start) as viewer:
        assert (await until(viewer, "caught_up"))["sequence"] == start + 2


@pytest.mark.parametrize(
    "said", [{"type": "events", "events": [{"type": "label.put"}]}, {"type": "look", "micrograph": True}, ["look"], 7]
)
async def test_what_a_browser_makes_up_is_passed_on_to_nobody(people: People, said: Any) -> None:
    async with socket(people, "owner", await last_sequence(people)) as owner, socket(people, "viewer") as viewer:
        await until(owner, "caught_up")
        await viewer.say(said)
        await viewer.say({"type": "look", "micrograph": None})
        while True:
            message = await owner.hear()
            assert message["type"] == "presence"
            if any(person["id"] == people.viewer.pk for person in message["people"]):
                break


@pytest.mark.parametrize("frame", [{"text": "not json"}, {"text": "[" * 4000}, {"text": ""}, {"bytes": b"\xff"}])
async def test_a_socket_that_speaks_no_json_goes_on_and_leaves_in_order(people: People, frame: Any) -> None:
    async with socket(people, "owner") as owner:
        async with socket(people, "viewer") as viewer:
            await viewer.send_input({"type": "websocket.receive", **frame})
            while len((await until(owner, "presence"))["people"]) < 2:
                pass
        while len((await until(owner, "presence"))["people"]) > 1:
            pass


async def test_a_member_who_was_removed_and_added_again_may_catch_up(people: People) -> None:
    before = await last_sequence(people)
    await database_sync_to_async(remove_member)(people.project.pk, people.owner, people.viewer.pk)
    again = (people.project.pk, people.owner, people.viewer.username, Role.VIEWER)
    await database_sync_to_async(add_member)(*again)
    async with socket(people, "viewer", before) as viewer:
        assert (await until(viewer, "caught_up"))["sequence"] == await last_sequence(people)


async def test_a_page_that_knows_more_than_the_server_is_told_to_load_its_snapshot(people: People) -> None:
    """As after an older backup was restored, while the page stayed open."""
    async with socket(people, "viewer", await last_sequence(people) + 1) as viewer:
        assert (await until(viewer, "bye"))["offer"] == "snapshot"
        assert await viewer.closed_with() == 4409


@pytest.mark.parametrize("who", ["outsider", "anonymous"])
async def test_strangers_do_not_learn_how_far_a_project_is(people: People, who: str) -> None:
    async with socket(people, who, await last_sequence(people) + 1) as stranger:
        assert (await until(stranger, "bye"))["offer"] != "snapshot"


@pytest.mark.parametrize("query", ["?after=-1", "?after=x", "?after=" + "9" * 5000, "?after=%ff", "?user=" + "9" * 30])
async def test_numbers_in_the_address_that_are_none_are_passed_over(people: People, query: str) -> None:
    async with socket(people, "viewer", query=query) as viewer:
        assert (await until(viewer, "caught_up"))["sequence"] == await last_sequence(people)


async def test_a_page_of_one_person_gets_no_socket_in_the_session_of_another(people: People) -> None:
    """Two people use one browser, one after the other, and a tab of the first is still open."""
    async with socket(people, "viewer", query=f"?user={people.owner.pk}") as viewer:
        assert (await until(viewer, "bye"))["offer"] == "reload"
        assert await viewer.closed_with() == 4401
    async with socket(people, "viewer", query=f"?user={people.viewer.pk}") as viewer:
        assert await until(viewer, "caught_up")


async def test_a_page_that_talks_without_end_is_cut_off_and_told_why(people: People) -> None:
    async with socket(people, "viewer") as viewer:
        for _ in range(limits.MESSAGES_AT_ONCE + limits.MESSAGES_A_SECOND * 60):
            await viewer.say({"type": "look", "micrograph": None})
        assert "more messages" in (await until(viewer, "bye"))["reason"]
        assert await viewer.closed_with() == 4429
        assert await viewer.receive_nothing()


@pytest.mark.parametrize("frame", [{"text": " " * 5000}, {"bytes": bytes(5000)}])
async def test_a_long_message_is_not_even_read(people: People, frame: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGE_BYTES", 4096)
    async with socket(people, "viewer") as viewer:
        await viewer.send_input({"type": "websocket.receive", **frame})
        assert "longer message" in (await until(viewer, "bye"))["reason"]
        assert await viewer.closed_with() == 1009


async def test_a_browser_that_stops_reading_is_let_go(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TAKEN_WITHIN_SECONDS", 0.1)
    browser = await database_sync_to_async(people.client)("viewer")

    async def reads_nothing_more(scope: Any, receive: Any, send: Any) -> None:
        async def take(message: Any) -> None:
            if message["type"] != "websocket.accept":
                await asyncio.Event().wait()
            await send(message)

        await sockets(scope, receive, take)

    stuck = SocketCommunicator(reads_nothing_more, f"/ws/projects/{people.project.pk}", browser)
    await stuck.connect()
    await stuck.wait(5)
    assert await stuck.receive_nothing()


async def test_a_browser_that_was_told_goodbye_is_not_listened_to(people: People) -> None:
    async with socket(people, "anonymous") as nobody:
        await until(nobody, "bye")
        await nobody.say({"type": "look", "micrograph": None})


async def test_a_project_of_a_number_that_no_database_holds_does_not_exist(people: People) -> None:
    browser = await database_sync_to_async(people.client)("owner")
    communicator = SocketCommunicator(sockets, f"/ws/projects/{2**63}", browser)
    await communicator.connect()
    assert (await until(communicator, "bye"))["offer"] == "projects"


async def test_a_closed_socket_is_forgotten_everywhere(people: People) -> None:
    layer: Any = get_channel_layer()
    await layer.flush()  # other tests leave channels
    known = layer.groups, layer.channels, relay._watched, open_sockets._sockets, feeds._feeds
    async with socket(people, "owner") as owner:
        await until(owner, "caught_up")
        assert [len(each) for each in known] == [2, 2, 1, 1, 1]
    assert [len(each) for each in known] == [0, 0, 0, 0, 0]


async def test_an_event_arrives_although_its_announcement_was_lost(people: People, telling_often: None) -> None:
    async with socket(people, "viewer", await last_sequence(people)) as viewer:
        await until(viewer, "caught_up")
        await database_sync_to_async(write_silently)(people)
        async with asyncio.timeout(5):
            assert (await told(viewer))["event"]["type"] == "micrograph.removed"


async def test_an_event_that_is_looked_for_twice_at_a_time_is_told_once(
    people: People, micrograph: Micrograph, telling_often: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = consumer.ProjectConsumer.send

    async def slowly(socket: consumer.ProjectConsumer, text: str) -> None:
        if text.startswith('{"type":"events"'):
            await asyncio.sleep(0.1)
        await send(socket, text)

    monkeypatch.setattr(consumer.ProjectConsumer, "send", slowly)
    async with socket(people, "viewer", await last_sequence(people)) as viewer:
        await until(viewer, "caught_up")
        heard: list[int] = []
        sequences = [await label(people, micrograph, 1.0)]
        await asyncio.sleep(0.3)
        sequences.append(await label(people, micrograph, 2.0))
        while not heard or heard[-1] != sequences[-1]:
            heard += [event["sequence"] for event in (await until(viewer, "events"))["events"]]
        assert heard == sequences
