"""`make screenshots`: walks a first-time user through the README's quick start and takes its pictures."""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.browser import click_at, launch, open_project, point_at, window
from tests.e2e.server import ROOT, Server

IMAGES = ROOT / "docs" / "images"
LEARNING = "Number(document.querySelector('[data-testid=loss-plot]')?.dataset.points) > 25"
JOIN = """
from picking.actions.projects.members import add_member
from picking.models import Project, Role, User
project = Project.objects.get()
for name, role in (("anna", Role.MANAGER), ("ben", Role.ANNOTATOR)):
    add_member(project.pk, User.objects.filter(is_superuser=True).get(), name, role)
"""
DARK: dict[str, Any] = {"color_scheme": "dark", "bypass_csp": True}
"""Playwright's `wait_for_function` evaluates text, which the pages' policy forbids."""
READY = "window.cryoweb && window.cryoweb.ready && window.cryoweb.connection === 'live'"


def picture(page: Page, name: str) -> None:
    page.wait_for_timeout(800)  # tiles fade in
    page.screenshot(path=IMAGES / f"{name}.jpg", type="jpeg", quality=82)
    print(f"docs/images/{name}.jpg")


def walk(page: Page, link: str) -> None:
    """The quick start: sign in, open the demo, train, look at the picks and their averages, download."""
    page.goto(link)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_test_id("project-card").first.wait_for()
    picture(page, "projects")
    page.get_by_test_id("project-card").first.get_by_role("link").first.click()
    page.wait_for_function(READY)
    picture(page, "labels")
    page.get_by_test_id("train").click()
    page.locator("[data-testid=show-losses]:enabled").click(timeout=120_000)
    page.wait_for_function(LEARNING, timeout=120_000)
    picture(page, "training")
    page.get_by_test_id("first-guess").wait_for(state="detached", timeout=180_000)
    page.wait_for_timeout(2000)  # until its picking has begun
    page.get_by_test_id("picking").wait_for(state="detached", timeout=120_000)
    picture(page, "picks")
    page.keyboard.press("Shift+L")
    page.get_by_test_id("sort-picks").click()
    page.get_by_test_id("sort-again").wait_for(timeout=180_000)
    picture(page, "averages")
    page.keyboard.press("Escape")
    page.get_by_test_id("open-export").click()
    picture(page, "download")


def work_together(browser: Browser, server: Server) -> None:
    """Two people on the demo: Ben labels and points at something; Anna sees him, and what both have done."""
    server.add_people("anna", "ben")
    server.run(JOIN)
    with (
        window(browser, server.address, "anna", **DARK) as anna,
        window(browser, server.address, "ben", **DARK) as ben,
    ):
        open_project(anna, 1)
        open_project(ben, 1)
        for page in (anna, ben):
            page.get_by_test_id("side-queue").click()
            page.get_by_test_id("queue-next").click()
        anna.get_by_test_id("queue-done").click()
        anna.wait_for_timeout(1500)  # until it is told where Ben is
        anna.get_by_test_id("go-to-ben").click()
        ben.keyboard.press("+")
        ben.keyboard.press("p")
        for x, y in ((520.0, 470.0), (610.0, 380.0), (450.0, 610.0)):
            click_at(ben, x, y)
        comment(anna, "@ben is this one ice?")
        anna.get_by_test_id("side-queue").click()
        point_at(ben, 560.0, 520.0)
        picture(anna, "together")
        anna.get_by_test_id("side-history").click()
        point_at(ben, 570.0, 500.0)
        picture(anna, "history")


def comment(page: Page, text: str) -> None:
    point_at(page, 640.0, 560.0)
    page.keyboard.press("j")
    page.get_by_test_id("new-comment").fill(text)
    page.keyboard.press("Control+Enter")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data", settings={"CRYOWEB_FIRST_GUESS": "1"})
        link = server.start()
        browser = launch(playwright)
        walk(browser.new_page(viewport={"width": 1440, "height": 900}, **DARK), link)
        work_together(browser, server)
        browser.close()
        server.stop()


if __name__ == "__main__":
    main()
