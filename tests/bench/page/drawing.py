"""How long the page takes to draw a frame full of marks, by its own clock."""

import numpy as np

from tests.bench.installation import SIDE, Installation, percentiles
from tests.e2e.browser import open_project, window

FRAMES = 30


def run(installed: Installation) -> None:
    print("\nA frame of the canvas with all marks in view, 1440 × 900")
    random, placed = np.random.default_rng(1), 0
    for marks in (1_000, 5_000, 20_000):
        while placed < marks:
            batch = min(1_000, marks - placed)
            places = random.uniform(0, SIDE - 1, (batch, 2)).tolist()
            installed.anna.label(installed.project, [(installed.micrograph, "particle", x, y) for x, y in places])
            placed += batch
        with window(installed.browser, installed.server.address, "ben") as page:
            open_project(page, installed.project)
            drawn = page.evaluate("window.cryoweb.drawn.marks")
            times = [page.evaluate("window.cryoweb.redraw()") for _ in range(FRAMES)]
        print(f"  {drawn:6} marks           {percentiles(times)}")
