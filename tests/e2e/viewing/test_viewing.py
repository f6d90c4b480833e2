"""Looking at a micrograph: contrast, filters, ruler, map and spectrum, with a real mouse and keyboard."""

import io
import re
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import click_at, drag, held, on_page, open_project, reload, until, wait_until_held, window
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
    reload(page)
    expect(page.get_by_role("button", name="Invert")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("gamma")).to_have_value("1")
    assert page.evaluate(FILTER).startswith("url")


def test_the_grey_under_the_cursor_is_that_before_contrast(page: Page) -> None:
    place = on_page(page, 500, 500)
    shown = steady_grey(page, place)
    assert re.fullmatch(r"grey \d+", shown)
    page.keyboard.press("i")
    assert steady_grey(page, place) == shown
    page.get_by_test_id("zoom").hover()
    expect(page.get_by_test_id("cursor-grey")).to_have_text("")


def steady_grey(page: Page, place: dict[str, float]) -> str:
    """What the status bar says of a place of the page, once no sharper tile changes it any more."""
    seen: list[str] = []

    def steady() -> bool:
        page.mouse.move(place["x"] + 9, place["y"])
        page.mouse.move(place["x"], place["y"])
        seen.append(page.get_by_test_id("cursor-grey").inner_text())
        return len(seen) > 4 and len(set(seen[-5:])) == 1 and seen[-1] != ""

    until(page, steady)
    return seen[-1]


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
    page.wait_for_function("document.querySelector('[data-testid=spectrum] img')?.naturalWidth === 512")
    box = spectrum.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    expect(page.get_by_test_id("spectrum-resolution")).to_have_text("12.0 Å at the cursor")
    page.keyboard.press("Escape")
    expect(spectrum).to_have_count(0)


def test_ctf_values_are_brought_in_from_the_spectrum_which_then_shows_their_zeros(page: Page) -> None:
    page.keyboard.press("Shift+T")
    expect(page.get_by_test_id("ctf")).to_contain_text("not known")
    page.get_by_test_id("open-ctf").click()
    file, rings = page.get_by_test_id("ctf-file"), page.get_by_test_id("ctf-rings")
    file.set_input_files({"name": "x.star", "mimeType": "text/plain", "buffer": b"data_\n_rlnVoltage 300\n"})
    expect(page.get_by_role("alert")).to_contain_text("x.star has no table with _rlnMicrographName")
    rows = "micrograph,defocus_u,voltage,spherical_aberration,amplitude_contrast\n"
    rows += "".join(f"Movies/{name}.mrc,15000,300,2.7,0.1\n" for name in ("small_0", "theirs"))
    file.set_input_files({"name": "ctf.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    expect(page.get_by_test_id("ctf-result")).to_contain_text("CTF values set for 1 micrograph")
    page.get_by_text("In the file, not in the project: 1").click()
    expect(page.get_by_test_id("ctf-result")).to_contain_text("Movies/theirs.mrc")
    page.get_by_test_id("ctf-to-spectrum").click()
    expect(page.get_by_test_id("ctf-values")).to_contain_text("1.50 µm")
    expect(rings).to_have_attribute("data-rings", "8")  # 15 000 Å and 300 kV, up to 6 Å
    page.get_by_test_id("ctf-toggle").uncheck()
    expect(rings).to_have_count(0)


def test_the_split_view_shows_raw_and_denoised_beside_each_other_and_both_take_labels(page: Page) -> None:
    divider = page.get_by_test_id("split-divider")
    until(page, lambda: noise(page, 400) > 0)
    raw = noise(page, 400)
    page.keyboard.press("Shift+V")
    until(page, lambda: noise(page, 400) > 0.8 * raw and noise(page, 700) < 0.6 * raw)
    page.keyboard.press("b")
    click_at(page, 400, 500)
    click_at(page, 700, 500)
    wait_until_held(page, "labels", 2)
    box = divider.bounding_box()
    assert box is not None
    to = on_page(page, 900, 500)
    page.mouse.move(box["x"] + box["width"] / 2, to["y"])
    page.mouse.down()
    page.mouse.move(to["x"], to["y"], steps=3)
    page.mouse.up()
    until(page, lambda: noise(page, 700) > 0.8 * raw)
    page.get_by_test_id("stage").focus()
    share = float(divider.get_attribute("aria-valuenow") or 0)
    page.keyboard.press(",")
    expect(divider).to_have_attribute("aria-valuenow", str(round(share - 5)))
    reload(page)
    expect(divider).to_have_attribute("aria-valuenow", str(round(share - 5)))
    page.keyboard.press("Shift+V")
    expect(divider).to_have_count(0)


def noise(page: Page, x: float) -> float:
    """How much neighbouring pixels of the canvas differ around a place of the micrograph, 0 while it is not there."""
    at = page.evaluate("x => window.cryoweb.toPage(x, 300)", x)
    shot = page.screenshot(clip={"x": at["x"] - 20, "y": at["y"] - 20, "width": 40, "height": 40})
    pixels = np.asarray(Image.open(io.BytesIO(shot)).convert("L"), np.float32)
    return float(np.abs(np.diff(pixels)).mean())


def ghosts(page: Page) -> str:
    """What lies over the marks, as a picture."""
    picture: str = page.evaluate("[...document.querySelectorAll('.stage-surface')].map(one => one.toDataURL()).join()")
    return picture
