"""A passkey, kept by a device that Chromium pretends to have."""

from playwright.sync_api import Browser, expect

from tests.e2e.browser import window
from tests.e2e.server import PASSWORD, Server

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_passkey_is_made_signs_in_by_itself_and_is_a_second_factor(browser: Browser, server: Server) -> None:
    server.add_people("pia")
    with window(browser, server.address, "pia") as page:
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        page.goto("/account/second-factor/passkeys/new")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_label("Name").fill("Laptop")
        page.get_by_role("button", name="Make a passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        page.get_by_role("link", name="Done").click()
        expect(page.get_by_test_id("passkey")).to_contain_text("Laptop")

        page.context.clear_cookies()
        page.goto("/signin?next=/account")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="pia")).to_be_visible()

        page.context.clear_cookies()
        page.goto("/signin?next=/account")
        page.get_by_label("Name").fill("pia")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_role("heading", name="pia")).to_be_visible()
