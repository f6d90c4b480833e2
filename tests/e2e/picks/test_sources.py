"""Picks of other programs beside the networks' own."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import open_project, point_at, until, wait_until_sent, window
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks, add_source, verdicts
from tests.e2e.server import Server

NETWORK = [(200.0, 200.0, 0.9, 0.1)]
TOPAZ = [(500.0, 500.0, -1.5), (800.0, 500.0, 2.5), (500.0, 800.0, 0.5)]


def drawn(page: Page, count: int) -> None:
    until(page, lambda: page.evaluate("() => window.cryoweb.drawn.marks") == count)


def test_picks_of_another_program_are_shown_judged_and_thresholded(
    server: Server, browser: Browser, project: int, anna: ApiPerson
) -> None:
    add_picks(server, project, NETWORK)
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        drawn(page, 1)
        expect(page.get_by_test_id("source")).to_have_count(0)
        add_source(server, project, "Topaz", TOPAZ)
        row = page.locator("[data-testid=source][data-name=Topaz]")
        expect(row).to_be_visible()
        drawn(page, 4)
        expect(row.get_by_test_id("source-count")).to_have_text("9")

        row.get_by_test_id("source-threshold").fill("0.45")
        drawn(page, 3)
        anna.wait(project, lambda snapshot: snapshot["sources"][-1]["threshold"] > 0)

        point_at(page, 510, 800)
        page.keyboard.press("a")
        point_at(page, 800, 490)
        page.keyboard.press("r")
        wait_until_sent(page)
        assert sorted(verdicts(anna, project)) == [("accept", 500.0, 800.0), ("reject", 800.0, 500.0)]
        drawn(page, 3)

        row.get_by_test_id("rename-source").click()
        row.get_by_test_id("source-name-field").fill("Topaz 0.2")
        row.get_by_test_id("source-name-field").press("Enter")
        row = page.locator("[data-testid=source][data-name='Topaz 0.2']")
        anna.wait(project, lambda snapshot: snapshot["sources"][-1]["name"] == "Topaz 0.2")

        row.get_by_test_id("source-teaches").check()
        anna.wait(project, lambda snapshot: snapshot["sources"][-1]["teaches"])
        row.get_by_test_id("source-switch").click()
        page.reload()
        expect(row.get_by_test_id("source-switch")).to_have_attribute("aria-pressed", "false")
        row.get_by_test_id("remove-source").click()
        page.get_by_test_id("confirm-remove-source").click()
        expect(page.get_by_test_id("source")).to_have_count(0)
        assert anna.snapshot(project)["sources"][-1]["kind"] == "training"


def test_the_gallery_shows_and_judges_picks_of_other_programs(
    server: Server, browser: Browser, project: int, anna: ApiPerson
) -> None:
    add_source(server, project, "crYOLO", [(500.0, 500.0, 0.75)], scored=False)
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        drawn(page, 1)
        page.keyboard.press("Shift+G")
        expect(page.get_by_test_id("crop-count")).to_have_text("1 crop")
        page.get_by_test_id("crop").first.click()
        expect(page.get_by_test_id("selection")).to_contain_text("Pick of crYOLO")
        page.keyboard.press("a")
        until(page, lambda: verdicts(anna, project) == [("accept", 500.0, 500.0)])
