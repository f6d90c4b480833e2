"""Downloads: made, looked at over the micrograph, fetched and deleted."""

import zipfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from picking.science.extract.settings import suggested_box
from tests.e2e.browser import open_project, window
from tests.e2e.conftest import SMALL
from tests.e2e.picked import add_picks
from tests.e2e.server import Server

PICKS = [(200.0, 300.0, 0.9, 0.1), (600.0, 500.0, 0.8, 0.1), (700.0, 200.0, 0.1, 0.1)]
SUGGESTED = suggested_box(SMALL.diameter, SMALL.pixel_size)


def test_a_file_is_made_previewed_and_downloaded(
    server: Server, browser: Browser, project: int, tmp_path: Path
) -> None:
    add_picks(server, project, PICKS)
    with window(browser, server.address, "ben") as page:
        open_project(page, project)
        page.get_by_test_id("open-export").click()
        page.get_by_test_id("format-eman_box").click()
        page.get_by_test_id("export-more").click()
        page.get_by_test_id("export-box").fill("64")
        page.get_by_test_id("export").click()
        page.get_by_test_id("preview-export").click()
        banner = page.get_by_test_id("export-preview")
        expect(banner).to_contain_text("EMAN (.box)")
        expect(banner).to_contain_text("2 picks here")
        page.get_by_test_id("close-export-preview").click()
        expect(banner).to_have_count(0)
        page.get_by_test_id("open-export").click()
        with page.expect_download() as waiting:
            page.get_by_test_id("download").click()
        waiting.value.save_as(tmp_path / "boxes.zip")
        page.get_by_test_id("remove-export").click()
        expect(page.get_by_test_id("download")).to_have_count(0)
    with zipfile.ZipFile(tmp_path / "boxes.zip") as archive:
        boxes = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".box")]
    assert "168\t268\t64\t64\n" in boxes[0]


def test_what_cannot_be_made_is_said_where_it_was_asked_for(server: Server, browser: Browser, project: int) -> None:
    with window(browser, server.address, "ben") as page:
        open_project(page, project)
        page.get_by_test_id("open-export").click()
        page.get_by_test_id("export-more").click()
        page.get_by_test_id("export-scale").fill("none")
        page.get_by_test_id("export").click()
        expect(page.get_by_role("alert")).to_contain_text("scale must be a number")
        page.get_by_test_id("export-scale").fill("1")
        page.get_by_test_id("export-extension").fill("xyz")
        page.get_by_test_id("export").click()
        expect(page.get_by_role("alert")).to_contain_text("no extension of micrographs")


def test_particle_stacks_say_their_box_and_are_offered(server: Server, browser: Browser, project: int) -> None:
    add_picks(server, project, PICKS)
    with window(browser, server.address, "ben") as page:
        open_project(page, project)
        page.get_by_test_id("open-export").click()
        page.get_by_test_id("format-relion_stacks").click()
        expect(page.get_by_test_id("stack-box")).to_have_attribute("placeholder", str(SUGGESTED))
        page.get_by_test_id("export-more").click()
        expect(page.get_by_test_id("export-score")).to_be_visible()
        expect(page.get_by_test_id("export-box")).to_have_count(0)
        page.get_by_test_id("stack-binned").fill("24")
        page.get_by_test_id("export").click()
        expect(page.get_by_test_id("download")).to_be_visible()
        expect(page.get_by_role("region", name="Exports")).to_contain_text("6 picks on 3 micrographs")
