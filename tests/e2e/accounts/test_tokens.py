"""Access tokens in the page: made, copied, used by a program, revoked."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser import window
from tests.e2e.client import ApiPerson
from tests.e2e.server import Server


def ask(server: Server, text: str) -> bytes:
    asked = Request(f"{server.address}/api/v1/me", headers={"Authorization": f"Bearer {text}"})
    with urlopen(asked) as answer:
        return bytes(answer.read())


def test_a_token_from_the_page_signs_a_program_in_until_it_is_revoked(
    browser: Browser, server: Server, anna: ApiPerson
) -> None:
    project = anna.create_project("With a script", 150.0)
    with window(browser, server.address, "anna") as page:
        page.goto("/")
        page.get_by_test_id("me").click()
        page.get_by_test_id("open-tokens").click()
        page.get_by_test_id("token-name").fill("notebook")
        page.get_by_test_id("token-project").select_option(str(project))
        page.get_by_test_id("token-role").select_option("viewer")
        page.get_by_test_id("make-token").click()
        text = page.get_by_test_id("token-text").input_value()
        assert b'"anna"' in ask(server, text)
        row = page.get_by_test_id("token").filter(has_text="notebook")
        expect(row).to_contain_text("With a script · viewer")
        row.get_by_test_id("revoke-token").click()
        expect(row).to_have_count(0)
        with pytest.raises(HTTPError, match="401"):
            ask(server, text)
