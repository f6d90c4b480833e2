"""Each tool of the canvas, with a real mouse and keyboard."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import (
    click_at,
    drag,
    held,
    on_page,
    open_project,
    until,
    wait_until_held,
    wait_until_sent,
    window,
)
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks, verdicts
from tests.e2e.server import Server

PICKS = [(200.0, 200.0, 0.9, 0.1), (400.0, 200.0, 0.8, 0.1), (600.0, 200.0, 0.7, 0.1), (600.0, 800.0, 0.6, 0.1)]


@pytest.fixture
def page(server: Server, browser: Browser, project: int) -> Iterator[Page]:
    """Ben's window, with four picks on every micrograph."""
    add_picks(server, project, PICKS)
    with window(browser, server.address, "ben") as page:
        open_project(page, project)
        wait_until_held(page, "final", 4)
        yield page


def place(page: Page, kind: str, *places: tuple[float, float]) -> None:
    """Puts labels with the mouse, `kind` being the tool's key."""
    before = held(page, "labels")
    page.keyboard.press(kind)
    for x, y in places:
        click_at(page, x, y)
    wait_until_held(page, "labels", before + len(places))


def test_a_box_selects_and_one_key_rejects_all_in_one_step(page: Page, project: int, anna: ApiPerson) -> None:
    page.keyboard.press("s")
    drag(page, (100, 100), (500, 300))
    expect(page.get_by_test_id("selection-counts")).to_have_text("2 picks")
    page.keyboard.down("Shift")
    drag(page, (550, 150), (650, 900))
    page.keyboard.up("Shift")
    expect(page.get_by_test_id("selection-counts")).to_have_text("4 picks")
    page.keyboard.down("Alt")
    drag(page, (550, 700), (650, 900))
    page.keyboard.up("Alt")
    expect(page.get_by_test_id("selection-counts")).to_have_text("3 picks")
    page.keyboard.press("r")
    wait_until_held(page, "final", 1)
    wait_until_sent(page)
    assert [kind for kind, *_ in verdicts(anna, project)] == ["reject"] * 3
    page.keyboard.press("Control+z")
    wait_until_held(page, "final", 4)


def test_a_lasso_turns_picks_and_labels_into_contamination(page: Page, project: int, anna: ApiPerson) -> None:
    place(page, "p", (300, 400))
    page.keyboard.press("q")
    drag(page, (100, 100), (500, 100), (500, 500), (100, 500))
    expect(page.get_by_test_id("selection-counts")).to_have_text("2 picks1 particle")
    page.keyboard.press("Shift+C")
    expect(page.get_by_test_id("selection-counts")).to_have_text("3 contamination")
    wait_until_sent(page)
    assert [row["kind"] for row in anna.snapshot(project)["labels"]] == ["contamination"] * 3
    page.keyboard.press("Delete")
    wait_until_held(page, "labels", 0)
    wait_until_held(page, "final", 4)


def test_the_right_button_selects_with_any_tool(page: Page) -> None:
    page.keyboard.press("p")
    at = on_page(page, 405, 200)
    page.mouse.click(at["x"], at["y"], button="right")
    expect(page.get_by_test_id("selection")).to_contain_text("Pick")
    assert held(page, "labels") == 0


def test_everything_is_selected_by_one_key_and_the_rest_by_another(page: Page) -> None:
    place(page, "b", (300, 600), (700, 600))
    page.keyboard.press("Control+a")
    expect(page.get_by_test_id("selection-counts")).to_have_text("4 picks2 background")
    page.keyboard.press("s")
    drag(page, (250, 550), (750, 650))
    page.keyboard.press("Control+Shift+A")
    expect(page.get_by_test_id("selection-counts")).to_have_text("4 picks")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("selection")).to_be_hidden()


def test_a_stroke_of_the_eraser_takes_labels_and_picks_and_is_one_undo(page: Page) -> None:
    place(page, "p", (300, 200), (500, 205))
    page.keyboard.press("e")
    drag(page, (250, 200), (550, 200))
    wait_until_held(page, "labels", 0)
    wait_until_held(page, "final", 3)
    page.keyboard.press("Control+z")
    wait_until_held(page, "labels", 2)
    wait_until_held(page, "final", 6)


