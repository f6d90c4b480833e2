"""Many people as sockets: each places labels and moves a pointer at a pace, and hears everybody of the project.

They stand for as many machines, and share the cores with the server: so they use the client that costs least, and read
no more of what they are sent than is measured.
"""

import asyncio
import json
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import orjson
from aiohttp import ClientSession, ClientTimeout, ClientWebSocketResponse, TCPConnector, WSMsgType

from tests.e2e.server import Server

SETTLED_WITHIN_SECONDS = 30
CONNECTIONS = 7
"""Of a browser to one server: six for requests, and the socket."""
MOVES_TOGETHER, MOVES_IN_A_ROW = 8, 10
"""A pointer that moves is told of ten times a second, eight times; then it rests as long as the pace wants."""

PREPARE = """
import json
from django.test import Client
from picking.actions.projects.members import add_member
from picking.actions.projects.projects import create_project
from picking.models import Micrograph, Role, User
from picking.tiles.tokens import tile_base

def prepare(number):
    people = [User.objects.get_or_create(username=f"person{{number}}-{{each}}")[0] for each in range({people})]
    project = create_project(people[0], f"Together {{number}}", particle_diameter=160.0, pixel_size=1.0)
    for each in people[1:]:
        add_member(project.pk, people[0], each.username, Role.ANNOTATOR)
    size = {{"width": 4096, "height": 4096}}
    shown = [Micrograph.objects.create(project=project, name=f"{{each}}.mrc", **size) for each in range({micrographs})]
    sessions, tiles = [], []
    for each in people:
        client = Client()
        client.force_login(each)
        sessions.append(client.cookies["sessionid"].value)
        tiles.append(tile_base(project.pk, each.pk))
    project.refresh_from_db()
    micrographs = [(each.pk, str(each.key)) for each in shown]
    told = {{"project": project.pk, "micrographs": micrographs, "sequence": project.sequence}}
    return told | {{"sessions": sessions, "tiles": tiles}}

json.dump([prepare(number) for number in range({projects})], open({file!r}, "w"))
"""
COUNT = """
import json
from picking.models import Event, Label
labels, told = Label.objects.filter(micrograph__project={project}), Event.objects.filter(project={project})
json.dump([labels.count(), told.exclude(operation=None).count()], open({file!r}, "w"))
"""


@dataclass(frozen=True)
class Pace:
    """What each person does a second, and for how long."""

    labels: float
    moves: float
    seconds: int

    @property
    def labels_each(self) -> int:
        return round(self.labels * self.seconds)


@dataclass
class Person:
    """One of a project's people: where their browser connects, and from when on they work.

    `micrographs`: the id and the key of each; `showing`: the number of the one on the screen, `looked`: since when.
    `phase`: 0 to 1, so that not all do at once what they do seldom.
    """

    address: str
    session: str
    tiles: str
    project: int
    micrographs: list[tuple[int, str]]
    sequence: int
    start: float
    phase: float
    showing: int = 0
    looked: float = 0.0
    socket: ClientWebSocketResponse | None = None

    @property
    def micrograph(self) -> int:
        return self.micrographs[self.showing][0]

    def browser(self) -> ClientSession:
        """To be closed by who asks for it."""
        headers = {"Cookie": f"sessionid={self.session}", "Origin": self.address}
        connector = TCPConnector(limit=CONNECTIONS)
        timeout = ClientTimeout(total=10)
        return ClientSession(self.address, headers=headers, connector=connector, timeout=timeout)

    async def look(self) -> None:
        """Tells the server which micrograph is on the screen."""
        assert self.socket is not None
        self.looked = time.perf_counter()
        await self.socket.send_str(json.dumps({"type": "look", "micrograph": self.micrograph}))


