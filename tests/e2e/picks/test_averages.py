"""Class averages: a project's picks are sorted into classes, and one key judges a class."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import held, open_project, wait_until_held, wait_until_sent, window
from tests.e2e.client import ApiPerson
from tests.e2e.conftest import SMALL
from tests.e2e.picked import verdicts
from tests.e2e.server import Server
from tests.e2e.viewing.test_looks import findings

SORTED_WITHIN_MS = 120_000


@pytest.fixture(scope="module")
def guessed(anna: ApiPerson, simulated: dict[Path, SimulatedMicrograph]) -> int:
    """A project whose picks are a first guess."""
    project = anna.create_project("To be sorted", SMALL.diameter)
    anna.patch(f"/api/v1/projects/{project}", {"first_guess": True})
    for file in simulated:
        anna.upload(project, file)
    anna.wait(
        project,
        lambda snapshot: sum(row["picks"] is not None for row in snapshot["micrographs"]) == len(simulated),
    )
    return project


@pytest.fixture(scope="module")
def averaged(anna: ApiPerson, guessed: int) -> int:
    """The same project with averages, in which nobody has judged anything."""
    anna.post(f"/api/v1/projects/{guessed}/averages", {"classes": 4})
    end = time.monotonic() + SORTED_WITHIN_MS / 1000
    while newest(anna, guessed)["job"]["status"] in ("queued", "running"):
        assert time.monotonic() < end, "averages took too long"
        time.sleep(0.2)
    return guessed


@pytest.fixture
def page(browser: Browser, server: Server, averaged: int) -> Iterator[Page]:
    """Anna's window with the averages open, which leaves no verdict behind."""
    with window(browser, server.address, "anna", reduced_motion="reduce") as page:
        open_project(page, averaged)
        page.keyboard.press("Shift+L")
        expect(classes(page)).not_to_have_count(0)
        yield page
        while page.get_by_test_id("undo").is_enabled():
            page.get_by_test_id("undo").click()
        wait_until_sent(page)


def newest(person: ApiPerson, project: int) -> Any:
    return person.get(f"/api/v1/projects/{project}/averages")["results"][0]


def classes(page: Page) -> Locator:
    return page.get_by_test_id("class")


def judge(page: Page, key: str) -> None:
    """Presses a key once the members of the classes have come."""
    expect(page.get_by_test_id("class-crops")).to_be_visible()
    page.get_by_test_id("classes").press(key)


def test_picks_are_sorted_from_the_page_and_the_averages_sharpen(
    browser: Browser, server: Server, anna: ApiPerson, guessed: int
) -> None:
    with window(browser, server.address, "anna", reduced_motion="reduce") as page:
        open_project(page, guessed)
        page.get_by_test_id("open-averages").click()
        assert findings(page) == ""
        page.get_by_test_id("sort-picks").click()
        expect(page.get_by_test_id("sorting")).to_be_visible()
        expect(classes(page)).not_to_have_count(0, timeout=SORTED_WITHIN_MS)
        expect(page.get_by_test_id("sorting")).to_have_count(0, timeout=SORTED_WITHIN_MS)
        made = newest(anna, guessed)
        expect(classes(page)).to_have_count(len(made["classes"]))
        counts = [int(text.replace(",", "")) for text in classes(page).locator("strong").all_inner_texts()]
        assert counts == sorted(counts, reverse=True) and sum(counts) == made["picks"]
        with page.expect_download() as download:
            page.get_by_test_id("download-averages").click()
        assert download.value.suggested_filename.endswith(".zip")


def test_a_key_rejects_a_class_and_one_undo_brings_all_back(page: Page, anna: ApiPerson, averaged: int) -> None:
    before = held(page, "final")
    page.get_by_test_id("classes").press("Home")
    judge(page, "r")
    expect(classes(page).first).to_have_attribute("data-judged", "reject")
    count = newest(anna, averaged)["classes"][0]["count"]
    expect(page.get_by_test_id("learnt")).to_contain_text(f"0 picks accepted, {count} rejected")
    wait_until_sent(page)
    rejected = anna.snapshot(averaged)["verdicts"]
    assert len(rejected) == count
    assert all(row["kind"] == "reject" and 0 <= row["fit"] <= 1 for row in rejected)
    assert held(page, "verdicts") > 0
    assert held(page, "final") == before - held(page, "verdicts")
    page.keyboard.press("Control+z")
    expect(classes(page).first).to_have_attribute("data-judged", "")
    wait_until_held(page, "verdicts", 0)
    wait_until_sent(page)
    assert verdicts(anna, averaged) == []


