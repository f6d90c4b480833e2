"""Where the parts of the page lie: they share the window, and stay where they are while work goes on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import click_at, open_project, reload, wait_until_drawn, window
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks
from tests.e2e.server import Server

PARTS = {
    "header": ".desk > .bar",
    "left": ".panel-left",
    "tools": ".toolbar",
    "stage": "[data-testid=stage]",
    "gallery": "[data-testid=gallery]",
    "status": ".status",
    "right": ".panel-right",
    "rail": ".rail",
    "display": "[data-testid=display-panel]",
}
FIXED = [part for part in PARTS if part not in ("stage", "gallery", "display")]
Box = tuple[int, int, int, int]


@pytest.fixture
def page(server: Server, browser: Browser, project: int, anna: ApiPerson) -> Iterator[Page]:
    add_picks(server, project, [(200.0, 200.0, 0.9, 0.1), (500.0, 500.0, 0.7, 0.1)])
    rows = anna.snapshot(project)["micrographs"]
    anna.label(project, [(rows[0]["id"], "particle", 300.0, 700.0), (rows[0]["id"], "background", 700.0, 400.0)])
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        yield page


def boxes(page: Page) -> dict[str, Box]:
    """Left, top, right and bottom of each part that is there, in CSS pixels."""
    found: dict[str, Box] = {}
    for part, where in PARTS.items():
        if page.locator(where).count() and (box := page.locator(where).bounding_box()):
            left, top = round(box["x"]), round(box["y"])
            found[part] = (left, top, left + round(box["width"]), top + round(box["height"]))
    return found


def covered(parts: dict[str, Box]) -> int:
    return sum((right - left) * (bottom - top) for left, top, right, bottom in parts.values())


def overlapping(parts: dict[str, Box]) -> list[tuple[str, str]]:
    names = sorted(parts)
    return [
        (a, b)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if max(parts[a][0], parts[b][0]) < min(parts[a][2], parts[b][2])
        and max(parts[a][1], parts[b][1]) < min(parts[a][3], parts[b][3])
    ]


def test_the_parts_fill_the_window_and_none_lies_over_another(page: Page) -> None:
    for width, height in ((768, 1024), (1280, 800), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        for press in ("v", "Shift+G"):
            page.keyboard.press(press)
            parts = boxes(page)
            del parts["display"]
            assert overlapping(parts) == [], (width, press)
            assert covered(parts) > 0.98 * width * height, (width, press)
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("gallery")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (900, 1200)])
def test_the_buttons_below_the_list_stand_in_one_line(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    buttons = [page.get_by_test_id(name) for name in ("add-micrographs", "open-folders", "open-deleted")]
    assert len({button.evaluate("each => each.getBoundingClientRect().top") for button in buttons}) == 1


def test_no_part_moves_when_something_floats_over_the_micrograph(page: Page) -> None:
    before = boxes(page)
    page.keyboard.press("p")
    click_at(page, 302.0, 700.0)
    expect(page.get_by_test_id("toasts")).to_contain_text("There is already a label here.")
    assert boxes(page) == before
    for press, floats in (("e", "tool-options"), ("Control+a", "selection"), ("w", "walk")):
        page.keyboard.press(press)
        expect(page.get_by_test_id(floats)).to_be_visible()
        assert boxes(page) == before
    page.keyboard.press("Shift+G")
    expect(page.get_by_test_id("gallery")).to_be_visible()
    assert [boxes(page)[part] for part in FIXED] == [before[part] for part in FIXED]


def test_a_micrograph_that_is_fitted_stays_so_beside_the_gallery_and_one_zoomed_into_stays_where_it_is(
    page: Page,
) -> None:
    corners = "[[0, 0], [1023, 1023]].map(([x, y]) => window.cryoweb.toPage(x, y))"
    inside = f"""() => {{
      const {{ left, top, right, bottom }} = document.querySelector('[data-testid=stage]').getBoundingClientRect()
      return {corners}.every(({{ x, y }}) => x > left - 2 && x < right + 2 && y > top - 2 && y < bottom + 2)
    }}"""
    page.keyboard.press("Shift+G")
    expect(page.get_by_test_id("gallery")).to_be_visible()
    page.wait_for_function(inside)
    page.keyboard.press("Shift+G")
    page.keyboard.press("+")
    page.wait_for_function(f"() => !({inside})()")
    page.keyboard.press("Shift+G")
    expect(page.get_by_test_id("gallery")).to_be_visible()
    wait_until_drawn(page)
    assert not page.evaluate(inside)


def test_parts_of_the_right_panel_are_folded_away_and_stay_so(page: Page) -> None:
    title = page.get_by_test_id("train-panel").get_by_role("button", name="Train", exact=True).first
    title.press("Enter")
    expect(title).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_test_id("train")).to_have_count(0)
    reload(page)
    expect(title).to_have_attribute("aria-expanded", "false")
    title.click()
    expect(page.get_by_test_id("train")).to_be_visible()


def test_what_cannot_be_pressed_looks_so(page: Page) -> None:
    page.keyboard.press("Shift+S")
    expect(page.get_by_test_id("accept-all")).to_be_disabled()
    names = ("accept-all", "reject-all", "undo", "open-trainings")
    colours = [page.get_by_test_id(name).evaluate("button => getComputedStyle(button).color") for name in names]
    assert colours[0] == colours[1] == colours[2] != colours[3]


def test_what_is_in_sight_of_the_list_stays_there_when_a_micrograph_comes_in_above(
    page: Page, project: int, anna: ApiPerson, simulated: dict[Path, SimulatedMicrograph], tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 340})
    rows = page.get_by_test_id("micrograph")
    page.locator(".panel-left .panel-scroll").evaluate("list => { list.scrollTop = 30 }")
    before = rows.last.bounding_box()
    shutil.copy(next(iter(simulated)), tmp_path / "first.mrc")
    anna.upload(project, tmp_path / "first.mrc")
    expect(rows).to_have_count(4)
    expect(page.get_by_test_id("activity")).to_have_count(0)
    expect(rows.first).to_have_attribute("data-name", "first")
    assert rows.last.bounding_box() == before
