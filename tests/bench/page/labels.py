"""How long until a label of one browser is on the canvas of another."""

from tests.bench.installation import Installation, percentiles
from tests.e2e.browser import click_at, open_project, wait_until_held, wait_until_sent, window

LABELS = 100

# Both pages read the machine's one clock. The placing page notes the release of the button, the other one the
# first frame in which it holds one label more.
NOTE_PLACING = """() => {
  window.noted = []
  addEventListener('pointerup', () => window.noted.push(Date.now()), true)
}"""
NOTE_SEEING = """() => {
  window.noted = []
  let before = window.cryoweb.held.labels
  const look = () => {
    for (const now = window.cryoweb.held.labels; before < now; before++) window.noted.push(Date.now())
    requestAnimationFrame(look)
  }
  look()
}"""


def run(installed: Installation) -> None:
    address, browser = installed.server.address, installed.browser
    with window(browser, address, "anna") as anna, window(browser, address, "ben") as ben:
        for page in (anna, ben):
            open_project(page, installed.project)
        anna.evaluate(NOTE_PLACING)
        ben.evaluate(NOTE_SEEING)
        anna.keyboard.press("p")
        for number in range(LABELS):
            click_at(anna, 300.0 + 350 * (number % 10), 300.0 + 350 * (number // 10))
            wait_until_held(ben, "labels", number + 1)
        wait_until_sent(anna)
        placed, seen = anna.evaluate("window.noted"), ben.evaluate("window.noted")
    print("\nA label placed in one browser, seen in another")
    print(f"  release to frame       {percentiles([b - a for a, b in zip(placed, seen, strict=True)])}")
