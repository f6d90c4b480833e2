"""Everything works with scripts and styles from files of the server alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.browser import window
from tests.e2e.server import Server

NOTE = """
window.violations = []
document.addEventListener('securitypolicyviolation', event => {
  window.violations.push([event.effectiveDirective, event.blockedURI, event.sourceFile, event.sample].join(' '))
})
"""


def strictly(route: Route) -> None:
    """As the server sends it when it is not tested by a program that needs `eval`."""
    answer = route.fetch(max_redirects=0)
    policy = answer.headers.get("content-security-policy", "").replace(" 'unsafe-eval'", "")
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})


@pytest.fixture
def strict(browser: Browser, server: Server) -> Iterator[Page]:
    with window(browser, server.address, "anna") as page:
        page.route(lambda address: "/static/" not in address and "/tiles/" not in address, strictly)
        page.add_init_script(NOTE)
        yield page
        page.unroute_all(behavior="ignoreErrors")  # a page may still be asking for something


def violations(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.violations")
    return found


def test_a_project_is_used_from_labels_to_picks_without_a_violation(strict: Page, project: int) -> None:
    strict.goto(f"/projects/{project}")
    expect(strict.get_by_test_id("stage")).to_be_visible()
    expect(strict.get_by_test_id("micrograph")).not_to_have_count(0)
    strict.keyboard.press("p")
    for key, opened in (("Shift+g", "gallery"), ("Shift+s", "score-plane"), ("Shift+o", "overview"), ("?", "keys")):
        strict.keyboard.press(key)
        expect(strict.get_by_test_id(opened)).to_be_visible()
        strict.keyboard.press("Escape")
        expect(strict.get_by_test_id(opened)).to_be_hidden()
    assert violations(strict) == []


def test_a_style_in_the_page_is_not_applied(browser: Browser, server: Server) -> None:
    page = browser.new_page(base_url=server.address)
    page.goto("/signin")
    page.evaluate("document.body.setAttribute('style', 'color: rgb(255, 0, 0)')")
    expect(page.locator("body")).not_to_have_css("color", "rgb(255, 0, 0)")
    page.close()


@pytest.mark.parametrize("path", ["/", "/account", "/api/v1/docs", "/shared/wrong", "/nowhere", "/admin/login/"])
def test_other_pages_are_shown_without_a_violation(strict: Page, path: str) -> None:
    strict.goto(path)
    strict.wait_for_load_state("networkidle")
    if path == "/api/v1/docs":
        expect(strict.locator(".opblock").first).to_be_visible()
        strict.locator(".opblock").first.click(timeout=60_000)  # the page is large
        expect(strict.locator(".opblock-body").first).to_be_visible()
    assert violations(strict) == []
