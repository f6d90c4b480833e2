"""What people see: axe finds nothing serious in either theme, screens of all sizes are used, the theme is kept."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import click_at, open_project, window
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks
from tests.e2e.server import ROOT, Server

AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
FINDINGS = """async rules => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}"""
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Of the surfaces, those without anything on them keep their first size.
FINE = """() => {
  const scales = [...document.querySelectorAll('.stage-surface')].map(one => one.width / one.clientWidth)
  return Math.abs(Math.max(...scales) - 2) < 0.01
}"""
GROUND = "getComputedStyle(document.body).backgroundColor"
OUT_OF_SIGHT = """[...document.querySelectorAll('button, select, input, h1, h2, output')].filter(element => {
  const { left, right, width } = element.getBoundingClientRect()
  return width > 1 && element.checkVisibility() && (left < 0 || right > innerWidth)
}).map(element => element.outerHTML)"""


@pytest.fixture(scope="module")
def looked_at(server: Server, anna: ApiPerson, new_project: Callable[[], int]) -> int:
    """A project with labels of each kind, picks, and a note on its first micrograph."""
    project = new_project()
    rows = anna.snapshot(project)["micrographs"]
    kinds = ("particle", "background", "contamination")
    anna.label(project, [(rows[0]["id"], kind, 300.0 + 200 * i, 600.0) for i, kind in enumerate(kinds)])
    anna.patch(f"/api/v1/micrographs/{rows[0]['id']}", {"flagged": True, "note": "Astigmatic"})
    place = {"micrograph": rows[0]["id"], "x": 500.0, "y": 800.0}
    anna.post(f"/api/v1/projects/{project}/comments", {"text": "@ben https://emdb-empiar.org ?", **place})
    anna.post(f"/api/v1/projects/{project}/queue/next", {})
    add_picks(server, project, [(100.0 + 80 * i, 300.0, 0.05 + 0.1 * i, 0.95 - 0.1 * i) for i in range(10)])
    return project


@pytest.fixture(scope="module")
def page(server: Server, browser: Browser, looked_at: int) -> Iterator[Page]:
    """Anna's window with the project open."""
    with window(browser, server.address, "anna", reduced_motion="reduce") as page:
        open_project(page, looked_at)
        yield page


def findings(page: Page) -> str:
    """What axe holds to be serious or critical: by all its rules in the light theme, by contrast in the dark one."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE.read_text()}\n;undefined")  # a script in the page would not be allowed
    page.emulate_media(color_scheme="light")
    found: list[str] = page.evaluate(FINDINGS)
    page.emulate_media(color_scheme="dark")
    return "\n".join(found + page.evaluate(FINDINGS, ["color-contrast"]))


@pytest.mark.parametrize(
    ("how", "what"),
    [
        ("v", "stage"),
        ("Control+a", "selection"),
        ("w", "walk"),
        ("e", "tool-options"),
        ("?", "keys"),
        ("t", "trainings"),
        ("Shift+T", "spectrum"),
        ("Shift+O", "overview"),
        ("click me", "theme-dark"),
        ("click side-people", "members"),
        ("click side-queue", "queue-share"),
        ("click side-comments", "thread"),
        ("click comment-project", "new-comment"),
        ("click open-settings", "save-settings"),
        ("click open-export", "export"),
        ("click open-folders", "folders"),
        ("click micrograph-settings", "save-micrograph"),
        ("click open-deleted", "delete-hint"),
        ("Shift+S", "score-plane"),
    ],
)
def test_axe_in_a_project(page: Page, how: str, what: str) -> None:
    if how.startswith("click "):
        page.get_by_test_id(how.removeprefix("click ")).first.click()
    else:
        page.keyboard.press(how)
    expect(page.get_by_test_id(what).first).to_be_visible()
    found = findings(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("dialog, :popover-open")).to_have_count(0)
    assert found == ""


def test_axe_on_the_page_of_projects(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_test_id("project-card").first).to_be_visible()
    assert findings(page) == ""
    page.get_by_test_id("new-project").click()
    assert findings(page) == ""


@pytest.mark.parametrize("path", ["/signin", "/account", "/join/{token}", "/projects/{empty}"])
def test_axe_before_there_is_anything(
    browser: Browser, server: Server, anna: ApiPerson, looked_at: int, path: str
) -> None:
    url = anna.post(f"/api/v1/projects/{looked_at}/invitations", {"role": "viewer"})["url"]
    empty = anna.create_project("Empty", 200.0)
    with window(browser, server.address, "anna", reduced_motion="reduce") as page:
        if path in ("/signin", "/join/{token}"):
            page.context.clear_cookies()
        page.goto(path.format(token=url.rstrip("/").split("/")[-1], empty=empty))
        expect(page.get_by_role("heading").first).to_be_visible()
        assert findings(page) == ""


def test_nothing_lies_beyond_the_edge_of_the_screen(page: Page, looked_at: int) -> None:
    page.goto("/")
    expect(page.get_by_test_id("project-card").first).to_be_visible()
    assert out_of_sight(page) == {}
    page.evaluate("localStorage.clear()")  # the gallery may have been left open, and comes late
    open_project(page, looked_at)
    page.keyboard.press("Shift+S")
    expect(page.get_by_test_id("score-plane")).to_be_visible()
    assert out_of_sight(page) == {}


def out_of_sight(page: Page) -> dict[int, list[str]]:
    """What lies beyond the edge of the window, by its width."""
    found = {}
    for width, height in ((768, 1024), (1024, 768), (1280, 800), (1920, 1080), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(DRAWN)
        if beyond := page.evaluate(OUT_OF_SIGHT):
            found[width] = beyond
    return found


def test_on_a_fine_screen_marks_are_fine_and_lie_where_they_are_clicked(
    browser: Browser, server: Server, looked_at: int
) -> None:
    with window(browser, server.address, "anna", device_scale_factor=2) as page:
        open_project(page, looked_at)
        page.wait_for_function(FINE)
        click_at(page, 300.0, 600.0)
        expect(page.get_by_test_id("selection")).to_contain_text("Particle by anna")


def test_the_first_tab_leads_past_the_panels_to_the_micrograph(page: Page, looked_at: int) -> None:
    open_project(page, looked_at)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stage")).to_be_focused()


def test_the_theme_chosen_is_that_of_every_page(browser: Browser, server: Server) -> None:
    with window(browser, server.address, "ben", color_scheme="dark") as page:
        page.goto("/")
        dark = page.evaluate(GROUND)
        page.get_by_test_id("me").click()
        page.get_by_test_id("theme-light").click()
        light = page.evaluate(GROUND)
        assert light != dark
        page.goto("/account")
        assert page.evaluate(GROUND) == light
        page.goto("/")
        page.get_by_test_id("me").click()
        page.get_by_test_id("theme-system").click()
        page.reload()
        assert page.evaluate(GROUND) == dark
