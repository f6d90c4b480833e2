"""The socket of one browser on one project: catch up from a sequence number, then follow; tell who looks at what.

A group message only says how far the project is. The events themselves are always read from their table, in
order, from the last one sent: nothing can be missed, doubled or forged on the way.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from picking import events
from picking.actions.presence import keep_looking, look_at, look_away
from picking.live.presence import TELL_EVERY_SECONDS, People, Person
from picking.live.relay import relay
from picking.models import Event, Membership, User

NOT_FOUND, REMOVED = 4404, 4403
PAGE = 500


class ProjectConsumer(AsyncJsonWebsocketConsumer):
    """One browser. Strangers and people who are not signed in are told that there is no such project."""

    telling: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        self.project_id: int = self.scope["url_route"]["kwargs"]["project_id"]
        self.user = cast(User, self.scope["user"])  # or an AnonymousUser, who is a member nowhere
        self.group = events.group(self.project_id)
        self.people = People()
        self.micrograph: int | None = None
        self.reading = asyncio.Lock()
        after = parse_qs(self.scope["query_string"].decode()).get("after", [""])[0]
        self.sequence = int(after) if after.isdecimal() else 0
        await self.accept()
        if not await self._is_member():
            await self._say_goodbye("There is no such project.", NOT_FOUND)
            return
        await self.channel_layer.group_add(self.group, self.channel_name)
        relay.watch(self.project_id)
        self.telling = asyncio.create_task(self._keep_telling())
        await self._send_new_events()
        await self.send_json({"type": "caught_up", "sequence": self.sequence})

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Cleans up however the socket ends: the framework itself does so only after an orderly goodbye."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._clean_up()

    async def _clean_up(self) -> None:
        telling, self.telling = self.telling, None
        if telling is None:
            return
        telling.cancel()
        relay.leave(self.project_id)
        await self.channel_layer.group_discard(self.group, self.channel_name)
        await self._to_group("presence.gone")
        await self._note(look_away)

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        """What is no JSON is nothing said."""
        try:
            return json.loads(text_data)
        except ValueError:
            return None

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """The one thing a browser says here is which micrograph it shows; changes go through the API."""
        if self.telling is None or not isinstance(content, dict) or content.get("type") != "look":
            return
        micrograph = content.get("micrograph")
        if not (micrograph is None or isinstance(micrograph, int)) or not await self._look_at(micrograph):
            return
        self.micrograph = micrograph
        await self._to_group("presence.seen", person=self._me())

    async def project_advanced(self, message: dict[str, Any]) -> None:
        """Events up to this sequence number are there."""
        if message["sequence"] > self.sequence:
            await self._send_new_events()

    async def presence_hello(self, message: dict[str, Any]) -> None:
        """A new socket: note it, and let it know of us."""
        await self.presence_seen(message)
        if message["channel"] != self.channel_name:
            answer = {"type": "presence.seen", "channel": self.channel_name, "person": self._me()}
            await self.channel_layer.send(message["channel"], answer)

    async def presence_seen(self, message: dict[str, Any]) -> None:
        """Another socket, or this one, shows a micrograph."""
        self.people.seen(message["channel"], message["person"])
        await self._send_people()

    async def presence_gone(self, message: dict[str, Any]) -> None:
        """Another socket has closed."""
        self.people.gone(message["channel"])
        await self._send_people()

    async def _send_new_events(self) -> None:
        """In pages, not one by one: a thousand small messages cost more than what they say."""
        async with self.reading:
            while page := self._until_removed(await self._read(self.sequence)):
                await self.send_json({"type": "events", "events": page})
                self.sequence = page[-1]["sequence"]
                if self._removes_me(page[-1]) and not await self._is_member():
                    await self._say_goodbye("You are no longer a member of this project.", REMOVED)
                    return

    def _until_removed(self, page: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What came after this person's removal is not theirs to see."""
        removed = [number for number, event in enumerate(page, 1) if self._removes_me(event)]
        return page[: removed[0]] if removed else page

    def _removes_me(self, told: dict[str, Any]) -> bool:
        return bool(told["event"] == {"type": "member.removed", "id": self.user.pk})

    @database_sync_to_async
    def _read(self, after: int) -> list[dict[str, Any]]:
        new = Event.objects.filter(project_id=self.project_id, sequence__gt=after).order_by("sequence")
        return [events.as_told(event) for event in new[:PAGE]]

    @database_sync_to_async
    def _is_member(self) -> bool:
        if self.project_id >= 2**63:  # more than a database can hold
            return False
        return Membership.objects.filter(project_id=self.project_id, user_id=self.user.pk).exists()

    @database_sync_to_async
    def _look_at(self, micrograph: int | None) -> bool:
        return look_at(self.project_id, self.user.pk, micrograph)

    @database_sync_to_async
    def _note(self, change: Callable[[int, int, int], None]) -> None:
        if self.micrograph is not None:
            change(self.project_id, self.user.pk, self.micrograph)

    async def _keep_telling(self) -> None:
        """Says hello, and then now and then that this socket is still here."""
        await self._to_group("presence.hello", person=self._me())
        while True:
            await asyncio.sleep(TELL_EVERY_SECONDS)
            await self._send_new_events()  # should a message of the channel layer have been lost
            await self._to_group("presence.seen", person=self._me())
            await self._note(keep_looking)

    async def _to_group(self, kind: str, **what: Any) -> None:
        await self.channel_layer.group_send(self.group, {"type": kind, "channel": self.channel_name, **what})

    async def _send_people(self) -> None:
        await self.send_json({"type": "presence", "people": self.people.here()})

    async def _say_goodbye(self, reason: str, code: int) -> None:
        await self.send_json({"type": "bye", "reason": reason})
        await self.close(code)

    def _me(self) -> Person:
        return {"id": self.user.pk, "username": self.user.username, "micrograph": self.micrograph}
