"""Many people on one micrograph at once, who label and move: how soon a label of one is seen by all, and each once."""

import asyncio
import json
import tempfile
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import numpy as np
from websockets import ClientConnection, connect

from tests.bench.tables import Cell, print_table
from tests.e2e.server import Server
from tests.e2e.servers import missing, pair_of_servers

PEOPLE = 50
LABELS_A_SECOND = 5
MOVES_A_SECOND = (0, 10)
"""Of each person's pointer: still, and as often as the page tells of it, all the time."""
SECONDS = 60
SETTLED_WITHIN_SECONDS = 30

PREPARE = """
import json
from django.test import Client
from picking.actions.members import add_member
from picking.actions.projects import create_project
from picking.models import Micrograph, Role, User

people = [User.objects.get_or_create(username=f"person{{number}}")[0] for number in range({people})]
project = create_project(people[0], "Together", particle_diameter=160.0, pixel_size=1.0)
for each in people[1:]:
    add_member(project.pk, people[0], each.username, Role.ANNOTATOR)
micrograph = Micrograph.objects.create(project=project, name="noise.mrc", width=4096, height=4096)
sessions = []
for each in people:
    client = Client()
    client.force_login(each)
    sessions.append(client.cookies["sessionid"].value)
project.refresh_from_db()
told = {{"project": project.pk, "micrograph": micrograph.pk, "sequence": project.sequence, "sessions": sessions}}
json.dump(told, open({file!r}, "w"))
"""
COUNT = """
import json
from picking.models import Event, Label
labels, told = Label.objects.filter(micrograph__project={project}), Event.objects.filter(project={project})
json.dump([labels.count(), told.exclude(operation=None).count()], open({file!r}, "w"))
"""


