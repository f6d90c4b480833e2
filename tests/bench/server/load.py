"""`make load`: people of several projects who label, move, look at tiles and read picks, all at once, on this machine.

Ends with 1 where something fails or is slower than the bars. With PostgreSQL and Redis where they answer, else SQLite.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import uvloop
from aiohttp import ClientError, ClientSession

from tests.bench.networks.crowd import Heard, Pace, Person, all_of, crowd, due, memory, prepare, stored, take_part
from tests.bench.server import cpu
from tests.bench.tables import Cell, print_table
from tests.e2e.server import Server
from tests.e2e.servers import missing, pair_of_servers

PEOPLE, PROJECTS, SECONDS = 100, 5, 120
LABELS_A_SECOND = 0.5
MOVES_A_SECOND = 4.0
OPENED_A_SECOND = 1 / 30
PICKS_A_SECOND = 0.1
"""Of each person: they label all the time, one every two seconds, moving the pointer in between; open another
micrograph every half a minute, at full size and the next level; and read its picks every ten seconds, as after a
training."""
MICROGRAPHS = 4
"""Of a project: so five of its twenty people are on each, and see one another's pointers."""
PICKS = 500
LABEL_P95_MS, TILE_P95_MS = 150, 50
PLACES = [f"1/{x}_{y}" for x in range(4) for y in range(4)] + [f"0/{x}_{y}" for x in range(6) for y in range(4)]
"""The next level whole, which a window shows first, and three eighths of the full size."""
TILES_AT_ONCE = 6
"""As browsers do."""

GIVE_PIXELS = """
import numpy as np
from picking import storage
from picking.models import Project
from picking.science.imaging.pyramid import write_pyramid
from tests.trainings import make_picks, make_training
random = np.random.default_rng(0)
image = random.normal(size=(4096, 4096)).astype(np.float32)
for project in Project.objects.filter(pk__in={projects}):
    training = make_training(project)
    for micrograph in project.micrographs.all():
        where = (project.pk, micrograph.key)
        storage.micrograph_folder(*where).mkdir(parents=True)
        write_pyramid(image, storage.pyramid_path(*where))
        storage.size_path(*where).write_text('{{"width": 4096, "height": 4096}}')
        places = random.uniform(0, 4096, size=({picks}, 2))
        make_picks(training, micrograph, np.column_stack([places, random.random(({picks}, 2))]))
"""


