"""The first guess: micrographs come with their particles marked; a few keys make the first training set."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import open_project, until, wait_until_held, wait_until_sent, window
from tests.e2e.client import ApiPerson, training_of
from tests.e2e.conftest import SMALL
from tests.e2e.picks.test_trainings import train
from tests.e2e.server import Server
from tests.e2e.viewing.test_looks import findings

PICKED_WITHIN_MS = 180_000


@pytest.fixture
def guessing(anna: ApiPerson) -> int:
    """An empty project that begins with a first guess."""
    project = anna.create_project("To be guessed", SMALL.diameter)
    anna.patch(f"/api/v1/projects/{project}", {"first_guess": True})
    return project


@pytest.fixture
def page(browser: Browser, server: Server, guessing: int) -> Iterator[Page]:
    with window(browser, server.address, "anna", reduced_motion="reduce") as page:
        page.goto(f"/projects/{guessing}")
        yield page


def judged(page: Page) -> tuple[int, int]:
    """How many picks of the project were accepted and rejected, as its panel counts them."""
    needs = page.get_by_test_id("needs").locator(".need-count").all_inner_texts()
    numbers = [int(text.split("+")[1].split()[0]) if "+" in text else 0 for text in needs[:2]]
    return numbers[0], numbers[1]


def all_guessed(snapshot: dict[str, Any], micrographs: int) -> bool:
    """Whether all have come and nothing is under way."""
    under_way = [job for job in snapshot["jobs"] if job["status"] in ("queued", "running")]
    return len(snapshot["micrographs"]) == micrographs and not under_way


def test_the_first_labels_are_verdicts_on_the_first_guess(
    page: Page, anna: ApiPerson, guessing: int, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    for file in simulated:
        anna.upload(guessing, file)
    anna.wait(guessing, lambda snapshot: all_guessed(snapshot, len(simulated)))  # each micrograph changes the guess
    page.wait_for_function("window.cryoweb?.held.final > 20", timeout=PICKED_WITHIN_MS)
    words = page.get_by_test_id("first-guess-words")
    expect(words).to_contain_text("are a first guess")
    expect(page.get_by_test_id("train")).to_be_disabled()

    page.get_by_test_id("check-guess").click()
    strip = page.get_by_test_id("guess-strip")
    expect(strip).to_contain_text("0 of 5 particles, 0 of 5 background")
    assert findings(page) == ""
    page.keyboard.press("Control+Enter")
    expect(strip).to_contain_text("20 of 5 particles, 0 of 5 background")
    expect(page.locator("[data-testid=crop][data-index='0']")).to_have_attribute("data-kind", "accept")
    page.keyboard.press("Control+Delete")
    expect(strip).to_contain_text("Enough to train")
    expect(page.locator("[data-testid=crop][data-index='0']")).to_have_attribute("data-kind", "reject")
    wait_until_sent(page)
    assert judged(page) == (20, 20)
    page.keyboard.press("Control+z")
    expect(strip).to_contain_text("20 of 5 particles, 0 of 5 background")
    page.keyboard.press("Control+Shift+z")
    expect(strip).to_contain_text("Enough to train")

    train(page, 1)
    expect(page.get_by_test_id("first-guess")).to_have_count(0)
    expect(strip).to_have_count(0)
    snapshot = anna.wait(
        guessing,
        lambda snapshot: (
            {training_of(snapshot, row) for row in snapshot["micrographs"]} == {snapshot["project"]["current_training"]}
        ),
    )
    assert snapshot["project"]["current_training"] is not None


def test_where_the_guess_is_poor_the_page_asks_for_labels(
    page: Page, anna: ApiPerson, guessing: int, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    anna.patch(f"/api/v1/projects/{guessing}", {"particle_diameter": SMALL.diameter / 4})
    anna.upload(guessing, next(iter(simulated)))
    words = page.get_by_test_id("first-guess-words")
    expect(words).to_contain_text("mark particles and background yourself", ignore_case=True, timeout=PICKED_WITHIN_MS)
    expect(page.get_by_test_id("check-guess")).to_have_count(0)
    anna.patch(f"/api/v1/projects/{guessing}", {"particle_diameter": SMALL.diameter})
    expect(page.get_by_test_id("check-guess")).to_be_visible(timeout=PICKED_WITHIN_MS)


def test_it_can_be_switched_off(
    page: Page, anna: ApiPerson, guessing: int, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    anna.upload(guessing, next(iter(simulated)))
    page.wait_for_function("window.cryoweb?.held.final > 20", timeout=PICKED_WITHIN_MS)
    page.get_by_test_id("open-settings").click()
    page.get_by_test_id("settings-first-guess").uncheck()
    page.get_by_test_id("save-settings").click()
    page.wait_for_function("window.cryoweb.held.final === 0")
    open_project(page, guessing)
    expect(page.get_by_test_id("first-guess")).to_have_count(0)


def test_a_project_without_a_diameter_suggests_one_that_enter_keeps(
    browser: Browser, server: Server, anna: ApiPerson, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    project = anna.post("/api/v1/projects", {"name": "Of unknown size"})["id"]
    with window(browser, server.address, "anna", reduced_motion="reduce") as page:
        page.goto(f"/projects/{project}")
        expect(page.get_by_test_id("diameter-words")).to_contain_text("If you know the diameter, type it")
        expect(page.get_by_test_id("set-diameter")).to_be_disabled()
        anna.upload(project, next(iter(simulated)))
        words = page.get_by_test_id("diameter-words")
        expect(words).to_contain_text("as the micrographs suggest", timeout=PICKED_WITHIN_MS)
        expect(page.get_by_test_id("diameter-curve")).to_be_visible()
        expect(page.get_by_test_id("set-diameter")).to_have_text(re.compile(r"Keep \d+ Å"))
        assert findings(page) == ""
        page.get_by_test_id("diameter-field").press("Enter")
        expect(page.get_by_test_id("diameter-card")).to_have_count(0)
    row = anna.snapshot(project)["project"]
    assert row["diameter_provisional"] is False
    assert row["particle_diameter"] == pytest.approx(SMALL.diameter, rel=0.15)


SUGGEST = """
from picking.models import Micrograph, Project, SuggestedDiameter
Project.objects.filter(pk={project}).update(particle_diameter={taken}, diameter_provisional={taken} is not None)
first = Micrograph.objects.filter(project={project}).first()
SuggestedDiameter.objects.create(
    project_id={project}, diameter=240, sure={taken} is not None, curve=[[200, 0.1], [240, 0.4], [280, 0.1]],
    places={{str(first.pk): [[500, 500]]}}, micrographs=1,
)
"""
BLUE, WHITE = (92, 200, 255), (255, 255, 255)


def suggest(server: Server, project: int, taken: float | None) -> None:
    """As if a scan had found 240 Å, which is provisional where it was `taken`, else not sure."""
    server.run(SUGGEST.format(project=project, taken=taken))


def drawn(page: Page, diameter: float, colour: tuple[int, int, int]) -> float:
    """How much of a circle around (500, 500) of that diameter in Å is drawn in a colour."""
    angles = np.linspace(0, 2 * np.pi, 90)
    radius = diameter / SMALL.pixel_size / 2
    circle = 500 + radius * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    places = page.evaluate("at => at.map(([x, y]) => window.cryoweb.toPage(x, y))", circle.tolist())
    shown = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    near = [shown[int(at["y"]) - 1 : int(at["y"]) + 3, int(at["x"]) - 1 : int(at["x"]) + 3] for at in places]
    return float(np.mean([(np.abs(patch - colour).max(axis=2) < 40).any() for patch in near]))


def test_marks_get_the_size_of_the_diameter_that_was_chosen(
    server: Server, browser: Browser, anna: ApiPerson, project: int
) -> None:
    suggest(server, project, taken=None)
    with window(browser, server.address, "anna", reduced_motion="reduce") as page:
        open_project(page, project)
        anna.label(project, [(page.evaluate("window.cryoweb.micrograph"), "particle", 500, 500)])
        wait_until_held(page, "labels", 1)
        expect(page.get_by_test_id("diameter-words")).to_contain_text("hint at 240 Å")
        assert drawn(page, 240, BLUE) < 0.2
        page.get_by_test_id("diameter-field").fill("240")
        page.get_by_test_id("diameter-field").press("Enter")
        expect(page.get_by_test_id("diameter-card")).to_have_count(0)
        until(page, lambda: drawn(page, 240, BLUE) > 0.9)


def test_who_may_not_choose_shows_the_suggested_size_by_a_key(
    server: Server, browser: Browser, anna: ApiPerson, project: int
) -> None:
    suggest(server, project, taken=240)
    anna.post(f"/api/v1/projects/{project}/members", {"username": "eve", "role": "viewer"})
    with window(browser, server.address, "eve", reduced_motion="reduce") as page:
        open_project(page, project)
        expect(page.get_by_test_id("diameter-field")).to_have_count(0)
        expect(page.get_by_test_id("look-again")).to_have_count(0)
        assert drawn(page, 240, WHITE) < 0.5
        page.get_by_test_id("show-diameter").press(" ")
        until(page, lambda: drawn(page, 240, WHITE) > 0.9)


def test_a_manager_has_the_micrographs_looked_at_again(server: Server, browser: Browser, project: int) -> None:
    suggest(server, project, taken=240)
    with window(browser, server.address, "anna", reduced_motion="reduce") as page:
        open_project(page, project)
        page.get_by_test_id("look-again").click()
        expect(page.get_by_test_id("diameter-words")).to_contain_text("looking at them again")
        expect(page.get_by_test_id("diameter-words")).not_to_contain_text("240", timeout=PICKED_WITHIN_MS)
        expect(page.get_by_test_id("set-diameter")).to_have_text(re.compile(r"Keep \d+ Å"))
