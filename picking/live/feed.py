"""What is new in a project, for all sockets on it in this process: each event is read, and written as text, once.

Between processes the channel layer only says how far a project is, who is here, and what they see (decision 0058).
The events themselves are always read from their table, in order, from the last one: nothing can be missed, doubled or
forged on the way (decision 0001).
"""

import asyncio
import json
import logging
from collections import deque
from typing import Any, Protocol

from channels.layers import get_channel_layer

from picking import events
from picking.actions.people.presence import keep_looking
from picking.live import presence, views
from picking.live.database import reading, writing
from picking.live.exchange import Exchange
from picking.live.inbox import Inbox
from picking.live.messages import Person, Place, PointedMessage, PresenceMessage, Seen
from picking.live.pages import Page, blind_micrographs, read_pages
from picking.live.relay import relay
from picking.live.soon import Soon
from picking.models import User

log = logging.getLogger(__name__)

KEPT_EVENTS = 5_000
"""A socket that is further behind reads the events for itself, and holds up nobody."""
TRY_AGAIN_SECONDS = 1.0
ALL = 2**62


class Follower(Protocol):
    """A socket, as its feed knows it."""

    key: str
    user: User
    micrograph: int | None
    views: str

    def me(self) -> Person:
        """Whose it is, and what it shows."""

    def news(self) -> None:
        """There are more events, or other people. Does not wait."""

    def show(self, micrograph: int, views: str = "", pointed: str = "") -> None:
        """Others move on a micrograph, or point at a place of it. Does not wait."""


