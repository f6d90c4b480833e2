"""Looking at a micrograph: contrast, filters, ruler, map and spectrum, with a real mouse and keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import drag, held, open_project, window
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


def test_the_grey_under_the_cursor_is_that_before_contrast(page: Page) -> None:
    place = page.evaluate("window.cryoweb.toPage(500, 500)")
    grey = page.get_by_test_id("cursor-grey")
    page.mouse.move(place["x"], place["y"])
    expect(grey).to_have_text(re.compile(r"^grey \d+$"))
    shown = grey.inner_text()
    page.keyboard.press("i")
    page.mouse.move(place["x"] + 9, place["y"])
    page.mouse.move(place["x"], place["y"])
    expect(grey).to_have_text(shown)
    page.get_by_test_id("zoom").hover()
    expect(grey).to_have_text("")


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


def test_the_ruler_measures_and_escape_takes_it_away(page: Page) -> None:
    page.keyboard.press("u")
    before = ghosts(page)
    drag(page, (200, 300), (500, 700))
    assert ghosts(page) != before
    page.keyboard.press("Escape")
    assert ghosts(page) == before
    assert held(page, "labels") == 0


def test_the_map_shows_a_zoomed_view_goes_where_it_is_pressed_and_hides(page: Page) -> None:
    minimap = page.get_by_test_id("minimap")
    expect(minimap).to_have_count(0)
    for _ in range(5):
        page.keyboard.press("+")
    expect(minimap).to_be_visible()
    minimap.click(position={"x": 100, "y": 30})
    middle = "(() => { const box = document.querySelector('[data-testid=stage]').getBoundingClientRect();"
    middle += "return window.cryoweb.toImage(box.x + box.width / 2, box.y + box.height / 2) })()"
    page.wait_for_function(f"(at => at.x > 700 && at.y < 300)({middle})")
    page.keyboard.press("Shift+M")
    expect(minimap).to_have_count(0)


def test_the_power_spectrum_tells_the_resolution_at_the_cursor(page: Page) -> None:
    page.keyboard.press("Shift+T")
    spectrum = page.get_by_test_id("spectrum")
    page.wait_for_function("document.querySelector('[data-testid=spectrum] img').naturalWidth === 512")
    box = spectrum.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    expect(page.get_by_test_id("spectrum-resolution")).to_have_text("12.0 Å at the cursor")
    page.keyboard.press("Escape")
    expect(spectrum).to_have_count(0)


def ghosts(page: Page) -> str:
    """What lies over the marks, as a picture."""
    picture: str = page.evaluate("[...document.querySelectorAll('.stage-surface')].at(-1).toDataURL()")
    return picture
