"""People on one project see one another: pointers, views that are followed, places pointed at."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import click_at, open_project, point_at, side_by_side, until, wait_until_held, window
from tests.e2e.client import ApiPerson
from tests.e2e.server import Server

NEAR = 2.0
"""Pixels of the micrograph."""

LIES = """([x, y]) => {
  const at = window.cryoweb.toImage(x, y)
  return [window.cryoweb.micrograph, at?.x ?? NaN, at?.y ?? NaN]
}"""


def wait_until_seen(page: Page, who: str, x: float, y: float, what: str = "pointers") -> None:
    """Until the page shows somebody's pointer, or ping, at a place of its micrograph."""
    page.wait_for_function(
        """([who, x, y, what, near]) => {
          const at = window.cryoweb[what][who]
          return at && Math.hypot(at.x - x, at.y - y) < near
        }""",
        arg=[who, x, y, what, NEAR],
    )


def seen(page: Page) -> tuple[float, ...]:
    """Where the middle of the canvas lies, and a place 100 CSS pixels right of it, which tells the scale."""
    box = page.get_by_test_id("stage").bounding_box()
    assert box
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    first, second = (page.evaluate(LIES, [middle[0] + right, middle[1]]) for right in (0, 100))
    return (*first, second[1])


def at_rest(page: Page) -> tuple[float, ...]:
    """What is seen once it has stopped moving and others have been told, which is done a few times a second."""
    before: tuple[float, ...] = ()
    for _ in range(20):
        if (now := seen(page)) == before:
            break
        before = now
        page.wait_for_timeout(700)
    return before


def wait_until_together(one: Page, other: Page) -> None:
    """Until both show the same part of the same micrograph."""
    until(other, lambda: all(abs(a - b) < NEAR for a, b in zip(seen(one), seen(other), strict=True)))


def test_one_sees_the_pointer_of_another_goes_there_follows_and_is_shown_a_place(
    server: Server, browser: Browser, project: int
) -> None:
    with side_by_side(browser, project, server.address) as (anna, ben):
        point_at(anna, 300.0, 400.0)
        wait_until_seen(ben, "anna", 300.0, 400.0)

        anna.keyboard.press("]")
        anna.keyboard.press("+")
        anna.keyboard.press("+")
        at_rest(anna)
        ben.get_by_test_id("go-to-anna").click()
        wait_until_together(anna, ben)

        ben.get_by_test_id("toast-action").click()
        expect(ben.get_by_test_id("following")).to_contain_text("Following anna")
        expect(anna.get_by_test_id("followers")).to_have_text("ben follows you")
        anna.keyboard.press("-")
        wait_until_together(anna, ben)
        anna.keyboard.press("[")
        anna.keyboard.press("+")
        wait_until_together(anna, ben)

        anna.get_by_test_id("go-to-ben").click()
        anna.get_by_test_id("toast-action").click()
        expect(ben.get_by_test_id("following")).to_contain_text("who follows you")
        at_rest(anna)
        before = at_rest(ben)
        ben.wait_for_timeout(500)
        assert seen(ben) == pytest.approx(before)
        anna.keyboard.press("Escape")

        ben.keyboard.press("+")
        expect(ben.get_by_test_id("following")).to_have_count(0)
        expect(anna.get_by_test_id("followers")).to_have_count(0)

        ben.keyboard.press("]")
        point_at(anna, 500.0, 520.0)
        anna.keyboard.press("Shift+J")
        told = ben.get_by_test_id("toasts").get_by_text("anna points at something on")
        told.locator("..").get_by_test_id("toast-action").click()
        wait_until_seen(ben, "anna", 500.0, 520.0, "pings")
        until(ben, lambda: abs(seen(ben)[1] - 500) < NEAR and abs(seen(ben)[2] - 520) < NEAR)


def test_a_viewer_is_seen_and_points_at_places_but_changes_nothing(
    server: Server, browser: Browser, project: int, anna: ApiPerson
) -> None:
    anna.post(f"/api/v1/projects/{project}/members", {"username": "eve", "role": "viewer"})
    with ExitStack() as stack:
        one, other, viewer = (
            stack.enter_context(window(browser, server.address, who)) for who in ("anna", "ben", "eve")
        )
        for page in (one, other, viewer):
            open_project(page, project)
        viewer.get_by_test_id("side-people").click()
        viewer.get_by_test_id("point-at").click()
        click_at(viewer, 200.0, 300.0)
        for page in (one, other):
            wait_until_seen(page, "eve", 200.0, 300.0)
            wait_until_seen(page, "eve", 200.0, 300.0, "pings")
        other.keyboard.press("p")
        click_at(other, 600.0, 600.0)
        wait_until_held(viewer, "labels", 1)
        point_at(viewer, 600.0, 600.0)
        expect(viewer.get_by_test_id("under-cursor")).to_have_text("Particle by ben")
        viewer.keyboard.press("p")
        click_at(viewer, 300.0, 300.0)
        assert len(anna.snapshot(project)["labels"]) == 1
