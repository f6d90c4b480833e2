"""Random work by four windows of three people, on a network and a server that fail: all end as the server is.

The windows run the page's own code in Node (frontend/tests/machine). CRYOWEB_MACHINE_EXAMPLES makes it a longer search,
of that many sequences; without it the sequences are always the same.
"""

import json
import os
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from picking.web_server import web_server
from tests.e2e.conftest import first_database
from tests.e2e.server import BRIEF, ROOT, Server, free_port
from tests.e2e.servers import wait_for

FRONTEND = ROOT / "frontend"
MORE = os.environ.get("CRYOWEB_MACHINE_EXAMPLES")
EXAMPLES = int(MORE or 10)
STEPS = 40
PEOPLE = ["anna", "anna", "ben", "eve"]
"""Of each window. Anna owns the project, Ben manages, Eve annotates."""

SIGN_IN = """
import json
from pathlib import Path
from django.test import Client
from picking.models import User
cookies = {{}}
for name in ("anna", "ben", "eve"):
    client = Client()
    client.force_login(User.objects.get(username=name))
    cookies[name] = "sessionid=" + client.cookies["sessionid"].value
Path({answer!r}).write_text(json.dumps(cookies))
"""
MAKE_PROJECT = """
import json
from pathlib import Path
from picking.actions.projects.members import add_member
from picking.actions.projects.projects import create_project
from picking.models import Role, User
from tests.queue import make_micrographs
anna = User.objects.get(username="anna")
project = create_project(anna, "Random", particle_diameter=160.0, pixel_size=4.0)
add_member(project.pk, anna, "ben", Role.MANAGER)
add_member(project.pk, anna, "eve", Role.ANNOTATOR)
make_micrographs(project, 2)
Path({answer!r}).write_text(json.dumps(project.pk))
"""
READ_PROJECT = """
import json
from pathlib import Path
from picking.models import Event, Label, Region, User, Verdict
from picking.wire import marks
events = Event.objects.filter(project={project}, operation__isnull=False).order_by("sequence")
told = [
    {{"sequence": e.sequence, "operation": str(e.operation), "actor": e.actor.username, "data": e.data}}
    for e in events.select_related("actor")
]
rows = {{
    model.__name__.lower(): list(model.objects.filter(micrograph__project={project}).values())
    for model in (Label, Region, Verdict)
}}
Path({answer!r}).write_text(json.dumps({{"events": told, "rows": rows}}, default=str))
"""


@dataclass
class Web:
    """The web process alone, which can be killed, and a shell on its data."""

    server: Server
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            web_server("127.0.0.1", self.server.port), cwd=ROOT, env=self.server.environment
        )
        wait_for(f"{self.server.address}/health")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def ask(self, program: str, **values: object) -> Any:
        """What lines of Python on the server's data write down."""
        answer = self.server.data / "answer.json"
        self.server.run(program.format(answer=str(answer), **values))
        return json.loads(answer.read_text())