@dataclass
class Heard:
    """What the sockets of a project saw. `late`: ms from placing to seen, for each label and socket; `moves_late` of
    pointers; `orders`: the labels that each socket saw."""

    people: int
    placed: dict[str, float] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)
    moves_late: list[float] = field(default_factory=list)
    orders: list[list[str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def prepare(server: Server, projects: int, people: int, micrographs: int = 1) -> list[dict[str, Any]]:
    """Makes projects of so many people and micrographs without pixels; tells what `crowd` needs of each project."""
    file = server.data.parent / "told.json"
    server.run(PREPARE.format(projects=projects, people=people, micrographs=micrographs, file=str(file)))
    told: list[dict[str, Any]] = json.loads(file.read_text())
    return told


def stored(server: Server, project: int) -> list[int]:
    """How many labels the server has, and how many events that people caused."""
    file = server.data.parent / "stored.json"
    server.run(COUNT.format(file=str(file), project=project))
    counts: list[int] = json.loads(file.read_text())
    return counts


def crowd(told: dict[str, Any], addresses: Sequence[str], pace: Pace, seed: int = 0) -> list[Person]:
    """The people of a project, on the servers in turn, each in a phase of their own."""
    random = np.random.default_rng(seed)
    starts = random.uniform(3, 3 + 1 / pace.labels, len(told["sessions"])) + time.perf_counter()
    where = {name: told[name] for name in ("project", "micrographs", "sequence")}
    everyone = zip(told["sessions"], told["tiles"], starts, random.random(len(starts)), strict=True)
    return [
        Person(
            addresses[number % len(addresses)],
            session,
            tiles,
            start=float(start),
            phase=float(phase),
            showing=number % len(told["micrographs"]),
            **where,
        )
        for number, (session, tiles, start, phase) in enumerate(everyone)
    ]


async def all_of(doing: Sequence[Coroutine[Any, Any, None]], wrong: list[str]) -> None:
    """Everything at once; what fails is noted."""
    ended = await asyncio.gather(*doing, return_exceptions=True)
    wrong += [repr(error) for error in ended if error]


async def take_part(person: Person, pace: Pace, heard: Heard) -> None:
    """Places labels at the pace, and sees everybody's."""
    path = f"/ws/projects/{person.project}?after={person.sequence}"
    async with person.browser() as browser, browser.ws_connect(path, max_msg_size=0) as person.socket:
        await person.look()
        placing = asyncio.create_task(_place(person.socket, person, pace, heard))
        moving = asyncio.create_task(_move(person.socket, person, pace))
        async with asyncio.timeout(person.start - time.perf_counter() + pace.seconds + SETTLED_WITHIN_SECONDS):
            await _see_all(person.socket, person, pace, heard)
        await placing
        await moving
        await _at(person.start + pace.seconds)  # others still move, and this one looks around


async def _see_all(socket: ClientWebSocketResponse, person: Person, pace: Pace, heard: Heard) -> None:
    seen: list[str] = []
    heard.orders.append(seen)
    while len(seen) < heard.people * pace.labels_each:
        message = await socket.receive()
        now = time.perf_counter()
        if message.type is not WSMsgType.TEXT:
            raise ConnectionError(f"the socket ended: {message}")
        text: str = message.data
        if text.startswith('{"type":"views"'):
            late = ((1000 * now - at) % 90_000 for at in _moved(text))
            heard.moves_late += [ms for ms in late if ms < 1000 * (now - person.looked)]  # others rested before
            continue
        operations, wrong = _read(text)
        seen += operations
        heard.late += [1000 * (now - heard.placed[operation]) for operation in operations]
        heard.wrong += wrong


async def due(person: Person, number: float, a_second: float) -> None:
    """Waits until a person does something for the nth time."""
    await _at(person.start + number / a_second)


async def _at(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - time.perf_counter()))


async def _place(socket: ClientWebSocketResponse, person: Person, pace: Pace, heard: Heard) -> None:
    for number in range(pace.labels_each):
        await due(person, number, pace.labels)
        operation = str(uuid4())
        put = {"type": "label.put", "operation": operation, "id": str(uuid4()), "micrograph": person.micrograph}
        put |= {"kind": "particle", "x": 40.0 * (number % 100), "y": 40.0 * (number // 100)}
        heard.placed[operation] = time.perf_counter()
        await socket.send_str(json.dumps({"type": "operations", "request": number, "operations": [put]}))


async def _move(socket: ClientWebSocketResponse, person: Person, pace: Pace) -> None:
    """The pointer's x says when it was there, in ms of a minute and a half."""
    for number in range(round(pace.moves * pace.seconds)):
        rows, moved = divmod(number, MOVES_TOGETHER)
        await _at(person.start + rows * MOVES_TOGETHER / pace.moves + moved / MOVES_IN_A_ROW)
        at = [round(1000 * time.perf_counter() % 90_000, 1), number % 4096]
        see = {"type": "see", "micrograph": person.micrograph, "at": at, "view": [0, 0, 4096, 4096]}
        await socket.send_str(json.dumps(see))


@lru_cache(maxsize=256)
def _moved(text: str) -> list[float]:
    return [each["at"][0] for each in orjson.loads(text)["seen"]]


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[list[str], list[str]]:
    """Operations in a message, and what is wrong. All sockets get the same text: reading it once spares the cores."""
    message = orjson.loads(text)
    if message["type"] == "events":
        return [each["operation"] for each in message["events"] if each["operation"]], []
    refused = message["type"] in ("failed", "bye") or '"refused"' in text
    return [], [text] if refused else []


def memory(server: Server) -> int:
    """Resident memory of the web process, MiB."""
    status = Path(f"/proc/{server.child('uvicorn')}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024
