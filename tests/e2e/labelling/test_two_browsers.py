"""Two people, one micrograph."""

import zipfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import (
    click_at,
    open_project,
    side_by_side,
    wait_until_held,
    watch_shifts,
)
from tests.e2e.client import ApiPerson, all_picked
from tests.e2e.conftest import label_from_truth
from tests.e2e.server import Server

Simulated = dict[Path, SimulatedMicrograph]

# What comes with the first picks takes room at the end of the panel. Nothing above that moves.
COMES_WITH_PICKS = "[data-testid=train-panel] *, [data-testid=thresholds-panel] *, [data-testid=thresholds-panel] ~ *"


def downloaded(page: Page, folder: Path) -> dict[str, bytes]:
    """The files of picks that somebody makes and downloads."""
    page.get_by_test_id("open-export").click()
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/exports" in answer.url) as made:
        page.get_by_test_id("export").click()
    row = page.get_by_test_id(f"export-{made.value.json()['id']}")
    with page.expect_download() as waiting:
        row.get_by_test_id("download").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("CryoWeb")}


def test_a_label_of_one_person_shows_on_the_canvas_of_the_other(server: Server, browser: Browser, project: int) -> None:
    with side_by_side(browser, project, server.address) as (anna, ben):
        anna.keyboard.press("p")
        click_at(anna, 512.0, 512.0)
        wait_until_held(ben, "labels", 1)
        ben.keyboard.press("e")
        click_at(ben, 512.0, 512.0)
        wait_until_held(anna, "labels", 0)


def test_one_trains_both_see_progress_and_picks_and_download_the_same_file(
    server: Server, browser: Browser, project: int, anna: ApiPerson, simulated: Simulated, tmp_path: Path
) -> None:
    label_from_truth(anna, project, simulated, each=5)
    with side_by_side(browser, project, server.address) as (one, other):
        expect(other.get_by_test_id("people").get_by_role("img")).to_have_count(2)
        watch_shifts(other, outside=COMES_WITH_PICKS)
        one.get_by_test_id("train").click()
        other.get_by_test_id("cancel-training").wait_for(timeout=60_000)  # it may be there briefly
        other.locator("[data-testid=show-losses]:enabled").click(timeout=180_000)
        expect(other.get_by_test_id("loss-plot")).to_be_visible()
        for page in (one, other):
            page.wait_for_function("window.cryoweb.held.final > 20", timeout=300_000)
        anna.wait(project, all_picked)
        picks = len(anna.export(project, "csv", "picks.csv").splitlines()) - 1
        for page in (one, other):
            expect(page.get_by_test_id("final-total")).to_have_text(f"{picks} picks", timeout=20_000)
        assert other.evaluate("shifted.join()") == ""
        assert downloaded(one, tmp_path) == downloaded(other, tmp_path)


def test_undo_takes_back_ones_own_label_and_redo_puts_it_again_after_a_reload(
    server: Server, browser: Browser, project: int
) -> None:
    with side_by_side(browser, project, server.address) as (anna, ben):
        anna.keyboard.press("p")
        click_at(anna, 300.0, 300.0)
        wait_until_held(ben, "labels", 1)
        ben.keyboard.press("c")
        click_at(ben, 700.0, 700.0)
        wait_until_held(anna, "labels", 2)
        anna.keyboard.press("Control+z")
        wait_until_held(ben, "labels", 1)
        open_project(anna, project)
        anna.keyboard.press("Control+Shift+z")
        wait_until_held(ben, "labels", 2)
