"""A running CryoWeb with one project of a large simulated micrograph, to measure on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Playwright

from picking.science.imaging.write import write_mrc
from tests.e2e.browser import launch
from tests.e2e.client import ApiPerson
from tests.e2e.server import Server

SIDE = 4096
MANY = 31
MEASURED = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}


@dataclass
class Installation:
    """`project` has Anna and Ben in it, and one micrograph of 4096 × 4096 pixels."""

    server: Server
    browser: Browser
    anna: ApiPerson
    project: int
    micrograph: int

    def new_project(self, name: str) -> int:
        """A project with Anna and Ben in it."""
        project = self.anna.create_project(name, 160.0)
        self.anna.post(f"/api/v1/projects/{project}/members", {"username": "ben", "role": "manager"})
        return project

    def import_noise(self, project: int, count: int, side: int) -> None:
        """Adds so many micrographs of so many pixels squared, bytes of noise, used in place."""
        folder = self.server.data.parent / f"noise-{project}"
        folder.mkdir()
        random = np.random.default_rng(project)
        for number in range(count):
            noise = random.normal(0, 30, size=(side, side)).astype(np.float32)
            write_mrc(folder / f"noise_{number:02}.mrc", noise, 1.5, mode=0)
        self.server.manage("import_micrographs", str(project), str(folder))

    @cached_property
    def many(self) -> int:
        """A project of MANY micrographs of 4096 × 4096 pixels, made when first asked for."""
        project = self.new_project("Many")
        self.import_noise(project, MANY, SIDE)
        return project


@contextmanager
def installation(folder: Path, playwright: Playwright) -> Iterator[Installation]:
    server = Server(folder / "data", settings=MEASURED)
    server.start("--no-demo")
    server.add_people("anna", "ben")
    anna = ApiPerson(playwright, server.address, "anna")
    project = anna.create_project("Measured", 160.0)
    anna.post(f"/api/v1/projects/{project}/members", {"username": "ben", "role": "manager"})
    noise = np.random.default_rng(0).normal(size=(SIDE, SIDE)).astype(np.float32)
    write_mrc(folder / "noise.mrc", noise, 1.5)
    anna.upload(project, folder / "noise.mrc")
    snapshot = anna.wait(project, lambda s: len(s["micrographs"]) == 1)
    browser = launch(playwright)
    try:
        yield Installation(server, browser, anna, project, snapshot["micrographs"][0]["id"])
    finally:
        browser.close()
        server.stop()


def percentiles(milliseconds: list[float]) -> str:
    """Median and 95th percentile, as the tables have them."""
    median, p95 = np.percentile(milliseconds, [50, 95])
    return f"median {median:6.1f} ms   p95 {p95:6.1f} ms   ({len(milliseconds)} samples)"
