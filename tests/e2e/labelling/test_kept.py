"""What is deleted comes back, and what is frozen stays."""

import csv
import io
import zipfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.browser import click_at, open_project, wait_until_held, wait_until_sent, window
from tests.e2e.server import Server


def test_a_deleted_micrograph_comes_back_by_undo_and_from_the_list(
    server: Server, browser: Browser, project: int
) -> None:
    with window(browser, server.address, "ben") as page:
        open_project(page, project)
        first = page.evaluate("window.cryoweb.micrograph")
        row, said = page.locator(f"[data-testid=micrograph][data-id='{first}']"), page.get_by_test_id("toasts")
        page.keyboard.press("c")
        click_at(page, 300, 300)
        wait_until_held(page, "labels", 1)
        wait_until_sent(page)
        page.get_by_test_id("delete-micrograph").click()
        expect(row).to_have_count(0)
        expect(said).to_contain_text("deletion of")
        page.get_by_test_id("toast-action").click()
        expect(row).to_have_count(1)
        row.get_by_role("button").first.click()
        wait_until_held(page, "labels", 1)
        page.get_by_test_id("delete-micrograph").click()
        expect(row).to_have_count(0)
        page.get_by_test_id("open-deleted").click()
        page.get_by_test_id("restore").click()
        expect(page.get_by_test_id("deleted-row")).to_have_count(0)
        page.keyboard.press("Escape")
        row.get_by_role("button").first.click()
        wait_until_held(page, "labels", 1)


def test_a_download_from_a_snapshot_holds_what_was_frozen(
    server: Server, browser: Browser, project: int, tmp_path: Path
) -> None:
    with window(browser, server.address, "ben") as page:
        open_project(page, project)
        page.keyboard.press("p")
        click_at(page, 300, 300)
        wait_until_held(page, "labels", 1)
        wait_until_sent(page)
        page.get_by_test_id("open-export").click()
        page.get_by_test_id("snapshots").locator("summary").click()
        page.get_by_test_id("snapshot-name").fill("As published")
        page.get_by_test_id("make-snapshot").click()
        expect(page.locator("[data-testid=snapshot][data-whole=true]")).to_contain_text("1 label")
        page.keyboard.press("Escape")
        click_at(page, 600, 600)
        wait_until_held(page, "labels", 2)
        wait_until_sent(page)
        page.get_by_test_id("open-export").click()
        page.get_by_test_id("snapshots").locator("summary").click()
        page.get_by_test_id("use-snapshot").click()
        page.get_by_test_id("format-csv").click()
        page.get_by_test_id("export-provenance").check()
        page.get_by_test_id("export").click()
        with page.expect_download() as waiting:
            page.get_by_test_id("download").click()
        waiting.value.save_as(tmp_path / "picks.zip")
    with zipfile.ZipFile(tmp_path / "picks.zip") as archive:
        [row] = csv.DictReader(io.StringIO(archive.read("provenance.csv").decode()))
    assert (row["origin"], row["person"]) == ("label", "ben")
