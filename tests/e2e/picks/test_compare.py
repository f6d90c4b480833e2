"""Two sets of picks beside one another."""

from playwright.sync_api import Browser, expect

from tests.e2e.browser import open_project, until, window
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks, add_source
from tests.e2e.server import Server

NETWORK = [(200.0, 200.0, 0.9, 0.1), (500.0, 500.0, 0.9, 0.1), (800.0, 200.0, 0.9, 0.1)]
TOPAZ = [(204.0, 200.0, 1.0), (504.0, 500.0, 1.0), (800.0, 800.0, 1.0), (200.0, 800.0, 1.0)]


def test_two_sets_of_picks_are_compared_in_numbers_and_on_the_canvas(
    server: Server, browser: Browser, project: int, anna: ApiPerson
) -> None:
    add_picks(server, project, NETWORK)
    add_source(server, project, "Topaz", TOPAZ)
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        page.get_by_test_id("compare-picks").click()
        expect(page.get_by_test_id("compare-second")).to_have_value(
            f"source:{anna.snapshot(project)['sources'][-1]['id']}"
        )
        micrographs = len(anna.snapshot(project)["micrographs"])
        expect(page.get_by_test_id("compare-matched")).to_have_text(str(2 * micrographs))
        expect(page.get_by_test_id("compare-only_first")).to_have_text(str(micrographs))
        expect(page.get_by_test_id("compare-only_second")).to_have_text(str(2 * micrographs))
        expect(page.get_by_test_id("compare-recall")).to_have_text("66.7 %")
        expect(page.get_by_test_id("compare-precision")).to_have_text("50.0 %")
        expect(page.get_by_test_id("compare-offset")).to_contain_text("(+4, 0 px)")

        page.get_by_test_id("compare-go").first.click()
        expect(page.get_by_test_id("compare-here-matched")).to_have_text("2")
        expect(page.get_by_test_id("compare-here-only_second")).to_have_text("2")
        until(page, lambda: page.evaluate("() => window.cryoweb.drawn.marks") == 5)
        page.get_by_test_id("open-coordinates").click()
        expect(page.get_by_test_id("compare-bar")).to_have_count(0)
        until(page, lambda: page.evaluate("() => window.cryoweb.drawn.marks") == 7)


def test_what_several_agree_on_becomes_picks_of_their_own(
    server: Server, browser: Browser, project: int, anna: ApiPerson
) -> None:
    add_picks(server, project, NETWORK)
    add_source(server, project, "Topaz", TOPAZ)
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        page.get_by_test_id("compare-picks").click()
        page.get_by_test_id("consensus").click()
        page.get_by_test_id("consensus-name").fill("Both programs")
        page.get_by_test_id("consensus-make").click()
        row = page.locator("[data-testid=source][data-name='Both programs']")
        expect(row).to_be_visible()
        expect(row.get_by_test_id("source-count")).to_have_text(str(2 * len(anna.snapshot(project)["micrographs"])))
