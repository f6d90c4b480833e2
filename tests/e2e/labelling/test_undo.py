"""Undo takes back what one did last for everyone, says what it was, and leaves the view alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import (
    click_at,
    open_project,
    point_at,
    reload,
    side_by_side,
    wait_until_held,
    wait_until_sent,
    window,
)
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks, verdicts
from tests.e2e.server import Server

PICKS = [(200.0, 200.0, 0.9, 0.1), (400.0, 200.0, 0.8, 0.1), (600.0, 200.0, 0.7, 0.1), (600.0, 800.0, 0.4, 0.1)]

IN_SIGHT = """(() => {
  const at = window.cryoweb.toPage(100, 100)
  const stage = document.querySelector('[data-testid=stage]').getBoundingClientRect()
  return at.x > stage.left && at.y > stage.top
})()"""


@pytest.fixture
def picked(server: Server, project: int) -> int:
    """The small project with three picks on each micrograph, and a fourth below the threshold."""
    add_picks(server, project, PICKS)
    return project


@pytest.fixture
def page(server: Server, browser: Browser, picked: int) -> Iterator[Page]:
    """Ben's window."""
    with window(browser, server.address, "ben") as page:
        open_project(page, picked)
        wait_until_held(page, "final", 3)
        yield page


def open_next(page: Page) -> None:
    before = page.evaluate("window.cryoweb.micrograph")
    page.keyboard.press("]")
    page.wait_for_function("id => window.cryoweb.micrograph !== id && window.cryoweb.ready", arg=before)


def drag_slider(page: Page, testid: str, to: float) -> None:
    """Drags the knob of a slider to a share of its length, with the mouse."""
    slider = page.get_by_test_id(testid)
    box = slider.bounding_box()
    assert box is not None
    y, start, end = box["y"] + box["height"] / 2, *(box["x"] + share * box["width"] for share in (0.5, to))
    page.mouse.move(start, y)
    page.mouse.down()
    page.mouse.move((start + end) / 2, y, steps=3)
    page.mouse.move(end, y, steps=3)
    page.mouse.up()


def place(page: Page) -> Any:
    """What is open, and where the canvas stands."""
    return page.evaluate("[window.cryoweb.micrograph, window.cryoweb.toPage(0, 0)]")


def test_a_threshold_goes_back_before_a_label_elsewhere_and_the_view_stays(
    page: Page, picked: int, anna: ApiPerson
) -> None:
    first, said = page.evaluate("window.cryoweb.micrograph"), page.get_by_test_id("toasts")
    page.keyboard.press("c")
    click_at(page, 300, 300)
    wait_until_held(page, "labels", 1)
    open_next(page)
    drag_slider(page, "threshold-particle", 0.75)
    wait_until_held(page, "final", 2)
    anna.wait(picked, lambda snapshot: snapshot["project"]["particle_threshold"] > 0.6)
    before = place(page)

    page.keyboard.press("Control+z")
    expect(said).to_contain_text("Undid: particle threshold, 0.50 again.")
    expect(page.get_by_test_id("threshold-particle-value")).to_have_text("0.50")
    snapshot = anna.snapshot(picked)
    assert snapshot["project"]["particle_threshold"] == 0.5
    assert len(snapshot["labels"]) == 1

    page.keyboard.press("Control+z")
    expect(said).to_contain_text("Undid: contamination label on ")
    wait_until_sent(page)
    assert anna.snapshot(picked)["labels"] == []
    assert place(page) == before
    page.get_by_test_id("toast-action").click()
    page.wait_for_function("id => window.cryoweb.micrograph === id && window.cryoweb.ready", arg=first)


def test_a_place_out_of_sight_is_offered_and_not_jumped_to(page: Page) -> None:
    page.keyboard.press("p")
    click_at(page, 100, 100)
    wait_until_held(page, "labels", 1)
    point_at(page, 900, 900)
    for _ in range(6):
        page.mouse.wheel(0, -240)
    page.wait_for_function(f"!({IN_SIGHT})")
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("toasts")).to_contain_text("Undid: particle label on ")
    assert not page.evaluate(IN_SIGHT)
    page.get_by_test_id("toast-action").click()
    page.wait_for_function(IN_SIGHT)