class Windows:
    """The program in Node in which the windows are open."""

    def __init__(self, program: Path) -> None:
        command = ["node", "--experimental-websocket", "--no-warnings", str(program)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def do(self, what: str, **more: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **more}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert answer["failure"] is None, answer["failure"]
        return answer["answer"]

    def close(self) -> None:
        self._process.communicate()


@dataclass
class Place:
    """Where the sequences run, one after another."""

    web: Web
    program: Path
    cookies: Mapping[str, str]
    steps: int = 0


@pytest.fixture(scope="module")
def place(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("machine")
    build = ["npx", "vite", "build", "--config", "tests/machine/vite.config.ts", "--logLevel", "warn"]
    subprocess.run([*build, "--outDir", str(folder / "client")], cwd=FRONTEND, check=True)
    own = Server(folder / "data", free_port(), settings=BRIEF, first=first_database(server))
    own.prepare()
    web = Web(own)
    web.start()
    yield Place(web, folder / "client" / "client.mjs", web.ask(SIGN_IN))
    if web.process:
        web.kill()
    if own.shell:
        own.shell.close()


WINDOW = st.integers(0, len(PEOPLE) - 1)
ON = st.integers(0, 1)
"""Which micrograph."""
WHICH = st.integers(0, 5)
"""Which of the marks that the window shows there."""
AT = st.sampled_from([(100.0, 100.0), (200.0, 100.0), (300.0, 300.0), (400.5, 250.25)])
KIND = st.sampled_from(["particle", "background", "contamination"])
JUDGED = st.sampled_from(["accept", "reject", "move"])
WAITS = st.booleans()
"""Whether everything that was done has come to all who are connected, before the next step."""


class Machine(RuleBasedStateMachine):
    """One sequence, on a project of its own."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.windows = Windows(place.program)
        self.up = True
        self.project = place.web.ask(MAKE_PROJECT)
        address = place.web.server.address
        self.windows.do("start", project=self.project, people=PEOPLE, cookies=place.cookies, address=address)

    def step(self, what: str, waits: bool, **more: object) -> None:
        self.place.steps += 1
        self.windows.do(what, **more)
        if waits:
            self.windows.do("settle")

    @rule(window=WINDOW, on=ON, at=AT, kind=KIND, waits=WAITS)
    def put(self, window: int, on: int, at: tuple[float, float], kind: str, waits: bool) -> None:
        self.step("put", waits, window=window, on=on, at=at, kind=kind)

    @rule(window=WINDOW, on=ON, at=AT, waits=WAITS)
    def region(self, window: int, on: int, at: tuple[float, float], waits: bool) -> None:
        self.step("region", waits, window=window, on=on, at=at)

    @rule(window=WINDOW, on=ON, which=WHICH, kind=KIND, waits=WAITS)
    def change_kind(self, window: int, on: int, which: int, kind: str, waits: bool) -> None:
        self.step("kind", waits, window=window, on=on, which=which, kind=kind)

    @rule(window=WINDOW, on=ON, which=WHICH, at=AT, waits=WAITS)
    def move(self, window: int, on: int, which: int, at: tuple[float, float], waits: bool) -> None:
        self.step("move", waits, window=window, on=on, which=which, at=at)

    @rule(window=WINDOW, on=ON, which=WHICH, waits=WAITS)
    def erase(self, window: int, on: int, which: int, waits: bool) -> None:
        self.step("erase", waits, window=window, on=on, which=which)

    @rule(window=WINDOW, on=ON, which=WHICH, waits=WAITS)
    def rub(self, window: int, on: int, which: int, waits: bool) -> None:
        self.step("rub", waits, window=window, on=on, which=which)

    @rule(window=WINDOW, on=ON, at=AT, kind=JUDGED, which=WHICH, waits=WAITS)
    def judge(self, window: int, on: int, at: tuple[float, float], kind: str, which: int, waits: bool) -> None:
        self.step("verdict", waits, window=window, on=on, at=at, kind=kind, which=which)

    @rule(window=WINDOW, waits=WAITS)
    def undo(self, window: int, waits: bool) -> None:
        self.step("undo", waits, window=window)

    @rule(window=WINDOW, waits=WAITS)
    def redo(self, window: int, waits: bool) -> None:
        self.step("redo", waits, window=window)

    @rule(window=WINDOW, network=st.sampled_from(["on", "held", "off"]), waits=WAITS)
    def set_network(self, window: int, network: str, waits: bool) -> None:
        self.step("network", waits, window=window, kind=network)

    @rule(window=WINDOW, waits=WAITS)
    def reload(self, window: int, waits: bool) -> None:
        self.step("reload", waits, window=window)

    @rule(window=WINDOW, on=ON, at=AT, kind=KIND, waits=WAITS)
    def lose_answer(self, window: int, on: int, at: tuple[float, float], kind: str, waits: bool) -> None:
        """The server does it, and the page reloads before it hears of that."""
        self.step("network", False, window=window, kind="held")
        self.step("put", False, window=window, on=on, at=at, kind=kind)
        self.step("reload", False, window=window)
        self.step("network", waits, window=window, kind="on")

    @precondition(lambda self: self.up)
    @rule(chance=st.integers(0, 5), later=st.sampled_from([0, 0.003, 0.01, 0.03]))
    def kill_server(self, chance: int, later: float) -> None:
        """Once in a while: it takes two seconds to start again. `later`: seconds, in which it may get work done."""
        if chance != 5:
            return
        time.sleep(later)
        self.place.steps += 1
        self.windows.do("down")
        self.place.web.kill()
        self.up = False

    @precondition(lambda self: not self.up)
    @rule()
    def start_server(self) -> None:
        self.place.steps += 1
        self.place.web.start()
        self.windows.do("up")
        self.up = True

    def teardown(self) -> None:
        try:
            if not self.up:
                self.start_server()
            end = self.windows.do("finish")
            check(end, self.place.web.ask(READ_PROJECT, project=self.project))
        finally:
            if not self.place.web.process:
                self.place.web.start()
            self.windows.close()


def check(end: Any, held: Any) -> None:
    """What must hold of every sequence, of what the windows say at its end and what the server holds."""
    made = {each["operation"]["operation"]: each for each in end["made"]}
    log = defaultdict(list)
    for event in held["events"]:
        log[event["data"]["id"]].append(event)

    assert end["lost"] == [], "neither told of nor kept where it outlives the page"
    assert end["left"] == [], "still to be sent"
    assert [each for each in made.values() if each["told"] is None] == []
    check_told(made, held["events"])
    check_shown(end["shown"], held["rows"], log)
    for events in log.values():
        check_later_changes_stand(made, events)


def check_told(made: Mapping[str, Any], events: list[Any]) -> None:
    """What a page was told that the server holds has its event, once; what was refused has none."""
    times = Counter(event["operation"] for event in events)
    gone = {event["data"]["id"] for event in events if event["data"]["type"].endswith(".deleted")}
    never = {each["operation"]["id"] for each in made.values() if each["told"] == "overtaken"}
    for name, each in made.items():
        operation = each["operation"]
        assert times[name] <= 1, each
        if each["told"] != "held":
            assert times[name] == 0, each
        elif times[name] == 0:  # others had erased it before, or it was never put
            assert operation["type"].endswith(".delete"), each
            assert operation["id"] in gone | never, each


def check_shown(shown: list[list[Any]], rows: Mapping[str, list[Any]], log: Mapping[str, list[Any]]) -> None:
    """Every window shows what the server's rows are, in their order, which is what its events come to."""
    named = [as_named(kind, row) for kind, of_kind in rows.items() for row in of_kind]
    there = {row["id"]: without_names(row) for row in named}
    for number, marks in enumerate(shown):
        assert {mark["id"]: without_names(mark) for mark in marks} == there, f"window {number} shows something else"
        assert in_order(marks) == in_order(named), f"window {number} has another order"
    last = {name: events[-1]["data"] for name, events in log.items()}
    told = {name: without_names(data) for name, data in last.items() if data["type"].endswith(".put")}
    assert told == there, "events and rows differ"


def check_later_changes_stand(made: Mapping[str, Any], events: list[Any]) -> None:
    """The events of one mark: nothing that was done without knowing of somebody else's change comes after it."""
    for before, event in zip([None, *events], events, strict=False):
        operation = made[event["operation"]]["operation"]
        state = content(before["data"] if before else None)
        others = before is not None and before["actor"] != event["actor"]
        if others and operation.get("after") is not None and before["sequence"] > operation["after"]:
            assert content(event["data"]) == state, (before, event, operation)
        if others and "expects" in made[event["operation"]]:
            expects = made[event["operation"]]["expects"]
            assert content(event["data"]) == state or content(expects) == state, (before, event, operation)


def as_named(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    there = {
        "micrograph": row["micrograph_id"],
        "author": row["author_id"],
        "changed_by": row["changed_by_id"],
        "order": row["sequence"],
    }
    return {**row, "type": f"{kind}.put", **there}


def in_order(marks: list[Any]) -> dict[tuple[int, str], list[str]]:
    """Micrograph and kind -> the ids of its marks: those that were put later win."""
    ids: dict[tuple[int, str], list[str]] = {}
    for mark in sorted(marks, key=lambda mark: mark["order"]):
        ids.setdefault((mark["micrograph"], mark["type"]), []).append(mark["id"])
    return ids


def without_names(mark: Mapping[str, Any]) -> dict[str, Any]:
    """A mark with what people see of it, of whom it is, and who changed it."""
    return {"content": content(mark), "author": mark["author"], "changed_by": mark["changed_by"]}


def content(mark: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What people see of a mark; None where it is not there."""
    if mark is None or not mark["type"].endswith(".put"):
        return None
    names = ("id", "type", "micrograph", "kind", "x", "y", "to_x", "to_y", "polygon")
    return {name: mark[name] for name in names if mark.get(name) is not None}


def test_all_windows_end_as_the_server_is_and_nothing_that_was_acknowledged_is_lost(place: Place) -> None:
    class Here(Machine):
        def __init__(self) -> None:
            super().__init__(place)

    search = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        derandomize=not MORE,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=search)
    print(f"{EXAMPLES} sequences, {place.steps} steps")
