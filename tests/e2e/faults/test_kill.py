"""kill -9 loses nothing that was acknowledged, nor what comes in while the server is down."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import click_at, open_project, wait_until_held, wait_until_sent, window
from tests.e2e.client import ApiPerson, all_picked
from tests.e2e.conftest import SMALL, first_database, label_from_truth
from tests.e2e.labelling.test_live_session import content
from tests.e2e.server import BRIEF, Server


@pytest.fixture(scope="module")
def own_server(server: Server, tmp_path_factory: pytest.TempPathFactory, data_root: Path) -> Iterator[Server]:
    """A server that may be mistreated."""
    settings = {**BRIEF, "CRYOWEB_DATA_ROOTS": f"{data_root}=*"}
    own = Server(tmp_path_factory.mktemp("own") / "data", settings=settings, first=first_database(server))
    own.start("--no-demo")
    yield own
    own.kill()


def test_killed_in_the_middle_the_training_finishes_and_every_label_is_there(
    own_server: Server, playwright: Playwright, browser: Browser, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    anna = ApiPerson(playwright, own_server.address, "anna")
    project = anna.create_project("Mistreated", SMALL.diameter)
    for file in simulated:
        anna.upload(project, file)
    anna.wait(project, lambda snapshot: len(snapshot["micrographs"]) == len(simulated))
    label_from_truth(anna, project, simulated, each=5)
    anna.post(f"/api/v1/projects/{project}/trainings", {})
    anna.wait(project, training_under_way)
    os.kill(own_server.child("trainer@"), signal.SIGKILL)

    before = len(anna.snapshot(project)["labels"])
    with window(browser, own_server.address, "anna") as page:
        open_project(page, project)
        there = page.evaluate("window.cryoweb.held.labels")
        page.keyboard.press("p")
        for number in range(10):
            if number == 5:
                wait_until_sent(page)
                os.kill(own_server.child("uvicorn"), signal.SIGKILL)
            click_at(page, 60.0 + 90 * number, 40.0)
        wait_until_held(page, "labels", there + 10)
        wait_until_sent(page)

    snapshot = anna.wait(project, all_picked, seconds=300)
    assert len(snapshot["labels"]) == before + 10
    assert len({row["id"] for row in snapshot["labels"]}) == before + 10
    assert [training["version"] for training in snapshot["trainings"]] == [1]


def training_under_way(snapshot: dict[str, list[dict[str, object]]]) -> bool:
    """Whether the networks have begun to learn."""
    return any(job["kind"] == "train" and job["losses"] for job in snapshot["jobs"])


def test_files_that_came_while_the_server_was_down_or_killed_are_imported_each_once(
    own_server: Server, playwright: Playwright, data_root: Path
) -> None:
    session = data_root / "down"
    session.mkdir()
    anna = ApiPerson(playwright, own_server.address, "anna")
    project = anna.create_project("Down", SMALL.diameter)
    anna.post(f"/api/v1/projects/{project}/watched", {"path": str(session)})
    (session / "a.mrc").write_bytes(content(session, 40))
    anna.wait(project, lambda snapshot: len(snapshot["micrographs"]) == 1)
    own_server.stop()
    for number in range(3):
        (session / f"down_{number}.mrc").write_bytes(content(session, 41 + number))
    own_server.start("--no-demo")
    anna.wait(project, lambda snapshot: snapshot["watched"][0]["found"] == 4)
    os.kill(own_server.child("importer@"), signal.SIGKILL)
    for number in range(3):
        (session / f"killed_{number}.mrc").write_bytes(content(session, 45 + number))
    snapshot = anna.wait(project, lambda snapshot: snapshot["watched"][0]["imported"] == 7)
    names = sorted(micrograph["name"] for micrograph in snapshot["micrographs"])
    assert names == ["a", *(f"down_{i}" for i in range(3)), *(f"killed_{i}" for i in range(3))]
