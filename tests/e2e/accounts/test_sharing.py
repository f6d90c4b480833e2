"""People come by links: as members, many by one invitation; and as guests, who only look until the link is revoked."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import click_at, open_project, window
from tests.e2e.server import Server


def open_people(page: Page) -> None:
    if page.get_by_test_id("members").count() == 0:
        page.get_by_test_id("side-people").click()


def test_a_guest_sees_labels_live_and_changes_nothing_until_the_link_is_revoked(
    browser: Browser, server: Server, project: int
) -> None:
    with window(browser, server.address, "anna") as anna:
        open_project(anna, project)
        open_people(anna)
        anna.get_by_test_id("share-name").fill("Referees")
        anna.get_by_test_id("share").click()
        link = anna.get_by_test_id("shared-link-text").input_value()
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        guest = context.new_page()
        guest.goto(link)
        guest.wait_for_url(f"**/projects/{project}")
        expect(guest.get_by_test_id("connection")).to_have_attribute("data-state", "live")
        expect(anna.get_by_test_id("guest")).to_contain_text("Guest (Referees)")
        anna.get_by_test_id("tool-particle").click()
        click_at(anna, 300, 300)
        expect(guest.get_by_test_id("labelled")).to_contain_text("1 of")
        expect(guest.get_by_test_id("tool-particle")).to_have_attribute("aria-disabled", "true")
        guest.keyboard.press("p")
        click_at(guest, 400, 400)
        expect(guest.get_by_text("Guests can only look.").first).to_be_visible()
        expect(guest.get_by_test_id("train")).to_be_disabled()
        refused = context.request.get(f"{server.address}/api/v1/projects")
        assert refused.status == 403
        anna.get_by_test_id("revoke-shared-link").click()
        expect(guest.get_by_test_id("dismissed")).to_contain_text("revoked")
        guest.goto(link)
        expect(guest.get_by_text("no longer valid")).to_be_visible()
        context.close()


def test_many_join_by_one_invitation_which_says_how_many(browser: Browser, server: Server, project: int) -> None:
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        open_people(page)
        page.get_by_test_id("invitation-role").select_option("viewer")
        page.get_by_test_id("invitation-people").select_option("any")
        page.get_by_test_id("make-invitation").click()
        link = page.get_by_test_id("invitation-text").input_value()
        for name in ("first.guest", "second.guest"):
            context = browser.new_context()
            new = context.new_page()
            new.goto(link)
            for field, text in (("username", name), ("password1", "a way to Basel"), ("password2", "a way to Basel")):
                new.locator(f"[name={field}]").fill(text)
            new.get_by_role("button", name="Create account and join").click()
            new.wait_for_url(f"**/projects/{project}")
            context.close()
        expect(page.get_by_test_id("member")).to_have_count(4)
        page.reload()
        open_people(page)
        expect(page.get_by_test_id("invitation")).to_contain_text("2 people joined")
        page.get_by_test_id("revoke-invitation").click()
        expect(page.get_by_test_id("invitation")).to_have_count(0)
