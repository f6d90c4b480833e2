"""The socket of one browser on one project: catch up from a sequence number, then follow; take what its person does."""

import asyncio
import json
import logging
import time
from collections import deque
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

from picking.access import standing
from picking.actions.marks.operations import Operation
from picking.actions.people.presence import look_at, look_away
from picking.live import limits
from picking.live.bucket import Bucket
from picking.live.database import reading, writing
from picking.live.database_away import DATABASE_AWAY
from picking.live.feed import Feed, feeds
from picking.live.goodbye import (
    AHEAD,
    DELETED,
    FAR_BEHIND,
    LINK_ENDED,
    NO_PROJECT,
    REMOVED,
    SIGN_IN_ENDED,
    SIGNED_OUT,
    SOMEBODY_ELSE,
    TOO_LONG,
    TOO_MANY_MESSAGES,
    Goodbye,
)
from picking.live.inbox import Failed
from picking.live.messages import AppliedMessage, CaughtUpMessage, FailedMessage, Message, Person, Seen
from picking.live.open_sockets import open_sockets
from picking.live.pages import Page, read_pages
from picking.live.said import Ask, Follow, Look, Point, Said, See, read
from picking.models import User
from picking.problems import problem
from picking.server.outage import says_away
from picking.signins import SignIn, session_key, visitor

log = logging.getLogger(__name__)

BROKEN = 1011
"""The close code of a server that failed. The page comes back by itself."""
UNREAD = "The server cannot read this change. Reload the page: it may be older than the server."


async def project_socket(scope: Any, receive: Any, send: Any) -> None:
    """The ASGI application of a project's sockets."""
    await ProjectConsumer(scope, send).run(receive)