@dataclass
class Read:
    """Milliseconds of what was asked for by HTTP, and what was not answered as it should be."""

    tiles: list[float] = field(default_factory=list)
    picks: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"how many sockets ({PEOPLE})")
    parser.add_argument("--projects", type=int, default=PROJECTS, help=f"of how many projects ({PROJECTS})")
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"for how long ({SECONDS})")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _installation(Path(folder)) as (name, server, addresses):
        print(f"{asked.people} people on {asked.projects} projects for {asked.seconds} s: {name}", flush=True)
        told = prepare(server, asked.projects, asked.people // asked.projects, MICROGRAPHS)
        server.run(GIVE_PIXELS.format(projects=[each["project"] for each in told], picks=PICKS))
        pace = Pace(LABELS_A_SECOND, MOVES_A_SECOND, asked.seconds)
        before, begun = cpu.spent(), time.perf_counter()
        heard, read = uvloop.run(_all(told, addresses, pace))
        busy = cpu.cores(before, time.perf_counter() - begun)
        wrong = read.wrong + [each for one in heard for each in one.wrong]
        for each, one in zip(told, heard, strict=True):
            if stored(server, each["project"]) != [len(one.placed)] * 2:
                wrong.append(f"project {each['project']}: not every label is stored once")
            if any(order != one.orders[0] for order in one.orders):
                wrong.append(f"project {each['project']}: not everybody saw the same, in one order")
        missed = _print(heard, read, memory(server))
        print_table(["", "cores"], list(busy.items()))
    for said in wrong[:10]:
        print(f"  {said}")
    print(f"  errors: {len(wrong)}")
    sys.exit(1 if wrong or missed else 0)


@contextmanager
def _installation(folder: Path) -> Iterator[tuple[str, Server, list[str]]]:
    if why := missing():
        print(f"PostgreSQL and Redis left out: {why}")
        server = Server(folder / "sqlite")
        server.start("--no-demo")
        try:
            yield "SQLite, one web process", server, [server.address]
        finally:
            server.stop()
        return
    with pair_of_servers(folder / "pair") as pair:
        yield "PostgreSQL, Redis, two web processes", pair.first, [pair.first.address, pair.second]


async def _all(told: list[dict[str, Any]], addresses: list[str], pace: Pace) -> tuple[list[Heard], Read]:
    heard, read = [Heard(len(each["sessions"])) for each in told], Read()
    doing = []
    for number, (each, one) in enumerate(zip(told, heard, strict=True)):
        for person in crowd(each, addresses, pace, seed=number):
            doing += [take_part(person, pace, one), _look_around(person, pace, read), _read_picks(person, pace, read)]
    await all_of(doing, heard[0].wrong)
    return heard, read


async def _look_around(person: Person, pace: Pace, read: Read) -> None:
    """Opens one micrograph after another."""
    async with person.browser() as browser:
        for number in _times(person, pace, OPENED_A_SECOND):
            await due(person, number, OPENED_A_SECOND)
            person.showing = (person.showing + 1) % len(person.micrographs)
            await person.look()
            key = person.micrographs[person.showing][1]
            wanted = iter([f"{person.tiles}/{key}/{place}.jpg" for place in PLACES])
            await asyncio.gather(*(_tiles(browser, wanted, read) for _ in range(TILES_AT_ONCE)))


async def _tiles(browser: ClientSession, wanted: Iterator[str], read: Read) -> None:
    """What one connection of a browser does: the time of a tile begins when it is asked for, not when it is wanted."""
    for path in wanted:
        await _timed(browser, path, read.tiles, read.wrong)


async def _read_picks(person: Person, pace: Pace, read: Read) -> None:
    async with person.browser() as browser:
        for number in _times(person, pace, PICKS_A_SECOND):
            await due(person, number, PICKS_A_SECOND)
            path = f"/api/v1/micrographs/{person.micrograph}/picks"
            await _timed(browser, path, read.picks, read.wrong)


def _times(person: Person, pace: Pace, a_second: float) -> list[float]:
    """What `due` waits for, as often as it comes about in the time."""
    return [number + person.phase for number in range(ceil(a_second * pace.seconds - person.phase))]


async def _timed(browser: ClientSession, path: str, times: list[float], wrong: list[str]) -> None:
    begun = time.perf_counter()
    try:
        async with browser.get(path) as answer:
            await answer.read()
            answer.raise_for_status()
    except (ClientError, TimeoutError) as error:
        wrong.append(repr(error))
    else:
        times.append(1000 * (time.perf_counter() - begun))


def _print(heard: list[Heard], read: Read, mebibytes: int) -> bool:
    """Whether a bar is missed."""
    late = [ms for one in heard for ms in one.late]
    rows: list[list[Cell]] = []
    missed = False
    moves = [ms for one in heard for ms in one.moves_late]
    for name, number, times, bar in (
        ("labels, placed to seen by each", sum(len(one.placed) for one in heard), late, LABEL_P95_MS),
        ("tiles", len(read.tiles), read.tiles, TILE_P95_MS),
        ("picks", len(read.picks), read.picks, None),
        ("pointers", len(moves), moves, None),
    ):
        median, p95, worst = (round(ms) for ms in np.percentile(times or [0], [50, 95, 100]))
        missed |= bar is not None and p95 > bar
        rows.append([name, number, median, p95, worst, bar or "–"])
    print_table(["", "number", "median ms", "p95 ms", "worst ms", "p95 at most"], rows)
    print(f"  memory of the first web process: {mebibytes} MiB")
    return missed


if __name__ == "__main__":
    main()
