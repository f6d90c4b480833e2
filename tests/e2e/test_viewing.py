"""Looking at a micrograph: contrast, filters, ruler, map and spectrum, with a real mouse and keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import open_project, window
from tests.e2e.server import Server

FILTER = "getComputedStyle(document.querySelector('.openseadragon-canvas')).filter"


@pytest.fixture
def page(server: Server, browser: Browser, project: int) -> Iterator[Page]:
    with window(browser, server.address, "ben") as page:
        open_project(page, project)
        yield page


def test_contrast_follows_the_image_until_a_bound_is_dragged_and_again_on_k(page: Page) -> None:
    auto, bounds = page.get_by_test_id("auto-contrast"), page.get_by_test_id("bounds")
    expect(auto).to_have_attribute("aria-pressed", "true")
    expect(bounds).not_to_have_text("0 – 255")
    page.get_by_test_id("reset-display").click()
    expect(bounds).to_have_text("0 – 255")
    assert page.evaluate(FILTER) == "none"
    page.get_by_test_id("bound-black").press("End")
    expect(bounds).to_have_text("251 – 255")
    page.get_by_test_id("stage").click()
    page.keyboard.press("k")
    expect(auto).to_have_attribute("aria-pressed", "true")
    expect(bounds).not_to_have_text("251 – 255")


def test_view_settings_are_there_again_after_a_reload(page: Page) -> None:
    page.keyboard.press("i")
    page.get_by_test_id("gamma").press("End")
    page.reload()
    expect(page.get_by_role("button", name="Invert")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("gamma")).to_have_value("1")
    assert page.evaluate(FILTER).startswith("url")


def test_filters_in_angstrom_and_a_denoised_view_come_as_tiles_of_their_own(page: Page) -> None:
    with page.expect_response("**/l67/**.jpg") as first:  # 20 Å at 3 Å a pixel
        page.keyboard.press("Shift+D")
    assert first.value.ok
    with page.expect_response("**/l67h1667/**.jpg") as second:
        slider = page.get_by_test_id("highPass")
        slider.fill("0.56")
        expect(slider).to_have_attribute("aria-valuetext", "500 Å")
    assert second.value.ok
    with page.expect_response("**/denoised/**.jpg") as third:
        page.keyboard.press("d")
    assert third.value.ok
    page.keyboard.press("d")
    expect(page.get_by_test_id("look-raw")).to_have_attribute("aria-pressed", "true")