class ProjectConsumer:
    """One browser. Non-members are told that there is no such project.

    Channels' own consumers ask a thread at every message whether there are connections to close, and have a channel
    each: with a hundred people who move their pointers that is much, and none of it is needed here.
    """

    user: User
    name: str
    sign_in: SignIn
    feed: Feed | None = None
    following: asyncio.Task[None] | None = None
    ending: asyncio.Task[None] | None = None
    closed = False

    def __init__(self, scope: Any, send: Any) -> None:
        self.scope, self._send = scope, send
        self.key = uuid4().hex
        self.project_id: int = scope["url_route"]["kwargs"]["project_id"]
        self.micrograph: int | None = None
        self.followed: int | None = None
        self.views = ""
        self.points: deque[str] = deque(maxlen=limits.POINTS_AT_ONCE)
        self.pointing = Bucket(limits.POINTS_A_SECOND, limits.POINTS_AT_ONCE)
        self.bucket = Bucket(limits.MESSAGES_A_SECOND, limits.MESSAGES_AT_ONCE)
        self.sequence = self._asked("after") or 0
        self.awake = asyncio.Event()
        self._sending, self._taken_at = 0, 0.0  # how many messages wait for the browser, and when it last took one
        self._running = asyncio.current_task()

    async def run(self, receive: Any) -> None:
        """From the browser's first message to its last. Cleans up however the socket ends."""
        try:
            while (message := await receive())["type"] != "websocket.disconnect":
                if message["type"] == "websocket.connect":
                    await self._connect()
                else:
                    await self.receive(message.get("text") or message.get("bytes") or "")
        except asyncio.CancelledError:
            if not self.closed:
                raise
        finally:
            await self._clean_up()

    async def send(self, text: str) -> None:
        if not self._sending:
            self._taken_at = time.monotonic()
        await self._put({"type": "websocket.send", "text": text})

    async def close(self, code: int) -> None:
        try:
            async with asyncio.timeout(limits.TAKEN_WITHIN_SECONDS):
                await self._put({"type": "websocket.close", "code": code})
        except TimeoutError:
            self.drop()

    async def _put(self, message: Any) -> None:
        if self.closed:  # a sender that was about to send
            return
        self.closed = message["type"] == "websocket.close"
        self._sending += 1
        try:
            await self._send(message)
        except OSError:  # as ASGI has it: the browser is gone, and `run` hears of that by itself
            self.closed = True
        finally:
            self._sending -= 1
            self._taken_at = time.monotonic()

    def takes_nothing(self) -> bool:
        """Whether its browser has stopped reading. A timeout for each message would be a twentieth of the work."""
        return self._sending > 0 and time.monotonic() - self._taken_at > limits.TAKEN_WITHIN_SECONDS

    def drop(self) -> None:
        """Ends it without a word."""
        self.closed = True
        if self._running:
            self._running.cancel()

    async def _connect(self) -> None:
        await self._put({"type": "websocket.accept"})
        sequence = await self._why_not()
        if isinstance(sequence, Goodbye):
            await self._say_goodbye(sequence)
            return
        open_sockets.enter(self)
        self.feed = await feeds.enter(self, self.project_id, sequence)
        await self._send_new_events()
        await self._say(CaughtUpMessage(type="caught_up", sequence=self.sequence, you=self.sign_in.here))
        self.following = asyncio.create_task(self._follow())

    async def _why_not(self) -> Goodbye | int:
        """Why this socket may not stay, or else how far the project is.

        The page says whom it was loaded for: its changes are that person's.
        """
        if unknown := await self._who():
            return unknown
        if self._asked("user") not in (None, self.user.pk):
            return SOMEBODY_ELSE
        sequence = await self._sequence()
        if sequence is None:
            return NO_PROJECT
        if self.sequence > sequence:
            return AHEAD
        return FAR_BEHIND if sequence - self.sequence > limits.EVENTS_TO_CATCH_UP else sequence

    async def _who(self) -> Goodbye | None:
        """Learns whose browser this is. Why nobody's, if it is."""
        who = await reading(visitor)(session_key(self.scope["headers"]))
        if who is None:
            return SIGNED_OUT
        if who.user is None:
            return LINK_ENDED
        self.sign_in, self.user, self.name = who.sign_in, who.user, who.name
        return None

    def _asked(self, name: str) -> int | None:
        """A number in the address."""
        text = parse_qs(self.scope["query_string"].decode("latin-1")).get(name, [""])[0]
        return int(text) if text.isdecimal() and len(text) < 19 else None

    async def _clean_up(self) -> None:
        open_sockets.leave(self)
        if self.following:
            self.following.cancel()
        await feeds.leave(self, self.project_id)
        await self._look_away()

    async def receive(self, said: str | bytes) -> None:
        """A browser says which micrograph it shows, and asks for changes."""
        if self.feed is None or self.closed:
            return
        if not self.bucket.take():
            await self._say_goodbye(TOO_MANY_MESSAGES)
        elif len(said) > limits.MESSAGE_BYTES:
            await self._say_goodbye(TOO_LONG)
        else:
            await self._hear(read(said), self.feed)

    async def _hear(self, what: Said | None, feed: Feed) -> None:
        """What is seen, and pointed at, is of the micrograph that was looked at: so it is of this project."""
        match what:
            case Look(micrograph) if micrograph != self.micrograph and await self._look_at(micrograph):
                self.micrograph = micrograph
                self.views = ""
                feed.seen(self)
                if micrograph is not None:
                    self.show(micrograph, views=feed.views_on(micrograph))
            case See(micrograph, at, view) if micrograph == self.micrograph:
                feed.sees(self, micrograph, Seen(person=self.sign_in.here, at=at, view=view))
            case Point(micrograph, at) if micrograph == self.micrograph and self.pointing.take():
                await feed.point(self.sign_in.here, micrograph, at)
            case Follow(person):
                self.followed = person
                feed.seen(self)
            case Ask(request, operations):
                await self._answer(request, operations, feed)

    async def _answer(self, request: int, operations: list[Operation], feed: Feed) -> None:
        """Says what became of operations, once they are committed."""
        answer = await feed.inbox.apply(self.user, operations) if operations else Failed(problem(400, UNREAD))
        if isinstance(answer, Failed):
            await self._say(FailedMessage(type="failed", request=request, problem=answer.why))
        else:
            await self._say(AppliedMessage(type="applied", request=request, applied=answer))

    def news(self) -> None:
        """The feed has more events, or other people are here."""
        self.awake.set()

    def show(self, micrograph: int, views: str = "", pointed: str = "") -> None:
        """Whatever this browser is told of the cursors, views and pings of others comes through here.

        Only the newest is kept for one that is slow. `views` is all that is known of the micrograph, or what changed.
        Nothing is told of one that is blind.
        """
        if self.feed is None or micrograph in self.feed.blind:
            return
        if views:
            self.views = views
        if pointed:
            self.points.append(pointed)
        self.awake.set()

    async def _follow(self) -> None:
        """At the pace of the browser: one that is slow gets more at a time, and holds up nobody."""
        try:
            told = ""
            while not self.closed:
                await self.awake.wait()
                self.awake.clear()
                await self._send_new_events()
                if self.feed and told != self.feed.people:
                    told = self.feed.people
                    await self.send(told)
                views, self.views = self.views, ""
                if views:
                    await self.send(views)
                while self.points:
                    await self.send(self.points.popleft())
        except Exception as error:
            log.exception("a socket on project %s cannot go on; its page connects again", self.project_id)
            await self.close(DATABASE_AWAY if says_away(error) else BROKEN)

    async def _send_new_events(self) -> None:
        while not self.closed and self.feed and self.sequence < self.feed.reached:
            if self.feed.reached - self.sequence > limits.EVENTS_TO_CATCH_UP:
                await self._say_goodbye(FAR_BEHIND)
            for page in await self._next_pages(self.feed):
                await self.send(page.text_for(self.user.pk))
                self.sequence = page.last
                if page.removes in (self.user.pk, "everyone") and await self._sequence() is None:
                    await self._say_goodbye(DELETED if page.removes == "everyone" else REMOVED)
                    break

    async def _next_pages(self, feed: Feed) -> list[Page]:
        page = feed.page_after(self.sequence)
        return [page] if page else await reading(read_pages)(self.project_id, self.sequence)

    @reading
    def _sequence(self) -> int | None:
        """The project's sequence number; None if this person may not see it."""
        found = standing(self.user.pk, self.project_id)
        return found[0].sequence if found else None

    @writing
    def _look_at(self, micrograph: int | None) -> bool:
        return look_at(self.project_id, self.user.pk, micrograph)

    @writing
    def _look_away(self) -> None:
        if self.micrograph is not None:
            look_away(self.project_id, self.user.pk, self.micrograph)

    def end(self, goodbye: Goodbye | None) -> None:
        """Closes soon, whatever this socket is doing: it may be waiting for a browser that has stopped reading."""
        self.ending = asyncio.create_task(self._say_goodbye(goodbye) if goodbye else self.close(SIGN_IN_ENDED))

    async def _say_goodbye(self, goodbye: Goodbye) -> None:
        await self._say(goodbye.message())
        await self.close(goodbye.code)

    async def _say(self, message: Message) -> None:
        await self.send(json.dumps(message))

    def me(self) -> Person:
        """Whose it is, and what it shows, for the others."""
        return {
            "id": self.sign_in.here,
            "username": self.name,
            "micrograph": self.micrograph,
            "following": self.followed,
        }
