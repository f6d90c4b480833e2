"""Signing out while a project is open."""

from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.e2e.browser import click_at, open_project, wait_until_held, wait_until_sent, window
from tests.e2e.server import PASSWORD, Server

LIVE = "window.cryoweb && window.cryoweb.connection === 'live'"


def sign_out(page: Page) -> None:
    page.goto("/")
    page.get_by_test_id("me").click()
    page.get_by_test_id("signout").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_signing_out_in_one_tab_ends_the_others_and_what_was_not_sent_arrives_later(
    server: Server, browser: Browser, project: int
) -> None:
    with window(browser, server.address, "ben") as ben, window(browser, server.address, "anna") as anna:
        open_project(ben, project)
        losing = [True]
        lose_operations(anna, losing)
        open_project(anna, project)
        anna.keyboard.press("p")
        click_at(anna, 512.0, 512.0)
        wait_until_held(anna, "labels", 1)
        sign_out(anna.context.new_page())
        expect(anna.get_by_role("heading", name="You are signed out")).to_be_visible()
        expect(anna.get_by_test_id("kept")).to_contain_text("1 change did not reach the server")
        losing.clear()
        anna.get_by_test_id("sign-in-again").click()
        sign_in(anna, "anna", PASSWORD)
        anna.wait_for_function(LIVE)
        wait_until_held(anna, "labels", 1)
        wait_until_sent(anna)
        wait_until_held(ben, "labels", 1)


def test_a_password_that_is_changed_in_one_tab_does_not_interrupt_the_others(
    server: Server, browser: Browser, project: int
) -> None:
    with window(browser, server.address, "ben") as here, window(browser, server.address, "ben") as elsewhere:
        open_project(here, project)
        elsewhere.context.clear_cookies()
        elsewhere.goto(f"/signin?next=/projects/{project}")
        sign_in(elsewhere, "ben", PASSWORD)
        elsewhere.wait_for_function(LIVE)
        new = "a long way to Basel"
        change_password(here.context.new_page(), PASSWORD, new)
        expect(elsewhere.get_by_role("heading", name="You are signed out")).to_be_visible()
        here.wait_for_function(LIVE)
        here.keyboard.press("p")
        click_at(here, 512.0, 512.0)
        wait_until_held(here, "labels", 1)
        wait_until_sent(here)
        change_password(here.context.new_page(), new, PASSWORD)


def lose_operations(page: Page, losing: list[bool]) -> None:
    """What the page asks for over its socket does not reach the server, as long as `losing` is not empty."""

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if not losing or '"operations"' not in str(message):
                server.send(message)

        socket.on_message(pass_on)

    page.route_web_socket("**/ws/**", between)


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def change_password(page: Page, old: str, new: str) -> None:
    page.goto("/account")
    for field, text in {"old_password": old, "new_password1": new, "new_password2": new}.items():
        page.locator(f"[name={field}]").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your new password is set.")).to_be_visible()
