"""Labels without a connection, which outlive their page; and two people who change one label at once."""

from playwright.sync_api import Browser, expect

from tests.e2e.browser import click_at, drag, open_project, side_by_side, wait_until_held, wait_until_sent, window
from tests.e2e.client import ApiPerson
from tests.e2e.server import Server

BEFORE = (300.0, 300.0)


def test_what_is_labelled_without_a_connection_is_counted_outlives_its_page_and_is_sent_once(
    server: Server, browser: Browser, project: int, anna: ApiPerson
) -> None:
    with window(browser, server.address, "ben") as page:
        open_project(page, project)
        page.context.set_offline(True)
        page.keyboard.press("p")
        for x in (200.0, 400.0, 600.0):
            click_at(page, x, 300.0)
        wait_until_held(page, "labels", 3)
        expect(page.get_by_test_id("unsent")).to_contain_text("3 changes not sent yet. They are kept in this browser")
        assert anna.snapshot(project)["labels"] == []
        other = page.context.new_page()
        page.close()
        other.context.set_offline(False)
        open_project(other, project)
        wait_until_sent(other)
        wait_until_held(other, "labels", 3)
        assert len({row["id"] for row in anna.snapshot(project)["labels"]}) == 3


def test_of_two_who_change_one_label_the_second_is_told_and_can_look(
    server: Server, browser: Browser, project: int, anna: ApiPerson
) -> None:
    with side_by_side(browser, project, server.address) as (one, other):
        one.keyboard.press("p")
        click_at(one, *BEFORE)
        wait_until_held(other, "labels", 1)
        other.context.set_offline(True)
        other.keyboard.press("m")
        drag(other, BEFORE, (500.0, 300.0))
        other.wait_for_function("window.cryoweb.waiting === 1")
        one.keyboard.press("e")
        click_at(one, *BEFORE)
        wait_until_sent(one)
        other.context.set_offline(False)
        said = other.get_by_test_id("toasts")
        expect(said).to_contain_text("anna erased the label you moved on small_")
        wait_until_held(other, "labels", 0)
        said.get_by_role("button", name="Show").click()
        assert anna.snapshot(project)["labels"] == []


def test_a_part_of_the_page_that_cannot_be_loaded_is_said_and_opens_once_it_can(
    server: Server, browser: Browser, project: int
) -> None:
    with window(browser, server.address, "anna") as page:
        page.route("**/assets/dialogs-*.js", lambda route: route.abort())
        open_project(page, project)
        page.keyboard.press("?")
        expect(page.get_by_test_id("toasts")).to_contain_text("This part of the page could not be loaded.")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.unroute("**/assets/dialogs-*.js")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
