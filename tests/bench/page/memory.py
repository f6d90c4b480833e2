"""What the page holds while somebody goes through micrographs."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.bench.installation import MANY, Installation
from tests.bench.tables import print_table
from tests.e2e.browser import open_project, window

NOTED_AT = (20, 50, 100, 200, 400)
"""Switches."""


def run(installed: Installation) -> None:
    print(f"\nMemory over {NOTED_AT[-1]} switches among {MANY} micrographs of 4096 × 4096")
    project = installed.many
    rows: list[tuple[int, ...]] = []
    with window(installed.browser, installed.server.address, "ben") as page:
        open_project(page, project)
        for number in range(1, NOTED_AT[-1] + 1):
            switch(page, forth=(number - 1) // (MANY - 1) % 2 == 0)
            if number in NOTED_AT:
                rows.append((number, *held_by(page), *resident(installed)))
    print_table(["switches", "heap MB", "nodes", "listeners", "page MB", "drawing MB", "server MB"], rows)


def switch(page: Page, forth: bool) -> None:
    page.keyboard.press("]" if forth else "[")
    page.wait_for_function("window.cryoweb.sharp")
    page.wait_for_timeout(100)


def held_by(page: Page) -> tuple[int, int, int]:
    """JavaScript heap (MB), DOM nodes and listeners, when all that can go is gone."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("HeapProfiler.collectGarbage")
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    session.detach()
    found = {metric["name"]: metric["value"] for metric in metrics}
    return round(found["JSHeapUsedSize"] / 1e6), int(found["Nodes"]), int(found["JSEventListeners"])


def resident(installed: Installation) -> tuple[int, int, int]:
    """MB of the page's and the drawing process, and of the web server."""
    session = installed.browser.new_browser_cdp_session()
    processes: list[dict[str, Any]] = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    ids = [[each["id"] for each in processes if each["type"] == kind] for kind in ("renderer", "GPU")]
    page, drawing, server = (sum(map(memory, of)) for of in (*ids, [installed.server.child("uvicorn")]))
    return page, drawing, server


def memory(process: int) -> int:
    """Resident memory of a process in MB (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1000 for line in lines if line.startswith("VmRSS"))
