"""Label these next, and training that goes on by itself."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import side_by_side, wait_until_drawn, wait_until_sent
from tests.e2e.client import ApiPerson, all_picked
from tests.e2e.conftest import label_from_truth
from tests.e2e.server import Server

Simulated = dict[Path, SimulatedMicrograph]


def answer(page: Page, key: str) -> None:
    """Presses a key once the ring's place is on the canvas, and waits until the walk has moved on."""
    at = page.get_by_test_id("walk-at").inner_text()
    wait_until_drawn(page)
    page.keyboard.press(key)
    expect(page.get_by_test_id("walk-at")).not_to_have_text(at)


@pytest.fixture
def trained(anna: ApiPerson, project: int, simulated: Simulated) -> int:
    label_from_truth(anna, project, simulated, each=5)
    anna.post(f"/api/v1/projects/{project}/trainings", {})
    anna.wait(project, all_picked)
    return project


def test_two_people_share_the_places_and_the_networks_train_from_their_answers(
    server: Server, browser: Browser, trained: int, anna: ApiPerson
) -> None:
    before = len(anna.snapshot(trained)["labels"])
    anna.patch(f"/api/v1/projects/{trained}", {"keep_training": True})
    with side_by_side(browser, trained, server.address) as (one, other):
        for page in (one, other):
            page.keyboard.press("w")
            expect(page.get_by_test_id("walk")).to_be_visible()
        for page in (one, other):
            answer(page, "p")
            answer(page, "b")
            wait_until_sent(page)
        rows = anna.snapshot(trained)["labels"][before:]
        places = [(row["micrograph"], row["x"], row["y"]) for row in rows]
        assert len(set(places)) == 4
        one.keyboard.press("Control+z")
        wait_until_sent(one)
        assert len(anna.snapshot(trained)["labels"]) == before + 3
        other.get_by_test_id("cancel-training").wait_for(timeout=60_000)
    snapshot = anna.wait(trained, lambda now: len(now["trainings"]) == 2)
    assert snapshot["trainings"][1]["created_by"] is None
