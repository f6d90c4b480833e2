"""A project with more picks than a page holds: it has those of opened micrographs, and the server counts the rest."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import hold, open_project, until, window
from tests.e2e.client import ApiPerson
from tests.e2e.conftest import SMALL
from tests.e2e.server import Server

MICROGRAPHS, PICKS = 520, 1000
BUILD = "from tests.bench.server.big_project import build\nbuild({project}, {micrographs}, {picks})"
GIVEN_WITHIN_MS = 60_000


@pytest.fixture(scope="module")
def large(anna: ApiPerson, server: Server, simulated: dict[Path, object]) -> int:
    project = anna.create_project("Large", SMALL.diameter)
    anna.upload(project, next(iter(simulated)))
    anna.wait(project, lambda snapshot: len(snapshot["micrographs"]) == 1)
    server.run(BUILD.format(project=project, micrographs=MICROGRAPHS, picks=PICKS))
    return project


@pytest.fixture
def page(browser: Browser, server: Server, large: int) -> Iterator[Page]:
    with window(browser, server.address, "anna", reduced_motion="reduce") as page:
        open_project(page, large)
        page.wait_for_function("window.cryoweb.held.final > 0", timeout=GIVEN_WITHIN_MS)
        yield page


def found(page: Page) -> int:
    """The picks of the whole project that count, as the page says."""
    text = page.get_by_test_id("found").inner_text()
    return int("".join(filter(str.isdigit, text.partition(" ")[0])) or 0)


def test_only_picks_of_opened_micrographs_are_sent_and_all_are_counted(page: Page, large: int) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_project(page, large)
    until(page, lambda: found(page) > 10 * PICKS)
    first = page.evaluate("window.cryoweb.micrograph")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("first => window.cryoweb.micrograph !== first && window.cryoweb.held.final > 0", arg=first)
    opened = [first, page.evaluate("window.cryoweb.micrograph")]
    of_picks = [urlsplit(each).path for each in asked if urlsplit(each).path.endswith("/picks")]
    assert of_picks == [f"/api/v1/micrographs/{each}/picks" for each in opened]


def test_a_project_is_asked_for_once_before_the_script_runs(page: Page, large: int) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    open_project(page, large)
    snapshot = f"/api/v1/projects/{large}/snapshot"
    assert asked.count(snapshot) == 1
    assert asked.index(snapshot) < asked.index("/api/v1/me")


def test_a_threshold_counts_the_whole_project_again(page: Page) -> None:
    until(page, lambda: found(page) > 10 * PICKS)  # of the whole project, not of the open micrograph alone
    before = found(page)
    page.get_by_test_id("threshold-particle").fill("0.8")
    until(page, lambda: 0 < found(page) < before)


def test_until_the_project_is_counted_again_the_page_says_about_how_many_picks_count(page: Page) -> None:
    until(page, lambda: found(page) > 10 * PICKS)
    held = hold(page, "**/picks/summary?*")
    page.get_by_test_id("threshold-particle").fill("0.65")
    expect(page.get_by_test_id("found")).to_contain_text("about")
    held[0].continue_()
    expect(page.get_by_test_id("found")).not_to_contain_text("about")


def test_the_gallery_says_of_how_many_its_picks_are_a_sample(page: Page) -> None:
    page.keyboard.press("Shift+G")
    page.get_by_test_id("scope-project").click()
    expect(page.locator("[data-testid=crop][data-loaded=true]").first).to_be_visible(timeout=GIVEN_WITHIN_MS)
    expect(page.get_by_test_id("crop-count")).to_contain_text(f"of {MICROGRAPHS} micrographs")
