"""Who did what, how it was, and bringing it back."""

import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import click_at, held, point_at, side_by_side, wait_until_held, wait_until_sent
from tests.e2e.server import Server


def test_two_people_label_and_one_looks_back_and_restores_what_the_other_changed(
    server: Server, browser: Browser, project: int
) -> None:
    with side_by_side(browser, project, server.address) as (anna, ben):
        anna.keyboard.press("p")
        click_at(anna, 200.0, 300.0)
        wait_until_held(ben, "labels", 1)
        anna.wait_for_timeout(1100)  # what one person does within a second is one change
        click_at(anna, 400.0, 300.0)
        wait_until_held(ben, "labels", 2)
        ben.keyboard.press("b")
        for x in (300.0, 500.0, 700.0):
            click_at(ben, x, 600.0)
        wait_until_held(anna, "labels", 5)

        # The history says who did what, and goes to how it was before.
        anna.get_by_test_id("side-history").click()
        entries = anna.get_by_test_id("history-entry")
        expect(entries.nth(0)).to_contain_text(re.compile("ben placed 3 background labels on small_0"))
        expect(entries.nth(1)).to_contain_text("anna placed 2 particle labels")
        anna.get_by_test_id("history-kind").select_option("members")
        expect(entries).to_have_count(1)
        anna.get_by_test_id("history-kind").select_option("")
        expect(entries.nth(0)).to_contain_text("ben placed 3 background labels")
        entries.nth(0).get_by_test_id("history-before").click()
        wait_until_held(anna, "labels", 2)
        expect(anna.get_by_test_id("travel-when")).to_contain_text("today")
        _says_what_was_there_then(anna)

        # Nothing can be changed there, while the others go on.
        click_at(anna, 800.0, 800.0)
        click_at(ben, 800.0, 800.0)
        wait_until_held(ben, "labels", 6)
        assert held(anna, "labels") == 2
        anna.get_by_test_id("stage").focus()
        anna.keyboard.press("ArrowLeft")
        wait_until_held(anna, "labels", 1)
        anna.keyboard.press("End")
        wait_until_held(anna, "labels", 6)
        anna.keyboard.press("Home")
        wait_until_held(anna, "labels", 0)
        anna.keyboard.press("Escape")
        wait_until_held(anna, "labels", 6)
        expect(anna.get_by_test_id("travel")).to_be_hidden()

        # What one person marked since is taken away, and comes back with an undo; the other sees it live.
        anna.get_by_test_id("history-before").nth(1).click()
        anna.get_by_test_id("travel-restore").click()
        anna.get_by_test_id("restore-person").select_option(label="ben")
        expect(anna.get_by_test_id("restore-would")).to_contain_text("4 marks removed")
        anna.get_by_test_id("restore").click()
        wait_until_held(ben, "labels", 2)
        wait_until_held(anna, "labels", 2)
        expect(entries.nth(0)).to_contain_text("anna restored an earlier state: 4 marks removed")
        anna.keyboard.press("Control+z")
        wait_until_held(ben, "labels", 6)
        wait_until_sent(anna)
        expect(entries.nth(0)).to_contain_text("anna took back a restoration: 4 marks back")
        authors = [row["author"] for row in _labels(ben, project)]
        assert sorted(authors.count(author) for author in set(authors)) == [2, 4]


def _says_what_was_there_then(page: Page) -> None:
    expect(page.get_by_test_id("travel-counts")).to_contain_text("2 labels")
    for x, y, words in ((300.0, 600.0, ""), (200.0, 300.0, "Particle by anna")):
        point_at(page, x, y)
        expect(page.get_by_test_id("under-cursor")).to_have_text(words)


def _labels(page: Page, project: int) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = page.request.get(f"/api/v1/projects/{project}/labels").json()["results"]
    return results
