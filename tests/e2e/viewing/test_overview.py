"""The overview of all micrographs, with mouse and keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import click_at, open_project, wait_until_held, window
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks
from tests.e2e.server import Server


@pytest.fixture
def page(server: Server, browser: Browser, project: int, anna: ApiPerson) -> Iterator[Page]:
    """Anna's window with the overview open: two picks on each micrograph, two labels on the last."""
    add_picks(server, project, [(200.0, 200.0, 0.9, 0.1), (500.0, 500.0, 0.7, 0.1)])
    last = anna.snapshot(project)["micrographs"][-1]["id"]
    anna.label(project, [(last, "particle", 700.0, 700.0), (last, "background", 800.0, 300.0)])
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        page.keyboard.press("Shift+O")
        expect(cards(page)).to_have_count(3)
        yield page


def cards(page: Page) -> Locator:
    return page.get_by_test_id("card")


def test_cards_say_what_is_known_of_each_micrograph(page: Page) -> None:
    expect(cards(page).nth(0)).to_contain_text("ø 0.80")
    expect(cards(page).nth(2).locator("[data-kind=particle]")).to_have_text("1")
    expect(cards(page).nth(2).locator("[data-kind=final]")).to_have_text("3")


def test_sorted_filtered_and_opened_by_keys(page: Page) -> None:
    page.get_by_test_id("overview-sort").select_option("labels")
    page.get_by_test_id("overview-order").click()
    expect(cards(page).nth(0)).to_have_attribute("data-name", "small_2")
    page.get_by_test_id("overview-state").select_option("unlabelled")
    expect(cards(page)).to_have_count(2)
    page.get_by_test_id("overview-text").fill("_1")
    expect(cards(page)).to_have_count(1)
    page.get_by_test_id("overview-cards").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("overview")).to_be_hidden()
    expect(page.locator(".row-open")).to_have_attribute("data-name", "small_1")


def test_a_click_opens_a_micrograph_and_its_canvas_takes_labels(page: Page) -> None:
    cards(page).nth(1).click()
    page.wait_for_function("window.cryoweb.ready")
    page.keyboard.press("b")
    click_at(page, 300.0, 700.0)
    wait_until_held(page, "labels", 1)


def test_keys_of_the_canvas_do_nothing_behind_the_overview(page: Page) -> None:
    page.get_by_test_id("overview-cards").focus()
    page.keyboard.press("p")
    assert page.evaluate("window.cryoweb.tool") == "select"
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("overview")).to_be_hidden()
    expect(page.get_by_test_id("stage")).to_be_focused()
