"""A project of 10,000 micrographs and five million picks: opened, scrolled, a threshold moved, read by programs."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.bench.installation import MEASURED, Installation, percentiles
from tests.bench.tables import print_table
from tests.e2e.browser import launch, window
from tests.e2e.client import ApiPerson
from tests.e2e.server import Server
from tests.e2e.servers import missing, pair_of_servers

MICROGRAPHS, PICKS = 10_000, 500
SIDE = 1024
OPENINGS, MOVES, FRAMES, ASKED = 5, 20, 240, 5
HELD = 10 * PICKS
"""A page has opened fewer micrographs than ten."""
SCROLLED = 97
"""CSS pixels of the list in each frame: about a hundred rows a second."""
BUILD = "from tests.bench.server.big_project import build\nbuild({project}, {micrographs}, {picks})"

# In ms since the navigation: the first frame with the sharp image, with picks on it, and with counts of the project,
# not those alone of micrographs whose picks the page holds.
NOTE = """least => {
  const found = () => parseInt(document.querySelector('[data-testid=found]')?.textContent.replace(/,/g, '') ?? '0')
  window.noted = {}
  const look = () => {
    const seen = window.cryoweb
    const note = name => { window.noted[name] ??= performance.now() }
    if (seen?.sharp) note('image')
    if (seen?.sharp && seen.held.final > 0 && seen.drawn.marks > 0) note('picks')
    if (found() > least) note('counts')
    if (Object.keys(window.noted).length < 3) requestAnimationFrame(look)
    else window.opened = true
  }
  look()
}"""
SENT = (
    """() => performance.getEntriesByType('resource').reduce((sum, { transferSize }) => sum + transferSize, 0) / 1e6"""
)

SCROLL = """async ([frames, pixels]) => {
  const box = document.querySelector('[data-testid=micrograph]').closest('.panel-scroll')
  const frame = () => new Promise(done => requestAnimationFrame(done))
  const times = []
  let before = await frame()
  for (let i = 0; i < frames; i++) {
    box.scrollTop += pixels
    const now = await frame()
    times.push(now - before)
    before = now
  }
  return times
}"""

# From the slider's input until the page tells about how many picks of the project count, and until it has counted them.
MOVE = """async value => {
  const slider = document.querySelector('[data-testid=threshold-particle]')
  const isAbout = () => document.querySelector('[data-testid=found]').textContent.startsWith('about')
  const frame = () => new Promise(done => requestAnimationFrame(done))
  const moved = performance.now()
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(slider, value)
  slider.dispatchEvent(new Event('input', { bubbles: true }))
  while (!isAbout()) await frame()
  const told = performance.now() - moved
  while (isAbout()) await frame()
  return [told, performance.now() - moved]
}"""


def run() -> None:
    """Prints SQLite with one web process, and PostgreSQL with Redis."""
    print(f"\nA project of {MICROGRAPHS:,} micrographs and {MICROGRAPHS * PICKS:,} picks")
    with sync_playwright() as playwright:
        with tempfile.TemporaryDirectory() as folder:
            server = Server(Path(folder) / "data", settings=MEASURED)
            server.start("--no-demo")
            try:
                _print("SQLite", server, playwright)
            finally:
                server.stop()
        if why := missing():
            print(f"  PostgreSQL and Redis left out: {why}")
            return
        with tempfile.TemporaryDirectory() as folder, pair_of_servers(Path(folder) / "data", **MEASURED) as pair:
            _print("PostgreSQL, Redis", pair.first, playwright)


def _print(name: str, server: Server, playwright: Playwright) -> None:
    print_table([name, ""], [list(row) for row in _measured(server, playwright).items()])


def _measured(server: Server, playwright: Playwright) -> dict[str, str]:
    server.add_people("anna", "ben")
    anna = ApiPerson(playwright, server.address, "anna")
    browser = launch(playwright)
    try:
        installed = Installation(server, browser, anna, 0, 0)
        project = installed.new_project("Big")
        installed.import_noise(project, 1, SIDE)
        begun = time.perf_counter()
        server.run(BUILD.format(project=project, micrographs=MICROGRAPHS, picks=PICKS))
        built = f"{time.perf_counter() - begun:.0f} s"
        return {"building it": built, **_in_browser(browser, server, project), **_by_programs(server, anna, project)}
    finally:
        browser.close()


def _in_browser(browser: Browser, server: Server, project: int) -> dict[str, str]:
    with window(browser, server.address, "ben") as page:
        opened = [_open(page, project) for _ in range(OPENINGS)]
        image, picks, counts, megabytes = (list(each) for each in zip(*opened, strict=True))
        page.wait_for_timeout(1000)
        moved = [page.evaluate(MOVE, 0.3 + 0.02 * (move * 7 % 20)) for move in range(MOVES)]
        told, counted = (list(each) for each in zip(*moved, strict=True))
        return {
            "opening: the first micrograph": percentiles(image),
            "opening: picks on it": percentiles(picks),
            "opening: the project's counts": percentiles(counts),
            "sent until then": f"{max(megabytes):.1f} MB",
            "a frame while the list scrolls": percentiles(page.evaluate(SCROLL, [FRAMES, SCROLLED])),
            "threshold to an estimate of the project's count": percentiles(told),
            "threshold to the count itself": percentiles(counted),
            **_views(page),
        }


def _open(page: Page, project: int) -> tuple[float, float, float, float]:
    page.goto(f"/projects/{project}", wait_until="commit")
    page.evaluate(NOTE, HELD)
    page.wait_for_function("window.opened", timeout=120_000)
    noted = page.evaluate("window.noted")
    return noted["image"], noted["picks"], noted["counts"], page.evaluate(SENT)


def _views(page: Page) -> dict[str, str]:
    """The gallery of the whole project, and the score plane, each from its key."""
    begun = time.perf_counter()
    page.keyboard.press("Shift+G")
    page.get_by_test_id("scope-project").click()
    page.wait_for_function("parseInt(document.querySelector('[data-testid=crop-count]').textContent) >= 10")
    page.wait_for_function("document.querySelector('[data-testid=crop][data-loaded=true]')", timeout=120_000)
    gallery = time.perf_counter() - begun
    begun = time.perf_counter()
    page.keyboard.press("Shift+S")
    page.get_by_test_id("score-plane").wait_for()
    return {"gallery of the project": f"{gallery:.1f} s", "score plane": f"{time.perf_counter() - begun:.1f} s"}


def _by_programs(server: Server, anna: ApiPerson, project: int) -> dict[str, str]:
    address = f"/api/v1/projects/{project}"
    snapshot = anna.http.get(f"{address}/snapshot")
    tag = {"If-None-Match": snapshot.headers["etag"]}
    npy = {"Accept": "application/x-npy"}
    return {
        "snapshot": _ms(lambda: anna.http.get(f"{address}/snapshot")),
        "  unchanged": _ms(lambda: anna.http.get(f"{address}/snapshot", headers=tag)),
        "  its size": f"{len(snapshot.body()) / 1e6:.1f} MB",
        "list of projects": _ms(lambda: anna.http.get("/api/v1/projects")),
        "micrographs, a page of 1,000": _ms(lambda: anna.http.get(f"{address}/micrographs?limit=1000")),
        "memory of the web process, at most": f"{_peak(server)} MiB",
        "final picks as an array": _once(lambda: anna.http.get(f"{address}/final_picks", headers=npy, timeout=0)),
        "  memory then": f"{_peak(server)} MiB",
        "export: from asking to running": _export(anna, address),
    }


def _export(anna: ApiPerson, address: str) -> str:
    begun = time.perf_counter()
    made = anna.post(f"{address}/exports", {"format": "csv"})
    asked = time.perf_counter() - begun
    while made["status"] == "queued":
        made = anna.get(f"/api/v1/exports/{made['id']}")
    running = time.perf_counter() - begun
    while made["status"] == "running":
        time.sleep(0.2)
        made = anna.get(f"/api/v1/exports/{made['id']}")
    return f"{asked:.2f}, {running:.2f} s; finished after {time.perf_counter() - begun:.0f} s"


def _ms(ask: Callable[[], object]) -> str:
    return percentiles([_seconds(ask) * 1000 for _ in range(ASKED)])


def _once(ask: Callable[[], object]) -> str:
    return f"{_seconds(ask):.1f} s"


def _seconds(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


def _peak(server: Server) -> int:
    """Most resident memory of the web process so far, MiB."""
    status = Path(f"/proc/{server.child('uvicorn')}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024
