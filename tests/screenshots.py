"""`make screenshots`: walks a first-time user through the README's quick start and takes its pictures."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.browser import launch
from tests.e2e.server import ROOT, Server

IMAGES = ROOT / "docs" / "images"
LEARNING = "Number(document.querySelector('[data-testid=loss-plot]')?.dataset.points) > 25"
READY = "window.cryoweb && window.cryoweb.ready && window.cryoweb.connection === 'live'"


def picture(page: Page, name: str) -> None:
    page.wait_for_timeout(800)  # tiles fade in
    page.screenshot(path=IMAGES / f"{name}.jpg", type="jpeg", quality=82)
    print(f"docs/images/{name}.jpg")


def walk(page: Page, link: str) -> None:
    """The quick start: sign in, open the demo, train, look at the picks, download."""
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_test_id("project-card").first.wait_for()
    picture(page, "projects")
    page.get_by_test_id("project-card").first.get_by_role("link").first.click()
    page.wait_for_function(READY)
    picture(page, "labels")
    page.get_by_test_id("train").click()
    page.locator("[data-testid=show-losses]:enabled").click(timeout=120_000)
    page.wait_for_function(LEARNING, timeout=120_000)
    picture(page, "training")
    page.wait_for_function("window.cryoweb.held.final > 20", timeout=180_000)
    page.get_by_test_id("picking").wait_for(state="detached", timeout=120_000)
    picture(page, "picks")
    page.get_by_test_id("open-export").click()
    picture(page, "download")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data")
        link = server.start()
        browser = launch(playwright)
        walk(browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="dark"), link)
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
