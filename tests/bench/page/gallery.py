"""A gallery of 100,000 picks: how large and fast its parts are."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Page

from picking.science.imaging.write import write_mrc
from tests.bench.installation import Installation, percentiles
from tests.e2e.browser import open_project, window
from tests.e2e.picked import add_picks

MICROGRAPHS, PICKS, SIDE = 50, 2_000, 1024
SCREENS = 60

# Jumps to another part of the list in each frame, and notes how long the frames took and how much came.
SCROLL = """async screens => {
  const box = document.querySelector('[data-testid=crops]')
  const frames = []
  let before = performance.now()
  for (let i = 0; i < screens; i++) {
    box.scrollTop = (box.scrollHeight * ((i * 37) % screens)) / screens
    await new Promise(done => requestAnimationFrame(done))
    frames.push(performance.now() - before)
    before = performance.now()
  }
  return frames
}"""

JUMP = """share => {
  const box = document.querySelector('[data-testid=crops]')
  box.scrollTop = box.scrollHeight * share
}"""


def run(installed: Installation) -> None:
    print(f"\nA gallery of {MICROGRAPHS * PICKS:,} picks on {MICROGRAPHS} micrographs")
    project = _project(installed)
    _print_answer(installed, project)
    with window(installed.browser, installed.server.address, "ben") as page:
        open_project(page, project)
        page.keyboard.press("Shift+G")
        page.get_by_test_id("crop").first.wait_for()
        begun = time.perf_counter()
        page.get_by_test_id("scope-project").click()
        page.wait_for_function("parseInt(document.querySelector('[data-testid=crop-count]').textContent) >= 10")
        print(f"  whole project listed   {1000 * (time.perf_counter() - begun):6.0f} ms from the click")
        print(f"  frames while scrolling {percentiles(page.evaluate(SCROLL, SCREENS))}")
        _print_pictures(page)


def _project(installed: Installation) -> int:
    random = np.random.default_rng(2)
    project = installed.anna.create_project("Gallery", 120.0)
    installed.anna.post(f"/api/v1/projects/{project}/members", {"username": "ben", "role": "manager"})
    with TemporaryDirectory() as folder:
        for number in range(MICROGRAPHS):
            file = Path(folder) / f"noise_{number:02}.mrc"
            write_mrc(file, random.normal(size=(SIDE, SIDE)).astype(np.float32), 3.0)
            installed.anna.upload(project, file)
        installed.anna.wait(project, lambda s: len(s["micrographs"]) == MICROGRAPHS, 600)
    columns = [random.uniform(0, SIDE - 1, (PICKS, 2)), random.beta(4, 2, PICKS), random.beta(1.5, 6, PICKS)]
    add_picks(installed.server, project, np.column_stack(columns).tolist())
    return project


def _print_answer(installed: Installation, project: int) -> None:
    begun = time.perf_counter()
    body = installed.anna.http.get(f"/api/v1/projects/{project}/picks").body()
    print(f"  all picks, packed      {1000 * (time.perf_counter() - begun):6.0f} ms, {len(body) / 1e6:.1f} MB")


def _print_pictures(page: Page) -> None:
    """From the jump to a part of the list that was never seen until all crops in sight have their pictures."""
    times = []
    for jump in range(10):
        page.evaluate(JUMP, (jump + 0.51) / 11)
        begun = time.perf_counter()
        page.wait_for_timeout(20)
        page.wait_for_function("!document.querySelector('[data-testid=crop][data-loaded=false]')")
        times.append(1000 * (time.perf_counter() - begun))
    print(f"  a new screen of crops  {percentiles(times)}")