def test_the_eraser_grows_and_shrinks_by_key_wheel_and_slider(page: Page) -> None:
    page.keyboard.press("e")
    size = page.get_by_test_id("tool-options").locator("output")
    expect(size).to_have_text("48 px")
    page.keyboard.press("]")
    expect(size).to_have_text("60 px")
    page.keyboard.press("[")
    expect(size).to_have_text("48 px")
    click_at(page, 512, 512)
    page.keyboard.down("Shift")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Shift")
    expect(size).to_have_text("60 px")
    page.get_by_test_id("eraser-size").fill("1")
    expect(size).to_have_text("480 px")
    drag(page, (150, 210), (160, 210))
    wait_until_held(page, "final", 2)


def outline(anna: ApiPerson, project: int) -> list[list[float]]:
    """The corners of the one region that the server holds, to ten pixels."""
    [region] = anna.snapshot(project)["regions"]
    return [[round(x, -1), round(y, -1)] for x, y in region["polygon"]]


def test_a_polygon_is_clicked_bent_and_cut(page: Page, project: int, anna: ApiPerson) -> None:
    page.keyboard.press("g")
    for corner in ((300, 300), (700, 300), (710, 690), (200, 900)):
        click_at(page, *corner)
    page.keyboard.press("Backspace")
    click_at(page, 300, 700)
    page.keyboard.press("Enter")
    wait_until_held(page, "regions", 1)
    page.keyboard.press("v")
    click_at(page, 500, 500)
    page.get_by_test_id("edit-corners").click()
    drag(page, (710, 690), (700, 700))
    click_at(page, 500, 301)
    drag(page, (500, 301), (500, 100))
    wait_until_sent(page)
    assert outline(anna, project) == [[300, 300], [500, 100], [700, 300], [700, 700], [300, 700]]
    page.keyboard.press("Delete")
    wait_until_sent(page)
    assert len(outline(anna, project)) == 4
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.keyboard.down("Alt")
    drag(page, (480, 200), (520, 200), (520, 800), (480, 800))
    page.keyboard.up("Alt")
    wait_until_held(page, "regions", 2)
    page.keyboard.press("Control+z")
    wait_until_held(page, "regions", 1)


def test_a_polygon_is_given_up_by_escape_and_closed_by_a_double_click(page: Page) -> None:
    page.keyboard.press("g")
    click_at(page, 300, 300)
    click_at(page, 500, 300)
    page.keyboard.press("Escape")
    for corner in ((300, 500), (500, 500)):
        click_at(page, *corner)
    last = on_page(page, 500, 700)
    page.mouse.dblclick(last["x"], last["y"])
    wait_until_held(page, "regions", 1)


def labels(person: ApiPerson, project: int) -> list[tuple[str, float, float]]:
    """Kind and place of each label that the server holds."""
    return [(row["kind"], row["x"], row["y"]) for row in person.snapshot(project)["labels"]]


def test_a_label_beside_another_warns_and_one_of_another_kind_offers_to_change_it(
    page: Page, project: int, anna: ApiPerson
) -> None:
    place(page, "b", (300, 500))
    click_at(page, 310, 500)
    expect(page.get_by_test_id("toasts")).to_contain_text("There is already a label here.")
    page.keyboard.press("p")
    click_at(page, 305, 500)
    expect(page.get_by_test_id("toasts")).to_contain_text("There is a background label here.")
    page.get_by_test_id("make-particle").click()
    wait_until_sent(page)
    assert [kind for kind, *_ in labels(anna, project)] == ["particle"]


def test_a_key_moves_a_label_to_the_centre_of_its_particle_and_arrows_by_one_or_ten(
    page: Page, project: int, anna: ApiPerson, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    truth = simulated[min(simulated)].particles
    x, y = truth[np.hypot(*(truth - 512).T).argmin()]
    place(page, "p", (x + 9, y - 8))
    wait_until_sent(page)
    before = labels(anna, project)
    page.keyboard.press("x")
    until(page, lambda: labels(anna, project) != before)
    [(_, found_x, found_y)] = labels(anna, project)
    assert np.hypot(found_x - x, found_y - y) < np.hypot(9, 8)
    page.keyboard.press("v")
    click_at(page, found_x, found_y)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    wait_until_sent(page)
    assert labels(anna, project) == [("particle", found_x + 1, found_y + 10)]
    for _ in range(3):
        page.keyboard.press("Control+z")
    wait_until_sent(page)
    assert labels(anna, project)[0][1:] == pytest.approx((x + 9, y - 8), abs=1)
