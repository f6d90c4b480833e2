"""Trainings in the browser: judged by held-out labels, gone back to, taken over by another project."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import open_project, window
from tests.e2e.client import ApiPerson
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

    train(page, 2)
    page.keyboard.press("t")
    older = page.locator("[data-testid=training-row][data-version='1']")
    older.get_by_label("Compare version 1").check()
    expect(page.get_by_test_id("compare").get_by_role("columnheader")).to_have_count(3)
    older.get_by_test_id("make-current").click()
    expect(older).to_have_attribute("data-current", "true")
    shown = {micrograph["picks"]["training"] for micrograph in anna.snapshot(project)["micrographs"]}
    assert shown == {anna.snapshot(project)["project"]["current_training"]}

    new = anna.create_project("Without a label", SMALL.diameter)
    anna.upload(new, next(iter(simulated)))
    anna.wait(new, lambda snapshot: len(snapshot["micrographs"]) == 1)
    open_project(page, new)
    page.get_by_test_id("open-adopt").click()
    page.get_by_test_id("adopt").click()
    page.wait_for_function("window.cryoweb.held.final > 20", timeout=60_000)
