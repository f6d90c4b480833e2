"""Many people on one project at once: how soon each one's labels are seen by all, and that none is lost."""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import psycopg
import websockets

from tests.bench.tables import Cell, print_table
from tests.e2e.server import Server
from tests.e2e.servers import POSTGRES, REDIS, second_server

PEOPLE = int(os.environ.get("PEOPLE", "50"))
A_SECOND = 5
SECONDS = int(os.environ.get("SECONDS", "60"))
SETTLE_SECONDS = 20

PREPARE = """
import json
from django.contrib.auth import get_user_model
from django.test import Client
from picking.actions.members import add_member
from picking.actions.projects import create_project
from picking.models import Micrograph, Role, User

people = [User.objects.create_user(f"person{{number:02}}", password="let me in, please") for number in range({people})]
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
json.dump([project.pk, micrograph.pk, project.sequence, sessions], open({file!r}, "w"))
"""
COUNT = """
import json
from picking.models import Event, Label, Project
project = Project.objects.get(name="Together")
operations = list(Event.objects.filter(project=project).exclude(operation=None).values_list("operation", flat=True))
json.dump([Label.objects.count(), len(operations), len(set(operations))], open({file!r}, "w"))
"""


@dataclass
class Heard:
    """What all sockets saw. `late`: ms from placing to seen, one for each label and socket."""

    placed: dict[str, float] = field(default_factory=dict)
    late: list[float] = field(default_factory=list)
    orders: list[list[str]] = field(default_factory=list)
    refused: int = 0


@lru_cache(maxsize=64)
def operations_in(text: str) -> list[str]:
    """All sockets are sent the same text: reading it once leaves the cores to the server."""
    return [told["operation"] for told in json.loads(text)["events"] if told["operation"]]


async def one(address: str, session: str, where: tuple[int, int, int], start: float, heard: Heard) -> None:
    """One person: places labels at their pace, and sees everybody's."""
    project, micrograph, sequence = where
    seen: list[str] = []
    heard.orders.append(seen)
    headers = {"Cookie": f"sessionid={session}", "Origin": address}
    url = f"{address.replace('http', 'ws')}/ws/projects/{project}?after={sequence}"
    wanted = PEOPLE * A_SECOND * SECONDS
    async with websockets.connect(url, additional_headers=headers, max_size=None) as socket:
        placing = asyncio.create_task(place(socket, micrograph, start, heard))
        async with asyncio.timeout(start - time.perf_counter() + SECONDS + SETTLE_SECONDS):
            while len(seen) < wanted:
                text = str(await socket.recv())
                now = time.perf_counter()
                if text.startswith('{"type":"events"'):
                    for operation in operations_in(text):
                        seen.append(operation)
                        heard.late.append(1000 * (now - heard.placed[operation]))
                elif '"refused"' in text or '"failed"' in text or '"bye"' in text:
                    heard.refused += 1
                    print(text[:300])
        await placing


async def place(socket: Any, micrograph: int, start: float, heard: Heard) -> None:
    for number in range(A_SECOND * SECONDS):
        await asyncio.sleep(max(0.0, start + number / A_SECOND - time.perf_counter()))
        operation = str(uuid4())
        put = {"type": "label.put", "operation": operation, "id": str(uuid4()), "micrograph": micrograph}
        put |= {"kind": "particle", "x": float(np.random.uniform(0, 4000)), "y": float(np.random.uniform(0, 4000))}
        heard.placed[operation] = time.perf_counter()
        await socket.send(json.dumps({"type": "operations", "request": number, "operations": [put]}))


async def everybody(addresses: list[str], sessions: list[str], where: tuple[int, int, int]) -> Heard:
    heard = Heard()
    start = time.perf_counter() + 3
    phases = np.random.default_rng(0).uniform(0, 1 / A_SECOND, len(sessions))
    people = [
        one(addresses[number % len(addresses)], session, where, start + phases[number], heard)
        for number, session in enumerate(sessions)
    ]
    for outcome in await asyncio.gather(*people, return_exceptions=True):
        if isinstance(outcome, BaseException):
            print("   ", repr(outcome))
    return heard


def measure(server: Server, addresses: list[str]) -> list[Cell]:
    file = str(server.data.parent / "told.json")
    server.run(PREPARE.format(people=PEOPLE, file=file))
    project, micrograph, sequence, sessions = json.loads(Path(file).read_text())
    heard = asyncio.run(everybody(addresses, sessions, (project, micrograph, sequence)))
    server.run(COUNT.format(file=file))
    labels, operations, different = json.loads(Path(file).read_text())
    one_order = all(order == heard.orders[0] for order in heard.orders)
    once = labels == operations == different == len(heard.placed)
    median, p95, worst = np.percentile(heard.late, [50, 95, 100]) if heard.late else (0, 0, 0)
    said = "yes" if once and one_order and not heard.refused else f"NO: {labels} {operations} {different} {one_order}"
    return [len(heard.placed), round(median), round(p95), round(worst), said, memory(server)]


def memory(server: Server) -> str:
    pid = server.child("uvicorn")
    status = Path(f"/proc/{pid}/status").read_text()
    stat = Path(f"/proc/{pid}/stat").read_text().split()
    print("web cpu s", (int(stat[13]) + int(stat[14])) / 100, "own cpu", time.process_time())
    return "/".join(
        f"{int(line.split()[1]) // 1024}" for line in status.splitlines() if line.startswith(("VmHWM", "VmRSS"))
    )


def run() -> None:
    print(f"\n{PEOPLE} people on one project, {A_SECOND} labels a second each, {SECONDS} s")
    rows: list[list[Cell]] = []
    which = os.environ.get("WHICH", "sqlite,postgres")
    with tempfile.TemporaryDirectory() as folder:
        if "sqlite" in which:
            server = Server(Path(folder) / "sqlite")
            server.start("--no-demo")
            try:
                rows.append(["SQLite", *measure(server, [server.address])])
            finally:
                server.stop()
        if "postgres" in which:
            with postgres(Path(folder)) as (server, addresses):
                rows.append(["PostgreSQL, Redis, two web processes", *measure(server, addresses)])
    print_table(["", "labels", "ms median", "ms p95", "ms worst", "each once, one order", "MiB max/now"], rows)


@contextmanager
def postgres(folder: Path) -> Iterator[tuple[Server, list[str]]]:
    name = f"cryoweb_bench_{uuid4().hex[:12]}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        settings = {"CRYOWEB_DATABASE_URL": f"{POSTGRES}/{name}", "CRYOWEB_REDIS_URL": REDIS}
        server = Server(folder / "postgres", settings=settings)
        server.start("--no-demo")
        try:
            with second_server(server) as other:
                yield server, [server.address, other]
        finally:
            server.stop()
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
