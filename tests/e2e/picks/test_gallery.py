"""The gallery of crops, with mouse and keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser import click_at, held, open_project, wait_until_held, wait_until_sent, window
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks
from tests.e2e.server import Server

SCORES = (0.95, 0.9, 0.85, 0.8, 0.75, 0.3)
PLACES = ((200.0, 200.0), (500.0, 200.0), (800.0, 200.0), (200.0, 600.0), (500.0, 600.0), (800.0, 600.0))


@pytest.fixture
def picked(server: Server, project: int) -> int:
    """The small project with six picks on each micrograph, five of which count."""
    add_picks(server, project, [(x, y, score, 0.1) for (x, y), score in zip(PLACES, SCORES, strict=True)])
    return project


@pytest.fixture
def page(server: Server, browser: Browser, picked: int) -> Iterator[Page]:
    """Anna's window with the gallery open."""
    with window(browser, server.address, "anna") as page:
        open_project(page, picked)
        page.keyboard.press("Shift+G")
        expect(crops(page)).to_have_count(5)
        yield page


def crops(page: Page) -> Locator:
    return page.get_by_test_id("crop")


def current(page: Page) -> str | None:
    """The label of the crop that keys act on."""
    return page.locator(".crop-current").get_attribute("aria-label")


def test_crops_come_as_pictures_and_a_click_puts_the_canvas_on_one(page: Page) -> None:
    expect(page.locator("[data-testid=crop][data-loaded=true]")).to_have_count(5)
    crops(page).nth(2).click()
    expect(page.get_by_test_id("selection")).to_contain_text("0.85")
    page.wait_for_function(
        """() => {
          const stage = document.querySelector('[data-testid=stage]').getBoundingClientRect()
          const at = window.cryoweb.toPage(800, 200)
          return Math.abs(at.x - stage.x - stage.width / 2) < 3 && Math.abs(at.y - stage.y - stage.height / 2) < 3
        }"""
    )


def test_what_is_selected_on_the_canvas_is_marked_in_the_gallery(page: Page) -> None:
    click_at(page, *PLACES[3])
    expect(page.locator(".crop-current")).to_have_attribute("data-index", "3")


def test_keys_go_through_the_crops_and_judge_them(page: Page) -> None:
    page.get_by_test_id("crops").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".crop-current")).to_have_attribute("data-index", "1")
    page.keyboard.press("r")
    expect(crops(page)).to_have_count(4)
    assert "0.85" in (current(page) or "")
    page.keyboard.press("c")
    expect(crops(page)).to_have_count(3)
    page.keyboard.press("a")
    expect(crops(page).nth(1)).to_have_attribute("data-kind", "accept")
    wait_until_sent(page)
    assert [held(page, what) for what in ("verdicts", "labels", "final")] == [2, 1, 3]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    wait_until_held(page, "final", 5)


def test_shift_rejects_all_that_come_after_and_one_undo_brings_them_back(page: Page) -> None:
    page.get_by_test_id("scope-project").click()
    expect(crops(page)).to_have_count(15)
    page.get_by_test_id("crops").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+R")
    expect(page.get_by_test_id("toasts")).to_contain_text("Rejected 12 picks.")
    expect(crops(page)).to_have_count(3)
    page.get_by_test_id("toast-action").click()
    expect(crops(page)).to_have_count(15)


def test_dragging_a_crop_puts_another_place_into_its_middle(page: Page, anna: ApiPerson, picked: int) -> None:
    box = crops(page).nth(0).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 6, y, steps=2)
    page.mouse.move(x - 12, y, steps=2)
    page.mouse.up()
    expect(crops(page).nth(0)).to_have_attribute("data-kind", "accept")
    wait_until_sent(page)
    (verdict,) = anna.snapshot(picked)["verdicts"]
    assert verdict["kind"] == "move" and verdict["x"] == 200.0 and 205 < verdict["to_x"] < 230


def test_kinds_and_order_are_chosen_and_enter_goes_to_the_canvas(page: Page) -> None:
    page.get_by_test_id("kind-out").click()
    page.get_by_test_id("crop-order").click()
    expect(crops(page).nth(0)).to_have_attribute("data-kind", "out")
    page.get_by_test_id("crops").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stage")).to_be_focused()
    expect(page.get_by_test_id("selection")).to_contain_text("0.30")


def test_a_viewer_looks_and_changes_nothing(server: Server, browser: Browser, anna: ApiPerson, picked: int) -> None:
    anna.post(f"/api/v1/projects/{picked}/members", {"username": "eve", "role": "viewer"})
    with window(browser, server.address, "eve") as eve:
        open_project(eve, picked)
        eve.keyboard.press("Shift+G")
        crops(eve).nth(0).click()
        eve.keyboard.press("r")
        expect(eve.get_by_test_id("toasts")).to_contain_text("Viewers can look")
        expect(crops(eve)).to_have_count(5)


def drag_over(page: Page, target: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drags between two places of an element, shares of its size."""
    box = target.bounding_box()
    assert box is not None
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=4)
    page.mouse.up()


def test_a_brush_in_the_score_plane_shows_its_crops_to_judge_them_at_once(page: Page) -> None:
    page.keyboard.press("Shift+S")
    expect(crops(page)).to_have_count(15)
    drag_over(page, page.get_by_test_id("plane-brush"), (0.38, 0.55), (0.5, 0.8))
    expect(crops(page)).to_have_count(3)
    expect(crops(page).nth(0)).to_have_attribute("data-kind", "out")
    page.get_by_test_id("accept-all").click()
    expect(page.get_by_test_id("toasts")).to_contain_text("Accepted 3 picks.")
    page.get_by_test_id("plane-clear").click()
    expect(crops(page)).to_have_count(18)
    page.get_by_test_id("toast-action").click()
    expect(crops(page)).to_have_count(15)


def test_a_threshold_dragged_in_the_score_plane_is_the_one_of_the_slider(
    page: Page, anna: ApiPerson, picked: int
) -> None:
    page.keyboard.press("Shift+S")
    area = page.get_by_test_id("plane-brush")
    drag_over(page, area, (0.5, 0.25), (0.61, 0.25))
    expect(crops(page)).to_have_count(9)
    line = page.get_by_test_id("plane-particle")
    dragged = float(line.get_attribute("aria-valuenow") or 0)
    line.press("ArrowRight")
    expect(page.get_by_test_id("threshold-particle-value")).to_have_text(f"{dragged + 0.01:.2f}")
    anna.wait(picked, lambda snapshot: snapshot["project"]["particle_threshold"] > dragged)