def test_enter_shows_the_crops_of_a_class_and_the_arrows_those_of_the_next(page: Page) -> None:
    sizes = [int(text) for text in classes(page).locator("strong").all_inner_texts()]
    list_of_classes = page.get_by_test_id("classes")
    list_of_classes.press("Home")
    page.get_by_test_id("class-crops").click()
    expect(page.get_by_test_id("shown-class")).to_contain_text("Class 1 of averages")
    expect(page.get_by_test_id("crop-count")).to_have_text(f"{sizes[0]} crops")
    list_of_classes.press("ArrowRight")
    expect(page.get_by_test_id("crop-count")).to_have_text(f"{sizes[1]} crops")
    assert findings(page) == ""
    page.get_by_test_id("crops").focus()
    page.get_by_test_id("crops").press("r")
    expect(page.locator("[data-testid=crop][data-kind=reject]")).to_have_count(1)
    page.get_by_test_id("crops").press("Escape")
    expect(page.get_by_test_id("gallery")).to_have_count(0)
    expect(list_of_classes).to_be_focused()
    list_of_classes.press("Escape")
    expect(page.get_by_test_id("stage")).to_be_focused()


def test_a_pick_that_was_judged_by_itself_stays_when_its_class_is_judged(page: Page) -> None:
    expect(page.get_by_test_id("class-crops")).to_be_visible()
    classes(page).first.click()  # the one that keys act on
    expect(page.get_by_test_id("crop").first).to_be_visible()
    page.get_by_test_id("crops").press("Home")
    page.get_by_test_id("crops").press("r")
    expect(page.locator("[data-testid=crop][data-kind=reject]")).to_have_count(1)
    judge(page, "a")
    expect(page.get_by_test_id("toasts")).to_contain_text("1 that was judged by itself stays as it was.")
    expect(classes(page).first).to_have_attribute("data-judged", "accept")
    expect(page.locator("[data-testid=crop][data-kind=reject]")).to_have_count(1)


def test_what_one_judges_another_sees_and_a_viewer_judges_nothing(
    page: Page, browser: Browser, server: Server, anna: ApiPerson, averaged: int
) -> None:
    anna.post(f"/api/v1/projects/{averaged}/members", {"username": "eve", "role": "viewer"})
    with window(browser, server.address, "eve") as eve:
        open_project(eve, averaged)
        eve.get_by_test_id("open-averages").click()
        expect(classes(eve).first).to_have_attribute("data-judged", "")
        judge(page, "a")
        expect(classes(eve).first).to_have_attribute("data-judged", "accept")
        expect(eve.get_by_test_id("reject-class")).to_have_count(0)
        eve.get_by_test_id("classes").press("r")
        expect(eve.get_by_test_id("toasts")).to_contain_text("Viewers can look")
        expect(eve.get_by_test_id("sort-again")).to_have_count(0)


def test_two_sets_of_averages_are_compared_class_by_class(page: Page, anna: ApiPerson, averaged: int) -> None:
    first = newest(anna, averaged)["number"]
    page.get_by_test_id("sort-again").click()
    page.get_by_text("Options").click()
    page.get_by_role("spinbutton", name="Classes").fill("3")
    page.get_by_test_id("sort-picks").click()
    expect(page.get_by_test_id("sorting")).to_be_visible()
    expect(page.get_by_test_id("sorting")).to_have_count(0, timeout=SORTED_WITHIN_MS)
    page.get_by_test_id("averages-compare").select_option(f"to-{first}")
    expect(page.get_by_test_id("pair")).to_have_count(len(newest(anna, averaged)["classes"]))
    expect(page.get_by_test_id("pair").first).to_contain_text("in both")
    assert findings(page) == ""
    page.get_by_test_id("remove-averages").click()
    page.get_by_test_id("confirm-remove-averages").click()
    expect(page.get_by_test_id("averages-choice")).to_have_value(str(first))
    assert newest(anna, averaged)["number"] == first


def test_why_picks_could_not_be_sorted_is_shown_with_what_to_do(page: Page) -> None:
    made = classes(page).count()
    page.get_by_test_id("sort-again").click()
    page.get_by_text("Options").click()
    page.get_by_test_id("averages").get_by_label("Particle score, at least").fill("1")
    page.get_by_test_id("sort-picks").click()
    problem = page.get_by_test_id("averages").get_by_role("alert")
    expect(problem).to_contain_text("the thresholds", timeout=SORTED_WITHIN_MS)
    page.get_by_test_id("remove-averages").click()
    page.get_by_test_id("confirm-remove-averages").click()
    expect(problem).to_have_count(0)
    expect(classes(page)).to_have_count(made)
