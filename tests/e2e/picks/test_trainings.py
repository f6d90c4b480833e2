"""Trainings in the browser: judged by held-out labels, gone back to, taken over by another project."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import open_project, watch_shifts, window
from tests.e2e.client import ApiPerson, training_of
from tests.e2e.conftest import SMALL, label_from_truth
from tests.e2e.server import Server

TRAINED_WITHIN_MS = 240_000


@pytest.fixture
def page(browser: Browser, server: Server, project: int) -> Iterator[Page]:
    """Anna's window, once there is a project."""
    with window(browser, server.address, "anna") as page:
        yield page


def train(page: Page, version: int) -> None:
    page.get_by_test_id("train").click()
    expect(page.get_by_test_id("train-panel")).to_contain_text(f"version {version}", timeout=TRAINED_WITHIN_MS)


def tops(page: Page) -> list[float]:
    """Where the parts below the training begin."""
    parts = ("thresholds-panel", "score-map", "quality-panel")
    return [box["y"] for part in parts if (box := page.get_by_test_id(part).bounding_box())]


def test_a_training_is_judged_gone_back_to_and_taken_over(
    page: Page, anna: ApiPerson, project: int, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    label_from_truth(anna, project, simulated, each=6)
    open_project(page, project)
    train(page, 1)
    point = page.get_by_test_id("precision-recall").locator("path[data-x]")
    expect(point).to_have_attribute("data-x", "1.000", timeout=TRAINED_WITHIN_MS)
    page.get_by_test_id("threshold-particle").fill("1")
    expect(point).to_have_attribute("data-x", "0.000")

    expect(page.get_by_test_id("held-out-precision")).to_have_text("too few to say")
    expect(page.get_by_test_id("too-few")).to_contain_text("are too few to say")

    page.set_viewport_size({"width": 1440, "height": 1800})
    before = tops(page)
    watch_shifts(page, outside="[data-testid=train-panel] *, [data-testid=quality-panel] *")
    page.get_by_test_id("train").click()
    page.locator("[data-testid=show-losses]:enabled").click(timeout=TRAINED_WITHIN_MS)
    expect(page.get_by_test_id("loss-plot")).to_be_visible()
    assert tops(page) == before
    expect(page.get_by_test_id("train-panel")).to_contain_text("version 2", timeout=TRAINED_WITHIN_MS)
    expect(point).to_have_attribute("data-x", "0.000", timeout=TRAINED_WITHIN_MS)
    assert tops(page) == before
    assert page.evaluate("shifted") == []

    page.keyboard.press("t")
    older = page.locator("[data-testid=training-row][data-version='1']")
    older.get_by_label("Compare version 1").check()
    expect(page.get_by_test_id("compare").get_by_role("columnheader")).to_have_count(3)
    expect(page.get_by_test_id("compare-verdict")).to_contain_text("do not show which is better")
    older.get_by_test_id("make-current").click()
    expect(older).to_have_attribute("data-current", "true")
    snapshot = anna.snapshot(project)
    shown = {training_of(snapshot, micrograph) for micrograph in snapshot["micrographs"]}
    assert shown == {snapshot["project"]["current_training"]}

    new = anna.create_project("Without a label", SMALL.diameter)
    anna.upload(new, next(iter(simulated)))
    anna.wait(new, lambda snapshot: len(snapshot["micrographs"]) == 1)
    open_project(page, new)
    page.get_by_test_id("open-adopt").click()
    page.get_by_test_id("adopt").click()
    page.wait_for_function("window.cryoweb.held.final > 20", timeout=60_000)
