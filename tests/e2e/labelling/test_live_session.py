"""A live session: files that a microscope's computer writes into a watched folder are imported, picked and shown."""

import struct
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from picking.science.imaging.write import write_mrc
from picking.science.simulate import SimulatedMicrograph, simulate_micrograph
from tests.e2e.browser import window
from tests.e2e.client import ApiPerson, all_picked
from tests.e2e.conftest import SMALL, label_from_truth
from tests.e2e.server import Server

PICKED_WITHIN_MS = 180_000


@pytest.fixture
def session(data_root: Path, request: pytest.FixtureRequest) -> Path:
    session = data_root / str(request.node.name)[:40]
    session.mkdir()
    return session


def content(folder: Path, seed: int) -> bytes:
    """A whole micrograph file."""
    file = folder.parent / f"whole_{seed}.mrc"
    write_mrc(file, simulate_micrograph(SMALL, seed).pixels, SMALL.pixel_size)
    whole = file.read_bytes()
    file.unlink()
    return whole


def write_slowly(file: Path, whole: bytes, seconds: float, parts: int = 4) -> None:
    size = len(whole) // parts + 1
    with file.open("wb") as out:
        for start in range(0, len(whole), size):
            out.write(whole[start : start + size])
            out.flush()
            time.sleep(seconds / parts)


def watch(page: Page, project: int, session: Path) -> None:
    page.goto(f"/projects/{project}")
    page.get_by_test_id("open-folders").click()
    page.get_by_test_id("folder-path").fill(str(session))
    page.get_by_test_id("folder-go").click()
    expect(page.get_by_test_id("folder-count")).to_contain_text("0 micrographs")
    page.get_by_test_id("watch-folder").click()
    expect(page.get_by_test_id("watched")).to_have_attribute("data-place", str(session))


def test_files_written_slowly_are_imported_when_whole_and_picked(
    server: Server,
    anna: ApiPerson,
    project: int,
    browser: Browser,
    simulated: dict[Path, SimulatedMicrograph],
    session: Path,
) -> None:
    label_from_truth(anna, project, simulated, each=6)
    anna.post(f"/api/v1/projects/{project}/trainings", {})
    anna.wait(project, all_picked)

    with window(browser, server.address, "anna") as page:
        watch(page, project, session)
        counts = page.get_by_test_id("watched-counts")
        movie = bytearray(content(session, 20))
        struct.pack_into("<3i", movie, 0, 3838, 3710, 40)
        (session / "movie.mrc").write_bytes(movie)
        expect(page.get_by_test_id("watched-refused")).to_contain_text("movie of 40 frames")

        write_slowly(session / "live_1.mrc", content(session, 21), seconds=12)
        write_slowly(session / "live_2.mrc", content(session, 22), seconds=4)
        expect(counts).to_contain_text("picked2", timeout=PICKED_WITHIN_MS)
        expect(counts).to_contain_text("imported2")
        expect(page.get_by_test_id("delay-plot")).to_have_attribute("data-points", "2")
        page.get_by_role("button", name="Done").click()
        expect(page.get_by_test_id("live-strip")).to_contain_text("2 of 3 imported")
        expect(page.locator("[data-testid=micrograph][data-name='live_1']")).to_be_visible()
    snapshot = anna.wait(project, all_picked)
    assert sum(micrograph["name"].startswith("live") for micrograph in snapshot["micrographs"]) == 2


def test_a_file_that_is_being_written_is_shown_as_such(
    server: Server, anna: ApiPerson, browser: Browser, session: Path
) -> None:
    project = anna.create_project("Growing", SMALL.diameter)
    whole = content(session, 30)
    with window(browser, server.address, "anna") as page:
        watch(page, project, session)
        (session / "slow.mrc").write_bytes(whole[: len(whole) // 2])
        expect(page.get_by_test_id("watched-waiting")).to_contain_text("truncated")
        expect(page.get_by_test_id("watched-counts")).to_contain_text("being written1")
        (session / "slow.mrc").write_bytes(whole)
        expect(page.get_by_test_id("watched-counts")).to_contain_text("imported1")
        page.get_by_test_id("stop-watching").click()
        expect(page.get_by_text("No folder is being watched.")).to_be_visible()
