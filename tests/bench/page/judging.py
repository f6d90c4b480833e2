"""How long until picks that were all rejected at once are on the server, and on the canvas of another person."""

import time

import numpy as np

from tests.bench.installation import SIDE, Installation
from tests.e2e.browser import open_project, wait_until_held, window
from tests.e2e.picked import add_picks

PICKS = 5_000


def run(installed: Installation) -> None:
    project = installed.new_project("Judged")
    installed.import_noise(project, 1, SIDE)
    random = np.random.default_rng(3)
    columns = [random.uniform(0, SIDE - 1, (PICKS, 2)), np.full((PICKS, 1), 0.9), np.zeros((PICKS, 1))]
    add_picks(installed.server, project, np.hstack(columns).tolist())
    address, browser = installed.server.address, installed.browser
    print(f"\n{PICKS:,} picks rejected at once")
    with window(browser, address, "anna") as anna, window(browser, address, "ben") as ben:
        for page in (anna, ben):
            open_project(page, project)
            wait_until_held(page, "final", PICKS)
        anna.keyboard.press("Control+a")
        begun = time.perf_counter()
        anna.keyboard.press("r")
        wait_until_held(anna, "verdicts", PICKS)
        shown = time.perf_counter()
        anna.wait_for_function("window.cryoweb.waiting === 0")
        sent = time.perf_counter()
        wait_until_held(ben, "verdicts", PICKS)
        seen = time.perf_counter()
    print(f"  shown {1000 * (shown - begun):.0f} ms   on the server {1000 * (sent - begun):.0f} ms   ", end="")
    print(f"seen by another {1000 * (seen - begun):.0f} ms")
