"""The map of a network's scores over the micrograph."""

import io
import uuid

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import open_project, until, window
from tests.e2e.client import ApiPerson, training_of
from tests.e2e.picked import add_picks
from tests.e2e.server import Server

PICKS = [(200.0, 200.0, 0.9, 0.1), (500.0, 500.0, 0.7, 0.1)]


def put_map(server: Server, project: int, key: uuid.UUID, training: int | None) -> None:
    """A map of the particle network whose left half is 1."""
    scores = np.zeros((64, 64), np.uint8)
    scores[:, :32] = 255
    folder = server.data / "projects" / str(project) / "micrographs" / str(key)
    Image.fromarray(scores).save(folder / f"scores-{training}-particle.png")


def redness(page: Page, x: float, y: float) -> float:
    """How much redder than blue the canvas is around a place of the micrograph."""
    at = page.evaluate("([x, y]) => window.cryoweb.toPage(x, y)", [x, y])
    shot = page.screenshot(clip={"x": at["x"] - 8, "y": at["y"] - 8, "width": 16, "height": 16})
    red, _, blue = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB")).mean((0, 1)).tolist()
    return float(red - blue)


def test_a_key_lays_the_scores_over_the_micrograph_and_takes_them_away(
    server: Server, browser: Browser, project: int, anna: ApiPerson
) -> None:
    add_picks(server, project, PICKS)
    snapshot = anna.snapshot(project)
    first, second, _ = snapshot["micrographs"]
    put_map(server, project, first["key"], training_of(snapshot, first))
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        page.keyboard.press("Shift+H")
        expect(page.get_by_test_id("score-map-opacity")).to_be_visible()
        until(page, lambda: redness(page, 300, 800) > 30)
        assert abs(redness(page, 800, 800)) < 10
        page.get_by_text(second["name"]).click()
        expect(page.get_by_test_id("score-map")).to_contain_text("no score map")
        page.get_by_text(first["name"]).click()
        page.get_by_test_id("score-map-off").click()
        until(page, lambda: abs(redness(page, 300, 800)) < 10)
