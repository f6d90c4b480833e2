"""What decides, besides people, which picks count: thresholds of one micrograph, distances, exclusion."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import side_by_side, wait_until_held
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks
from tests.e2e.server import Server

# A particle is about 53 px wide; the first two are nearer than that, the last is cut by the border.
PICKS = [(300.0, 300.0, 0.9, 0.1), (340.0, 300.0, 0.8, 0.1), (600.0, 300.0, 0.4, 0.1), (10.0, 600.0, 0.9, 0.1)]


@pytest.fixture
def pages(server: Server, browser: Browser, project: int) -> Iterator[tuple[Page, Page]]:
    """Anna's and Ben's windows with the first micrograph open."""
    add_picks(server, project, PICKS)
    with side_by_side(browser, project, server.address) as (anna, ben):
        wait_until_held(anna, "final", 2)
        yield anna, ben


def exported(anna: ApiPerson, project: int) -> int:
    """How many picks a download has."""
    return len(anna.export(project, "csv", "picks.csv").splitlines()) - 1


def total(page: Page, picks: int) -> None:
    expect(page.get_by_test_id("final-total")).to_have_text(f"{picks} picks")


def test_distance_and_margin_act_at_once_for_both_and_on_the_download(
    pages: tuple[Page, Page], project: int, anna: ApiPerson
) -> None:
    one, other = pages
    one.get_by_test_id("border-margin").fill("0")
    wait_until_held(one, "final", 3)
    wait_until_held(other, "final", 3)
    expect(other.get_by_test_id("found")).to_contain_text("of 12")
    total(other, 9)
    assert exported(anna, project) == 9
    one.get_by_test_id("minimum-distance").fill("0.9")
    wait_until_held(one, "final", 2)
    one.get_by_test_id("border-margin").fill("2")
    wait_until_held(other, "final", 1)
    expect(other.get_by_test_id("found")).to_contain_text("of 9")
    total(other, 3)
    assert exported(anna, project) == 3


def test_one_micrograph_has_thresholds_of_its_own_until_they_are_taken_back(
    pages: tuple[Page, Page], project: int, anna: ApiPerson
) -> None:
    one, other = pages
    one.get_by_test_id("own-thresholds").click()
    one.get_by_test_id("threshold-particle").fill("0.3")
    wait_until_held(other, "final", 3)
    total(other, 7)
    assert exported(anna, project) == 7
    one.get_by_test_id("own-thresholds").click()
    wait_until_held(other, "final", 2)


def test_an_excluded_micrograph_counts_nowhere_and_says_so(
    pages: tuple[Page, Page], project: int, anna: ApiPerson
) -> None:
    one, other = pages
    one.keyboard.press("Shift+X")
    expect(other.get_by_test_id("micrograph-sign")).to_contain_text("Excluded")
    total(other, 4)
    expect(other.get_by_test_id("labelled")).to_contain_text("1 excluded")
    assert exported(anna, project) == 4
    other.get_by_test_id("include").click()
    total(one, 6)


def test_a_flag_and_a_note_show_in_the_list_and_on_the_canvas(pages: tuple[Page, Page]) -> None:
    one, other = pages
    one.get_by_test_id("micrograph-settings").click()
    one.get_by_test_id("flagged").check()
    one.get_by_test_id("note").fill("Thick ice on the left")
    one.get_by_test_id("save-micrograph").click()
    expect(other.get_by_test_id("micrograph-sign")).to_contain_text("Thick ice on the left")
    expect(other.get_by_test_id("row-flag")).to_have_attribute("title", "Thick ice on the left")
    expect(one.locator("dialog[open]")).to_have_count(0)  # the other's browser may hear first; a dialog keeps the keys
    one.keyboard.press("Shift+F")
    expect(other.get_by_test_id("micrograph-sign").locator("svg")).to_be_hidden()
