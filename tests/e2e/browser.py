"""What a person does in a browser, in the words of the page."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, Route

from tests.e2e.client import sign_in

QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
QUIET += " --disable-component-update --disable-sync"

# A number that gets another digit moves nothing: its box keeps one of its sides.
WATCH_SHIFTS = """outside => {
  window.shifted = []
  new PerformanceObserver(list => {
    for (const { hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue
      for (const { node, previousRect: was, currentRect: is } of sources) {
        const element = node instanceof Element ? node : node?.parentElement
        const aside = Math.min(Math.abs(was.left - is.left), Math.abs(was.right - is.right))
        const moved = was.top !== is.top || aside >= 1
        if (element?.isConnected && !element.closest(outside) && moved)
          shifted.push(`${element.outerHTML} ${JSON.stringify(was)} ${JSON.stringify(is)}`)
      }
    }
  }).observe({ type: 'layout-shift' })
}"""

# The view moves for some frames: after the gallery opens, a panel grows, another micrograph is asked for.
AT_REST = """([x, y, patience]) => new Promise((done, fail) => {
  const end = performance.now() + patience
  let [before, frames] = [null, 0]
  const look = () => {
    const at = window.cryoweb?.toPage(x, y)
    frames = at && before && at.x === before.x && at.y === before.y ? frames + 1 : 0
    if (frames === 2) return done(at)
    if (performance.now() > end) return fail(new Error('the view does not come to rest'))
    before = at
    requestAnimationFrame(look)
  }
  look()
})"""

IN_SIGHT = """([x, y]) => {
  const place = window.cryoweb.toPage(x, y)
  return place && document.elementFromPoint(place.x, place.y)?.closest('.stage')
}"""


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium where it is, else the one that playwright installed.

    Without a window of its own where it can be: the frame that nobody sees takes a third of the processor's time.
    """
    debians = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=debians, args=QUIET.split())


SESSIONS: dict[tuple[str, str], list[Any]] = {}
"""Cookies of the people who signed in once, by address and name: a password takes the server half a second."""


@contextmanager
def window(browser: Browser, address: str, name: str, **options: Any) -> Iterator[Page]:
    """A signed-in window of one person, blank, with a storage of its own.

    Fails on any error of the page's script, and on what the Content-Security-Policy does not allow.
    """
    context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}, **options)
    context.add_cookies(SESSIONS.get((address, name), []))
    if not context.request.get("/api/v1/me").ok:
        sign_in(context.request, name)
        SESSIONS[address, name] = context.cookies()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.stack or str(error)))
    page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    context.close()
    assert errors == [], errors


def open_project(page: Page, project: int) -> None:
    """Opens a project and waits until its first micrograph is on the canvas."""
    page.goto(f"/projects/{project}")
    _wait_until_ready(page)


def reload(page: Page) -> None:
    """Reloads the open project, and waits until its micrograph is on the canvas again."""
    page.reload()
    _wait_until_ready(page)


def _wait_until_ready(page: Page) -> None:
    page.wait_for_function("window.cryoweb && window.cryoweb.ready && window.cryoweb.connection === 'live'")


def hold(page: Page, address: str | re.Pattern[str]) -> list[Route]:
    """The next request to an address waits, and comes into the list: `continue_` lets it go."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(address, keep, times=1)
    return held


@contextmanager
def side_by_side(browser: Browser, project: int, *addresses: str) -> Iterator[tuple[Page, Page]]:
    """Anna's and Ben's windows with the same project open, on one server or on one each."""
    with window(browser, addresses[0], "anna") as anna, window(browser, addresses[-1], "ben") as ben:
        open_project(anna, project)
        open_project(ben, project)
        yield anna, ben


def watch_shifts(page: Page, outside: str) -> None:
    """From now on the page notes in `shifted` what moves by itself, but for what is inside of `outside`, a selector."""
    page.evaluate(WATCH_SHIFTS, outside)


def on_page(page: Page, x: float, y: float) -> dict[str, float]:
    """Where a place of the open micrograph, in its pixels, is on the page once the view rests."""
    place: dict[str, float] = page.evaluate(AT_REST, [x, y, 20_000])
    return place


def point_at(page: Page, x: float, y: float) -> None:
    """Moves the mouse to a place of the open micrograph, in its pixels."""
    place = on_page(page, x, y)
    page.mouse.move(place["x"], place["y"])


def wait_until_in_sight(page: Page, x: float, y: float) -> None:
    """Until a place of the open micrograph is on the page and drawn there: the view moves after the panels."""
    page.wait_for_function(IN_SIGHT, arg=[x, y])
    wait_until_drawn(page)


def wait_until_drawn(page: Page) -> None:
    """Until what has been asked for so far is on the canvas: keys for a place out of sight only show it."""
    page.wait_for_function("window.cryoweb.ready")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def click_at(page: Page, x: float, y: float) -> None:
    """Clicks the canvas at a place of the micrograph, in its pixels."""
    place = on_page(page, x, y)
    page.mouse.click(place["x"], place["y"])


def drag(page: Page, *places: tuple[float, float]) -> None:
    """Draws from the first place of the micrograph to the last with the button held."""
    at = [on_page(page, *place) for place in places]
    page.mouse.move(at[0]["x"], at[0]["y"])
    page.mouse.down()
    for place in at[1:]:
        page.mouse.move(place["x"], place["y"], steps=4)
    page.mouse.up()


def held(page: Page, what: str) -> int:
    """How many labels, regions, verdicts or final picks the page holds of the open micrograph."""
    number: int = page.evaluate("what => window.cryoweb.held[what]", what)
    return number


def wait_until_held(page: Page, what: str, number: int) -> None:
    page.wait_for_function("([what, n]) => window.cryoweb.held[what] === n", arg=[what, number])


def wait_until_sent(page: Page) -> None:
    """Until the server has acknowledged all that this page did."""
    page.wait_for_function("window.cryoweb.waiting === 0")


def until(page: Page, seen: Callable[[], bool]) -> None:
    """Waits until the canvas shows something; fails after twenty seconds."""
    for _ in range(100):
        if seen():
            return
        page.wait_for_timeout(200)
    raise AssertionError("the canvas does not show it")
