"""Two people label the same micrograph, and neither sees what the other does until both are done."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import click_at, held, reload, side_by_side, wait_until_held, wait_until_sent
from tests.e2e.server import Server


def label(page: Page, *places: tuple[float, float]) -> None:
    page.keyboard.press("p")
    for place in places:
        click_at(page, *place)
    wait_until_sent(page)


def done(page: Page) -> None:
    page.get_by_test_id("side-queue").click()
    page.get_by_test_id("queue-done").click()


def test_labels_are_hidden_from_the_other_until_both_are_done(server: Server, browser: Browser, project: int) -> None:
    with side_by_side(browser, project, server.address) as (anna, ben):
        anna.get_by_test_id("side-queue").click()
        anna.get_by_test_id("double-labelling").click()
        for who in ("anna", "ben"):
            anna.get_by_test_id(f"double-{who}").check()
        anna.get_by_test_id("double-share").fill("100")
        anna.get_by_test_id("double-begin").click()
        expect(anna.get_by_test_id("double-said")).to_contain_text("with the seed")
        expect(anna.get_by_test_id("blind")).to_contain_text("until ben and you are done")
        expect(ben.get_by_test_id("blind")).to_contain_text("until anna and you are done")

        label(anna, (400.0, 400.0), (500.0, 500.0))
        label(ben, (600.0, 600.0))
        reload(ben)
        assert [held(anna, "labels"), held(ben, "labels")] == [2, 1]

        done(anna)
        expect(ben.get_by_test_id("blind")).to_contain_text("until you are done")
        assert held(ben, "labels") == 1
        done(ben)
        for page in (anna, ben):
            wait_until_held(page, "labels", 3)
            expect(page.get_by_test_id("blind")).to_have_count(0)