@dataclass
class Heard:
    """What all sockets saw. `late`: ms from placing to seen, for each label and socket; `moves_late` of pointers."""

    placed: dict[str, float] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)
    moves_late: list[float] = field(default_factory=list)
    orders: list[list[str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def run() -> None:
    """Prints both installations, the load on the same cores."""
    print(f"\n{PEOPLE} people on one micrograph, {LABELS_A_SECOND} labels a second each, for {SECONDS} s")
    rows: list[list[Cell]] = []
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "sqlite")
        server.start("--no-demo")
        try:
            rows += _both("SQLite", server, [server.address])
        finally:
            server.stop()
        if why := missing():
            print(f"  PostgreSQL and Redis left out: {why}")
        else:
            with pair_of_servers(Path(folder) / "pair") as pair:
                addresses = [pair.first.address, pair.second]
                rows += _both("PostgreSQL, Redis, two web processes", pair.first, addresses)
    late = ["median ms", "p95 ms", "worst ms", "all once, one order", "pointers, p95 ms"]
    print_table(["", "moves a second", "labels", *late, "MiB before", "after"], rows)


def _both(name: str, server: Server, addresses: list[str]) -> list[list[Cell]]:
    return [[name, moves, *_measured(server, addresses, moves)] for moves in MOVES_A_SECOND]


def _measured(server: Server, addresses: list[str], moves: int) -> list[Cell]:
    file = server.data.parent / "told.json"
    server.run(PREPARE.format(people=PEOPLE, file=str(file)))
    told = json.loads(file.read_text())
    before = _memory(server)
    heard = asyncio.run(_everybody(addresses, told, moves))
    after = _memory(server)
    server.run(COUNT.format(file=str(file), project=told["project"]))
    stored = json.loads(file.read_text())
    right = stored == [len(heard.placed)] * 2 and all(order == heard.orders[0] for order in heard.orders)
    for each in heard.wrong[:5]:
        print(f"  {each}")
    median, p95, worst = (round(ms) for ms in np.percentile(heard.late, [50, 95, 100]))
    pointer = round(np.percentile(heard.moves_late, 95)) if heard.moves_late else "–"
    once = "yes" if right and not heard.wrong else "NO"
    return [len(heard.placed), median, p95, worst, once, pointer, before, after]


async def _everybody(addresses: list[str], told: dict[str, object], moves: int) -> Heard:
    """Each person in a phase of their own, on the servers in turn."""
    heard = Heard()
    sessions = told["sessions"]
    assert isinstance(sessions, list)
    phases = np.random.default_rng(0).uniform(3, 3 + 1 / LABELS_A_SECOND, len(sessions)) + time.perf_counter()
    people = [
        _one(addresses[number % len(addresses)], session, told, start, moves, heard)
        for number, (session, start) in enumerate(zip(sessions, phases, strict=True))
    ]
    ended = await asyncio.gather(*people, return_exceptions=True)
    heard.wrong += [repr(error) for error in ended if error]
    return heard


async def _one(address: str, session: str, told: dict[str, object], start: float, moves: int, heard: Heard) -> None:
    """Places labels at this person's pace, and sees everybody's."""
    seen: list[str] = []
    heard.orders.append(seen)
    url = f"{address.replace('http', 'ws')}/ws/projects/{told['project']}?after={told['sequence']}"
    headers = {"Cookie": f"sessionid={session}", "Origin": address}
    async with connect(url, additional_headers=headers, max_size=None) as socket:
        await socket.send(json.dumps({"type": "look", "micrograph": told["micrograph"]}))
        placing = asyncio.create_task(_place(socket, told["micrograph"], start, heard))
        moving = asyncio.create_task(_move(socket, told["micrograph"], start, moves))
        async with asyncio.timeout(start - time.perf_counter() + SECONDS + SETTLED_WITHIN_SECONDS):
            while len(seen) < PEOPLE * LABELS_A_SECOND * SECONDS:
                text = str(await socket.recv())
                now = time.perf_counter()
                if text.startswith('{"type":"views"'):
                    _note_moves(text, now, heard)
                    continue
                operations, wrong = _read(text)
                seen += operations
                heard.late += [1000 * (now - heard.placed[operation]) for operation in operations]
                heard.wrong += wrong
        await placing
        await moving


async def _place(socket: ClientConnection, micrograph: object, start: float, heard: Heard) -> None:
    for number in range(LABELS_A_SECOND * SECONDS):
        await asyncio.sleep(max(0.0, start + number / LABELS_A_SECOND - time.perf_counter()))
        operation = str(uuid4())
        put = {"type": "label.put", "operation": operation, "id": str(uuid4()), "micrograph": micrograph}
        put |= {"kind": "particle", "x": 40.0 * (number % 100), "y": 40.0 * (number // 100)}
        heard.placed[operation] = time.perf_counter()
        await socket.send(json.dumps({"type": "operations", "request": number, "operations": [put]}))


async def _move(socket: ClientConnection, micrograph: object, start: float, moves: int) -> None:
    """The pointer's x says when it was there, in ms of a minute and a half."""
    for number in range(moves * SECONDS):
        await asyncio.sleep(max(0.0, start + number / moves - time.perf_counter()))
        see = {"type": "see", "micrograph": micrograph, "at": [_clock(), number % 4096], "view": [0, 0, 4096, 4096]}
        await socket.send(json.dumps(see))


def _clock() -> float:
    return round(1000 * time.perf_counter() % 90_000, 1)


def _note_moves(text: str, now: float, heard: Heard) -> None:
    heard.moves_late += [(1000 * now - at) % 90_000 for at in _moved(text)]


@lru_cache(maxsize=64)
def _moved(text: str) -> list[float]:
    return [each["at"][0] for each in json.loads(text)["seen"]]


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[list[str], list[str]]:
    """Operations in a message, and what is wrong. All sockets get the same text: reading it once spares the cores."""
    message = json.loads(text)
    if message["type"] == "events":
        return [each["operation"] for each in message["events"] if each["operation"]], []
    refused = message["type"] in ("failed", "bye") or '"refused"' in text
    return [], [text] if refused else []


def _memory(server: Server) -> int:
    """Resident memory of the web process, MiB."""
    status = Path(f"/proc/{server.child('uvicorn')}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024
