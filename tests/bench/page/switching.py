"""From the key press to the sharp pixels of the next micrograph."""

from playwright.sync_api import Page

from tests.bench.installation import MANY, Installation, percentiles
from tests.e2e.browser import open_project, window

LOOKED_AT_MS = 500
"""How long each micrograph is looked at, in which the neighbours load."""
CLOSER = 4
"""Steps of the zoom from the whole micrograph to about one screen pixel a pixel."""

# Notes, for each key press, when the first frame begins that finds all tiles in view on the canvas.
NOTE = """() => {
  addEventListener('keydown', press => {
    const look = () => {
      if (window.cryoweb.sharp) window.noted.push(performance.now() - press.timeStamp)
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }, true)
}"""


def run(installed: Installation) -> None:
    print("\nThe next micrograph of 4096 × 4096, from the key press to all its sharp pixels, 1440 × 900")
    project = installed.many
    with window(installed.browser, installed.server.address, "ben") as page:
        open_project(page, project)
        page.evaluate(NOTE)
        rest(page)
        print(f"  all of it in view      {percentiles(times(page, ']'))}")
        for _ in range(CLOSER):
            page.keyboard.press("+")
        rest(page)
        print(f"  a part, at 1:1 {percentiles(times(page, '['))}")


def times(page: Page, key: str) -> list[float]:
    """Milliseconds of each switch, each to a micrograph that has not been shown like this before."""
    page.evaluate("window.noted = []")
    for number in range(1, MANY):
        page.keyboard.press(key)
        page.wait_for_function("n => window.noted.length === n", arg=number)
        page.wait_for_timeout(LOOKED_AT_MS)
    noted: list[float] = page.evaluate("window.noted")
    return noted


def rest(page: Page) -> None:
    page.wait_for_timeout(1000)
    page.wait_for_function("window.cryoweb.sharp")
    page.wait_for_timeout(LOOKED_AT_MS)
