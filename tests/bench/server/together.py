"""Many people on one micrograph at once, who label and move: how soon a label of one is seen by all, and each once."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.networks.crowd import Heard, Pace, all_of, crowd, memory, prepare, stored, take_part
from tests.bench.tables import Cell, print_table
from tests.e2e.server import Server
from tests.e2e.servers import missing, pair_of_servers

PEOPLE = 50
LABELS_A_SECOND = 5
MOVES_A_SECOND = (0, 10)
"""Of each person's pointer: still, and as often as the page tells of it, all the time."""
SECONDS = 60


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
    told = prepare(server, 1, PEOPLE)[0]
    before = memory(server)
    heard = asyncio.run(_everybody(addresses, told, Pace(LABELS_A_SECOND, moves, SECONDS)))
    after = memory(server)
    right = stored(server, told["project"]) == [len(heard.placed)] * 2
    right = right and all(order == heard.orders[0] for order in heard.orders)
    for each in heard.wrong[:5]:
        print(f"  {each}")
    median, p95, worst = (round(ms) for ms in np.percentile(heard.late, [50, 95, 100]))
    pointer = round(np.percentile(heard.moves_late, 95)) if heard.moves_late else "–"
    once = "yes" if right and not heard.wrong else "NO"
    return [len(heard.placed), median, p95, worst, once, pointer, before, after]


async def _everybody(addresses: list[str], told: dict[str, Any], pace: Pace) -> Heard:
    heard = Heard(PEOPLE)
    await all_of([take_part(person, pace, heard) for person in crowd(told, addresses, pace)], heard.wrong)
    return heard
