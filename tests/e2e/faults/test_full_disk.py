"""A disk that is full: said in words, waited out, and nothing lost."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import click_at, open_project, wait_until_held, wait_until_sent, window
from tests.e2e.client import ApiPerson, all_picked
from tests.e2e.conftest import first_database, label_from_truth
from tests.e2e.server import BRIEF, PASSWORD, Server

SIZE = "160m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small file system needs the right to mount one: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path) -> Path:
    """Takes all the room there is."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


def test_a_full_disk_is_said_waited_out_and_loses_nothing(
    server: Server,
    small_disk: Path,
    playwright: Playwright,
    browser: Browser,
    simulated: dict[Path, SimulatedMicrograph],
) -> None:
    own = Server(small_disk / "data", settings=BRIEF, first=first_database(server))
    own.start("--no-demo")
    try:
        anna = ApiPerson(playwright, own.address, "anna")
        project = anna.create_project("No room", 160.0)
        for file in simulated:
            anna.upload(project, file)
        anna.wait(project, lambda snapshot: len(snapshot["micrographs"]) == len(simulated))
        label_from_truth(anna, project, simulated, each=5)
        labels = len(anna.snapshot(project)["labels"])
        with window(browser, own.address, "anna") as page:
            open_project(page, project)
            there = page.evaluate("window.cryoweb.held.labels")
            ballast = fill(small_disk)
            page.keyboard.press("p")
            for number in range(10):
                click_at(page, 60.0 + 90 * number, 40.0)
            expect(page.get_by_test_id("connection")).to_contain_text("disk is full", timeout=20_000)
            page.screenshot(path=os.environ.get("FULL_DISK_PICTURE") or str(small_disk.parent / "full.png"))
            assert_all_say_so(anna, project, playwright, own)
            ballast.unlink()
            wait_until_held(page, "labels", there + 10)
            wait_until_sent(page)
            expect(page.get_by_test_id("connection")).to_have_text("Live")
        assert len(anna.snapshot(project)["labels"]) == labels + 10
        anna.post(f"/api/v1/projects/{project}/trainings", {})
        anna.wait(project, all_picked)
    finally:
        own.kill()


def assert_all_say_so(anna: ApiPerson, project: int, playwright: Playwright, server: Server) -> None:
    """Training, uploading, signing in and health."""
    training = anna.http.post(f"/api/v1/projects/{project}/trainings", data={}, headers=anna._headers())
    assert (training.status, "disk is full" in training.json()["detail"]) == (507, True)
    ben = playwright.request.new_context(base_url=server.address)
    ben.get("/signin")
    token = ben.storage_state()["cookies"][0]["value"]
    signing = ben.post("/signin", form={"username": "ben", "password": PASSWORD, "csrfmiddlewaretoken": token})
    assert (signing.status, "disk is full" in signing.text()) == (507, True)
    health = ben.get("/health")
    assert (health.status, "data folder" in health.text()) == (503, True)