def test_the_undo_of_a_bulk_action_takes_back_that_alone_and_goes_once_it_is_undone(
    page: Page, picked: int, anna: ApiPerson
) -> None:
    offer = page.get_by_test_id("toasts").get_by_role("button", name="Undo")
    page.keyboard.press("Shift+G")
    page.get_by_test_id("scope-project").click()
    expect(page.get_by_test_id("crop")).to_have_count(9)
    page.get_by_test_id("crops").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+R")
    expect(page.get_by_test_id("toasts")).to_contain_text("Rejected 9 picks.")
    expect(offer).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("toasts")).to_contain_text("Undid: 9 rejected picks on 3 micrographs.")
    expect(offer).to_be_hidden()

    expect(page.get_by_test_id("crop")).to_have_count(9)
    page.get_by_test_id("crops").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+A")
    expect(offer).to_be_visible()
    page.get_by_test_id("tool-particle").click()
    click_at(page, 300, 300)
    wait_until_held(page, "labels", 1)
    offer.click()
    expect(offer).to_be_hidden()
    wait_until_sent(page)
    assert (verdicts(anna, picked), len(anna.snapshot(picked)["labels"])) == ([], 1)


def test_what_is_said_of_a_micrograph_is_undone_after_a_reload_too(page: Page, picked: int, anna: ApiPerson) -> None:
    page.keyboard.press("Shift+X")
    expect(page.get_by_test_id("micrograph-sign")).to_contain_text("Excluded")
    page.get_by_test_id("micrograph-settings").click()
    page.get_by_test_id("note").fill("Thick ice")
    page.route("**/api/v1/micrographs/*", lambda route: route.fetch())  # the answer does not come before the reload
    page.get_by_test_id("save-micrograph").click()
    expect(page.get_by_test_id("micrograph-sign")).to_contain_text("Thick ice")
    page.unroute_all(behavior="ignoreErrors")
    reload(page)
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("toasts")).to_contain_text("Undid: note on small_0")
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("micrograph-sign")).to_be_hidden()
    page.keyboard.press("Control+Shift+z")
    expect(page.get_by_test_id("toasts")).to_contain_text("Redid: exclusion of small_0")
    anna.wait(picked, lambda snapshot: [m["excluded"] for m in snapshot["micrographs"]].count(True) == 1)


def test_what_somebody_else_has_changed_since_stays(server: Server, browser: Browser, picked: int) -> None:
    with side_by_side(browser, picked, server.address) as (anna, ben):
        ben.get_by_test_id("threshold-particle").fill("0.62")
        expect(anna.get_by_test_id("threshold-particle-value")).to_have_text("0.62")
        anna.get_by_test_id("threshold-particle").fill("0.7")
        expect(ben.get_by_test_id("threshold-particle-value")).to_have_text("0.70")
        ben.keyboard.press("Control+z")
        expect(ben.get_by_test_id("toasts")).to_contain_text(
            "anna has changed it since; the later value is kept (0.70)."
        )
        anna.keyboard.press("Control+z")
        expect(ben.get_by_test_id("threshold-particle-value")).to_have_text("0.62")


def test_without_a_connection_a_threshold_is_not_undone_and_its_step_is_kept(
    page: Page, picked: int, anna: ApiPerson
) -> None:
    page.get_by_test_id("threshold-particle").fill("0.62")
    anna.wait(picked, lambda snapshot: snapshot["project"]["particle_threshold"] == 0.62)
    page.context.set_offline(True)
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("toasts")).to_contain_text("Could not undo: particle threshold.")
    expect(page.get_by_test_id("threshold-particle-value")).to_have_text("0.62")
    page.context.set_offline(False)
    page.keyboard.press("Control+z")
    expect(page.get_by_test_id("threshold-particle-value")).to_have_text("0.50")


def test_a_viewer_has_nothing_to_undo(server: Server, browser: Browser, picked: int, anna: ApiPerson) -> None:
    anna.post(f"/api/v1/projects/{picked}/members", {"username": "eve", "role": "viewer"})
    with window(browser, server.address, "eve") as eve:
        open_project(eve, picked)
        eve.get_by_test_id("threshold-particle").fill("0.62")
        expect(eve.get_by_test_id("undo")).to_be_disabled()
    assert anna.snapshot(picked)["project"]["particle_threshold"] == 0.5
