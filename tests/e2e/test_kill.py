"""kill -9 loses nothing that was acknowledged."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import click_at, open_project, wait_until_held, wait_until_sent, window
from tests.e2e.client import ApiPerson, all_picked
from tests.e2e.conftest import label_from_truth
from tests.e2e.server import BRIEF, Server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that may be mistreated."""
    server = Server(tmp_path / "data", settings=BRIEF)
    server.start("--no-demo")
    server.add_people("anna", "ben")
    yield server
    server.stop()


def test_killed_in_the_middle_the_training_finishes_and_every_label_is_there(
    own_server: Server, playwright: Playwright, browser: Browser, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    anna = ApiPerson(playwright, own_server.address, "anna")
    project = anna.create_project("Mistreated", 160.0)
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
