"""Coordinates of another program, dropped onto a project."""

import base64
import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import open_project, until, wait_until_held, window
from tests.e2e.client import ApiPerson
from tests.e2e.server import Server

SIDE = 1024
DROP = """files => {
  const data = new DataTransfer()
  for (const [name, content] of files)
    data.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name))
  document.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
}"""
PLACES = [(x, y) for x in range(40, 1000, 120) for y in (60, 400, 1000)]


def boxes(places: list[tuple[int, int]]) -> str:
    return "".join(f"{x - 20}\t{y - 20}\t40\t40\n" for x, y in places)


def drop(page: Page, files: dict[str, str]) -> None:
    encoded = [[name, base64.b64encode(text.encode()).decode()] for name, text in files.items()]
    page.evaluate(DROP, encoded)


def previewed(page: Page, count: int) -> None:
    until(page, lambda: page.evaluate("() => window.cryoweb.drawn.marks") == count)


@pytest.fixture
def files(anna: ApiPerson, project: int) -> dict[str, str]:
    """Boxes of two micrographs and of one that is not in the project, under names that other programs give."""
    names = [row["name"] for row in anna.snapshot(project)["micrographs"]]
    return {f"{name}_DW.box": boxes(PLACES) for name in [*names[:2], "elsewhere"]}


def test_dropped_coordinates_are_previewed_flipped_and_stored_as_picks(
    server: Server, browser: Browser, project: int, anna: ApiPerson, files: dict[str, str]
) -> None:
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        drop(page, files)
        panel = page.get_by_test_id("import-panel")
        expect(panel.get_by_test_id("import-format")).to_have_value("eman_box")
        expect(panel.get_by_test_id("import-matches")).to_contain_text("2 of 3 names")
        expect(panel.get_by_test_id("rule-ends")).to_have_value("_DW")
        previewed(page, len(PLACES))

        panel.get_by_test_id("rule-ends").fill("")
        expect(panel.get_by_test_id("import-matches")).to_contain_text("0 of 3 names")
        previewed(page, 0)
        panel.get_by_test_id("suggested-rule").first.click()
        expect(panel.get_by_test_id("import-matches")).to_contain_text("2 of 3 names")

        panel.get_by_test_id("import-flip").check()
        panel.get_by_test_id("import-scale").fill("2")
        panel.get_by_test_id("import-scale").press("Enter")
        expect(panel.get_by_test_id("import-outside")).to_be_visible()
        panel.get_by_test_id("import-scale").fill("1")
        panel.get_by_test_id("import-scale").press("Enter")
        expect(panel.get_by_test_id("import-outside")).to_have_count(0)
        panel.get_by_test_id("source-name").fill("EMAN by hand")
        panel.get_by_test_id("store").click()
        expect(page.locator("[data-testid=source][data-name='EMAN by hand']")).to_be_visible()
        expect(panel).to_have_count(0)
        previewed(page, len(PLACES))
    source = anna.snapshot(project)["sources"][-1]
    assert (source["name"], source["how"]["flip_y"]) == ("EMAN by hand", True)


def test_dropped_coordinates_become_labels_that_undo_takes_back(
    server: Server, browser: Browser, project: int, anna: ApiPerson, files: dict[str, str]
) -> None:
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        drop(page, files)
        panel = page.get_by_test_id("import-panel")
        panel.get_by_test_id("as-labels").check()
        panel.get_by_test_id("label-kind").select_option("background")
        panel.get_by_test_id("store").click()
        wait_until_held(page, "labels", len(PLACES))
        kinds = {(row["kind"], row["y"]) for row in anna.snapshot(project)["labels"]}
        assert kinds == {("background", y) for y in (60.0, 400.0, 1000.0)}
        expect(page.get_by_test_id("undo")).to_be_enabled()
        page.keyboard.press("Control+z")
        wait_until_held(page, "labels", 0)
        until(page, lambda: anna.snapshot(project)["labels"] == [])


def test_a_file_that_cannot_be_read_says_where(server: Server, browser: Browser, project: int) -> None:
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        drop(page, {"small_0.box": boxes(PLACES[:2]) + "1\t2\tx\t4\n"})
        expect(page.get_by_test_id("import-error")).to_contain_text("small_0.box, line 3")
        assert json.dumps(page.evaluate("() => window.cryoweb.held.labels")) == "0"
