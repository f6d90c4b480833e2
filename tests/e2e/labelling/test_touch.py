"""Fingers and a pen on a tablet."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, expect

from tests.e2e.browser import held, on_page, open_project, wait_until_held, window
from tests.e2e.server import Server

TABLET: ViewportSize = {"width": 1024, "height": 768}


@pytest.fixture
def tablet(server: Server, browser: Browser, project: int) -> Iterator[tuple[Page, CDPSession]]:
    with window(browser, server.address, "ben", has_touch=True) as page:
        page.set_viewport_size(TABLET)
        open_project(page, project)
        yield page, page.context.new_cdp_session(page)


def touch(session: CDPSession, kind: str, *places: dict[str, float]) -> None:
    points = [{**place, "id": finger} for finger, place in enumerate(places)]
    session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})


def pen(session: CDPSession, kind: str, place: dict[str, float], held: bool) -> None:
    event: dict[str, Any] = {**place, "type": f"mouse{kind}", "pointerType": "pen", "button": "left", "clickCount": 1}
    session.send("Input.dispatchMouseEvent", {**event, "buttons": 1 if held else 0})


def middle_of_view(page: Page) -> dict[str, float]:
    box = page.get_by_test_id("stage").bounding_box()
    assert box
    place: dict[str, float] = page.evaluate(
        "([x, y]) => window.cryoweb.toImage(x, y)", [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    )
    return place


def test_a_tap_labels_and_two_fingers_zoom_and_pan(tablet: tuple[Page, CDPSession]) -> None:
    page, session = tablet
    page.get_by_test_id("tool-particle").tap()
    place = on_page(page, 400, 400)
    page.touchscreen.tap(place["x"], place["y"])
    wait_until_held(page, "labels", 1)
    before = page.evaluate("window.cryoweb.toPage(100, 0).x - window.cryoweb.toPage(0, 0).x")
    left, right, wide = on_page(page, 450, 500), on_page(page, 550, 500), on_page(page, 650, 500)
    touch(session, "Start", left)
    touch(session, "Start", left, right)
    touch(session, "Move", left, wide)
    touch(session, "End")
    page.wait_for_function(
        "before => window.cryoweb.toPage(100, 0).x - window.cryoweb.toPage(0, 0).x > 1.7 * before", arg=before
    )
    assert held(page, "labels") == 1


def test_a_finger_pans_with_the_select_tool_and_a_long_press_selects_under_any(tablet: tuple[Page, CDPSession]) -> None:
    page, session = tablet
    page.get_by_test_id("tool-particle").tap()
    place = on_page(page, 400, 400)
    page.touchscreen.tap(place["x"], place["y"])
    touch(session, "Start", place)
    expect(page.get_by_test_id("selection")).to_be_visible()
    touch(session, "End")
    assert held(page, "labels") == 1
    page.get_by_test_id("tool-select").tap()
    before = middle_of_view(page)
    touch(session, "Start", on_page(page, 300, 300))
    touch(session, "Move", on_page(page, 400, 300))
    touch(session, "End")
    assert middle_of_view(page)["x"] == pytest.approx(before["x"] - 100, abs=5)


def test_a_pen_labels_while_fingers_pan(tablet: tuple[Page, CDPSession]) -> None:
    page, session = tablet
    page.get_by_test_id("tool-background").tap()
    place = on_page(page, 600, 300)
    pen(session, "Pressed", place, held=True)
    pen(session, "Released", place, held=False)
    wait_until_held(page, "labels", 1)
    before = middle_of_view(page)
    touch(session, "Start", on_page(page, 300, 300))
    touch(session, "Move", on_page(page, 400, 300))
    touch(session, "End")
    assert middle_of_view(page)["x"] == pytest.approx(before["x"] - 100, abs=5)
    assert held(page, "labels") == 1


def test_all_tools_and_their_settings_lie_on_the_screen_of_a_tablet(tablet: tuple[Page, CDPSession]) -> None:
    page, session = tablet
    for tool in page.locator("[data-testid^=tool-]").all():
        expect(tool).to_be_in_viewport(ratio=1)
    for name in ("box", "region", "polygon", "erase"):
        page.get_by_test_id(f"tool-{name}").tap()
        expect(page.get_by_test_id("tool-options")).to_be_in_viewport(ratio=1)
    page.get_by_test_id("tool-polygon").tap()
    for corner in ((300, 300), (700, 300), (500, 700)):
        place = on_page(page, *corner)
        page.touchscreen.tap(place["x"], place["y"])
    page.get_by_test_id("close-polygon").tap()
    wait_until_held(page, "regions", 1)
    page.get_by_test_id("tool-region").tap()
    page.get_by_test_id("mode-remove").tap()
    across = [on_page(page, *place) for place in ((480, 200), (520, 200), (520, 800), (480, 800))]
    touch(session, "Start", across[0])
    for place in across[1:]:
        touch(session, "Move", place)
    touch(session, "End")
    wait_until_held(page, "regions", 2)