class Feed:
    """One project in this process. `reached`: the last event that was read. `people`: the message of who is here.

    `blind`: micrographs on which people do not see one another.
    """

    def __init__(self, project_id: int, sequence: int, exchange: Exchange) -> None:
        self.project_id, self.reached = project_id, sequence
        self._exchange = exchange
        self.people = ""
        self._layer: Any = get_channel_layer()
        self._channel = ""
        self.inbox = Inbox(project_id)
        self.blind: frozenset[int] = frozenset()
        self._people = presence.People()
        self._views = views.Views()
        self._followers: dict[Follower, None] = {}
        self._pages: deque[Page] = deque()
        self._wanted = sequence
        self._more = asyncio.Event()
        self._reading = asyncio.Lock()
        self._tell_soon = Soon(presence.TELL_TOGETHER_SECONDS, self._tell_people)
        self._views_soon = Soon(views.TELL_TOGETHER_SECONDS, self._tell_views)
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Joins the other processes."""
        self._channel = await self._layer.new_channel()
        await self._layer.group_add(events.group(self.project_id), self._channel)
        relay.watch(self.project_id)
        try:
            self.blind = await reading(blind_micrographs)(self.project_id)
        except Exception:
            relay.leave(self.project_id)
            await self._layer.group_discard(events.group(self.project_id), self._channel)
            raise
        running = (self._listen(), self._keep_reading(), self._keep_telling())
        self._tasks = [asyncio.create_task(each) for each in running]
        await self._tell("presence.hello")

    async def close(self) -> None:
        """Leaves the other processes, when there are no more sockets."""
        self._tell_soon.cancel()
        self._views_soon.cancel()
        for task in self._tasks:
            task.cancel()
        relay.leave(self.project_id)
        await self._layer.group_discard(events.group(self.project_id), self._channel)
        await self._tell("presence.gone")

    def enter(self, follower: Follower) -> None:
        """A socket follows from now on."""
        self._followers[follower] = None
        self.seen(follower)

    def leave(self, follower: Follower) -> bool:
        """A socket has closed. Returns whether it was the last one."""
        if follower not in self._followers:
            return False
        del self._followers[follower]
        self._people.gone(follower.key)
        self._tell_soon()
        return not self._followers

    def seen(self, follower: Follower) -> None:
        """A socket shows another micrograph, or follows somebody else."""
        self._people.seen(follower.key, follower.me())
        self._tell_soon()

    def sees(self, follower: Follower, micrograph: int, seen: Seen) -> None:
        """A socket tells what it sees of its micrograph. Of one person's windows the last that did counts."""
        if not self._people.counts(follower.key):
            self.seen(follower)
        self._views.put(micrograph, seen)
        self._views_soon()
        if self._people.elsewhere():
            self._exchange.tell(self.project_id, self._views.take_ours)

    def seen_elsewhere(self, text: str) -> None:
        """Another process tells what its sockets see."""
        self._views.told(text)
        self._views_soon()

    def views_on(self, micrograph: int | None) -> str:
        """The message of all that people see of a micrograph; empty where that is nothing."""
        return "" if micrograph is None else self._views.on(micrograph)

    async def point(self, person: int, micrograph: int, at: Place) -> None:
        """A person points at a place, for everyone to see."""
        message: PointedMessage = {"type": "pointed", "person": person, "micrograph": micrograph, "at": at}
        text = json.dumps(message)
        self._show_point(micrograph, text)
        if self._people.elsewhere():
            await self._tell("presence.pointed", micrograph=micrograph, text=text)

    async def advance(self, sequence: int) -> None:
        """Reads the events up to a sequence number, or all that are there."""
        async with self._reading:
            while self.reached < sequence:
                pages = await reading(read_pages)(self.project_id, self.reached)
                if not pages:
                    return
                if any(page.blinds for page in pages):
                    self.blind = await reading(blind_micrographs)(self.project_id)
                self._pages.extend(pages)
                self.reached = pages[-1].last
                while self.reached - self._pages[0].after > KEPT_EVENTS and len(self._pages) > 1:
                    self._pages.popleft()
                self._wake()

    def page_after(self, sequence: int) -> Page | None:
        """The page with the event that follows on a sequence number, if it is still at hand."""
        for page in reversed(self._pages):  # nearly all want the last one
            if page.after <= sequence:
                return page if sequence < page.last else None
        return None

    async def _listen(self) -> None:
        while True:
            message = await self._layer.receive(self._channel)
            sender = message.get("channel")
            if message["type"] == "project.advanced":
                self._want(message["sequence"])
            elif sender == self._channel:
                continue
            elif message["type"] == "presence.hello":
                self._tell_soon()
            elif message["type"] == "presence.people":
                self._people.told(sender, message["people"])
                self._show_people()
            elif message["type"] == "presence.gone":
                self._people.silent(sender)
                self._show_people()
            elif message["type"] == "presence.pointed":
                self._show_point(message["micrograph"], message["text"])

    def _want(self, sequence: int) -> None:
        self._wanted = max(self._wanted, sequence)
        self._more.set()

    async def _keep_reading(self) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            wanted, self._wanted = self._wanted, self.reached
            try:
                await self.advance(wanted)
            except Exception:
                log.exception("could not read new events of project %s; trying again", self.project_id)
                await asyncio.sleep(TRY_AGAIN_SECONDS)
                self._want(wanted)

    async def _keep_telling(self) -> None:
        """In case a message of the channel layer was lost, and so that others know that this process lives."""
        while True:
            await asyncio.sleep(presence.TELL_EVERY_SECONDS)
            self._want(ALL)
            self._tell_soon()
            await self._note_looking()

    async def _note_looking(self) -> None:
        looking = ((follower.user.pk, follower.micrograph) for follower in self._followers)
        shown = {(user, micrograph) for user, micrograph in looking if micrograph is not None}
        try:
            await writing(keep_looking)(self.project_id, shown)
        except Exception:
            log.exception("could not note who looks at project %s; trying again", self.project_id)

    async def _tell_people(self) -> None:
        self._show_people()
        await self._tell("presence.people", people=self._people.ours())

    def _show_people(self) -> None:
        message: PresenceMessage = {"type": "presence", "people": self._people.here()}
        self.people = json.dumps(message)
        self._views.keep(person["id"] for person in message["people"])
        self._wake()

    async def _tell_views(self) -> None:
        """Who has not taken the last message yet gets one with all there is, in its place."""
        news = self._views.take_news()
        for follower in self._followers:
            if follower.micrograph in news:
                whole = self._views.on(follower.micrograph) if follower.views else ""
                follower.show(follower.micrograph, views=whole or news[follower.micrograph])

    def _show_point(self, micrograph: int, text: str) -> None:
        for follower in self._followers:
            follower.show(micrograph, pointed=text)

    async def _tell(self, kind: str, **what: Any) -> None:
        await self._layer.group_send(events.group(self.project_id), {"type": kind, "channel": self._channel, **what})

    def _wake(self) -> None:
        for follower in self._followers:
            follower.news()


class Feeds:
    """The feeds of this process: one for each project with sockets here."""

    def __init__(self) -> None:
        self._feeds: dict[int, Feed] = {}
        self._exchange = Exchange(self._seen_elsewhere)
        self._opening = asyncio.Lock()

    async def enter(self, follower: Follower, project_id: int, sequence: int) -> Feed:
        """The feed of a project, which is at `sequence`, with a socket that follows it from now on."""
        async with self._opening:
            feed = self._feeds.get(project_id)
            if feed is None:
                await self._exchange.open()
                feed = Feed(project_id, sequence, self._exchange)
                await feed.open()
                self._feeds[project_id] = feed
            feed.enter(follower)
        await feed.advance(sequence)
        return feed

    async def leave(self, follower: Follower, project_id: int) -> None:
        """A socket has closed, if it was in a feed; with the last one the feed closes."""
        feed = self._feeds.get(project_id)
        if feed and feed.leave(follower):
            del self._feeds[project_id]
            await feed.close()
            async with self._opening:
                if not self._feeds:
                    await self._exchange.close()

    def _seen_elsewhere(self, project_id: int, text: str) -> None:
        if feed := self._feeds.get(project_id):
            feed.seen_elsewhere(text)


feeds = Feeds()
