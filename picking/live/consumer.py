"""The socket of one browser on one project: catch up from a sequence number, then follow; tell who looks at what.

A group message only says how far the project is. The events themselves are always read from their table, in
order, from the last one sent: nothing can be missed, doubled or forged on the way.
"""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from picking import events
from picking.actions.presence import keep_looking, look_at, look_away
from picking.events import Told
from picking.live import limits, said
from picking.live.bucket import Bucket
from picking.live.goodbye import (
    AHEAD,
    NO_PROJECT,
    REMOVED,
    SIGN_IN_ENDED,
    SIGNED_OUT,
    SOMEBODY_ELSE,
    TOO_LONG,
    TOO_MANY_MESSAGES,
    Goodbye,
)
from picking.live.messages import CaughtUpMessage, EventsMessage, Message, Person, PresenceMessage
from picking.live.open_sockets import open_sockets
from picking.live.presence import TELL_EVERY_SECONDS, People
from picking.live.relay import relay
from picking.models import Event, Membership, User
from picking.signins import SignIn, sign_in_of

PAGE = 500


class ProjectConsumer(AsyncJsonWebsocketConsumer):
    """One browser. Non-members are told that there is no such project."""

    user: User
    sign_in: SignIn
    telling: asyncio.Task[None] | None = None
    ending: asyncio.Task[None] | None = None
    closed = False

    async def connect(self) -> None:
        self.project_id: int = self.scope["url_route"]["kwargs"]["project_id"]
        self.group = events.group(self.project_id)
        self.people = People()
        self.micrograph: int | None = None
        self.bucket = Bucket(limits.MESSAGES_A_SECOND, limits.MESSAGES_AT_ONCE)
        self.reading = asyncio.Lock()
        self.sequence = self._asked("after") or 0
        await self.accept()
        if goodbye := await self._why_not():
            await self._say_goodbye(goodbye)
            return
        open_sockets.enter(self)
        await self.channel_layer.group_add(self.group, self.channel_name)
        relay.watch(self.project_id)
        self.telling = asyncio.create_task(self._keep_telling())
        await self._send_new_events()
        await self._say(CaughtUpMessage(type="caught_up", sequence=self.sequence))

    async def _why_not(self) -> Goodbye | None:
        """Why this socket may not stay, if so. The page says whom it was loaded for: its changes are that person's."""
        sign_in = sign_in_of(self.scope["session"])
        if sign_in is None or not isinstance(self.scope["user"], User):
            return SIGNED_OUT
        self.user, self.sign_in = self.scope["user"], sign_in
        if self._asked("user") not in (None, self.user.pk):
            return SOMEBODY_ELSE
        sequence = await self._sequence()
        if sequence is None:
            return NO_PROJECT
        return AHEAD if self.sequence > sequence else None

    def _asked(self, name: str) -> int | None:
        """A number in the address."""
        text = parse_qs(self.scope["query_string"].decode("latin-1")).get(name, [""])[0]
        return int(text) if text.isdecimal() and len(text) < 19 else None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Cleans up however the socket ends: the framework itself does so only after an orderly goodbye."""
        task = asyncio.current_task()
        assert task is not None

        async def send_in_time(message: Any) -> None:
            if self.closed:  # a sender that was about to send
                return
            self.closed = message["type"] == "websocket.close"
            try:
                async with asyncio.timeout(limits.TAKEN_WITHIN_SECONDS):
                    await send(message)
            except TimeoutError:
                self.closed = True
                task.cancel()

        try:
            await super().__call__(scope, receive, send_in_time)
        except asyncio.CancelledError:
            if not self.closed:
                raise
        finally:
            await self._clean_up()

    async def _clean_up(self) -> None:
        open_sockets.leave(self)
        telling, self.telling = self.telling, None
        if telling is None:
            return
        telling.cancel()
        relay.leave(self.project_id)
        await self.channel_layer.group_discard(self.group, self.channel_name)
        await self._to_group("presence.gone")
        await self._note(look_away)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """The one thing a browser says here is which micrograph it shows; changes go through the API."""
        if self.telling is None or self.closed:
            return
        if not self.bucket.take():
            await self._say_goodbye(TOO_MANY_MESSAGES)
        elif len(text_data or bytes_data or "") > limits.MESSAGE_BYTES:
            await self._say_goodbye(TOO_LONG)
        elif (look := said.read(text_data or "")) and await self._look_at(look.micrograph):
            self.micrograph = look.micrograph
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
        """In pages, not one by one: a thousand small messages cost more than their content."""
        async with self.reading:
            while not self.closed and (page := self._until_removed(await self._read(self.sequence))):
                await self._say(EventsMessage(type="events", events=page))
                self.sequence = page[-1]["sequence"]
                if self._removes_me(page[-1]) and await self._sequence() is None:
                    await self._say_goodbye(REMOVED)

    def _until_removed(self, page: list[Told]) -> list[Told]:
        """Events after this person's removal are not sent."""
        removed = [number for number, event in enumerate(page, 1) if self._removes_me(event)]
        return page[: removed[0]] if removed else page

    def _removes_me(self, told: Told) -> bool:
        event: Any = told["event"]
        return bool(event == {"id": self.user.pk, "type": "member.removed"})

    @database_sync_to_async
    def _read(self, after: int) -> list[Told]:
        new = Event.objects.filter(project_id=self.project_id, sequence__gt=after).order_by("sequence")
        return [events.as_told(event) for event in new[:PAGE]]

    @database_sync_to_async
    def _sequence(self) -> int | None:
        """The project's sequence number; None if this person is not a member."""
        if self.project_id >= 2**63:  # larger than a database integer
            return None
        mine = Membership.objects.filter(project_id=self.project_id, user_id=self.user.pk)
        return mine.values_list("project__sequence", flat=True).first()

    @database_sync_to_async
    def _look_at(self, micrograph: int | None) -> bool:
        return look_at(self.project_id, self.user.pk, micrograph)

    @database_sync_to_async
    def _note(self, change: Callable[[int, int, int], None]) -> None:
        if self.micrograph is not None:
            change(self.project_id, self.user.pk, self.micrograph)

    async def _keep_telling(self) -> None:
        """Announces this socket, and then regularly that it is still open."""
        await self._to_group("presence.hello", person=self._me())
        while True:
            await asyncio.sleep(TELL_EVERY_SECONDS)
            await self._send_new_events()  # in case a message of the channel layer was lost
            await self._to_group("presence.seen", person=self._me())
            await self._note(keep_looking)

    async def _to_group(self, kind: str, **what: Any) -> None:
        await self.channel_layer.group_send(self.group, {"type": kind, "channel": self.channel_name, **what})

    async def _send_people(self) -> None:
        await self._say(PresenceMessage(type="presence", people=self.people.here()))

    def end(self, goodbye: Goodbye | None) -> None:
        """Closes soon, whatever this socket is doing: it may be waiting for a browser that has stopped reading."""
        self.ending = asyncio.create_task(self._say_goodbye(goodbye) if goodbye else self.close(SIGN_IN_ENDED))

    async def _say_goodbye(self, goodbye: Goodbye) -> None:
        await self._say(goodbye.message())
        await self.close(goodbye.code)

    async def _say(self, message: Message) -> None:
        await self.send_json(message)

    def _me(self) -> Person:
        return {"id": self.user.pk, "username": self.user.username, "micrograph": self.micrograph}
