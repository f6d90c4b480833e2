"""What a new user meets: joining, the page of projects, the first micrographs, the gallery that opens and closes."""

from pathlib import Path
from urllib.parse import urlsplit

import mrcfile
import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import open_project, watch_shifts, window
from tests.e2e.client import ApiPerson
from tests.e2e.picked import add_picks
from tests.e2e.server import Server

FITS = """() => {
  const stage = document.querySelector('[data-testid=stage]').getBoundingClientRect()
  const [start, end] = [window.cryoweb.toPage(0, 0), window.cryoweb.toPage(1024, 1024)]
  const middle = [(start.x + end.x) / 2 - stage.x - stage.width / 2, (start.y + end.y) / 2 - stage.y - stage.height / 2]
  const fills = Math.max((end.x - start.x) / stage.width, (end.y - start.y) / stage.height)
  return Math.abs(fills - 1) < 0.01 && middle.every(off => Math.abs(off) < 3)
}"""


def send_without_pixel_size(anna: ApiPerson, project: int, folder: Path) -> None:
    file = folder / "no_pixel_size.mrc"
    with mrcfile.new(file, overwrite=True) as mrc:
        mrc.set_data(np.random.default_rng(0).normal(size=(1024, 1024)).astype(np.float32))
    anna.upload(project, file)
    anna.wait(project, lambda snapshot: len(snapshot["micrographs"]) == 1)


@pytest.mark.parametrize("while_open", [True, False])
def test_the_question_for_the_pixel_size_moves_nothing_and_the_micrograph_is_fitted_before_and_after(
    browser: Browser, server: Server, anna: ApiPerson, tmp_path: Path, while_open: bool
) -> None:
    project = anna.create_project("No pixel size", 150.0)
    if not while_open:
        send_without_pixel_size(anna, project, tmp_path)
    with window(browser, server.address, "anna") as page:
        page.goto(f"/projects/{project}")
        if while_open:
            page.wait_for_function("window.cryoweb && window.cryoweb.connection === 'live'")
            send_without_pixel_size(anna, project, tmp_path)
        page.wait_for_function("window.cryoweb && window.cryoweb.ready")
        field = page.get_by_test_id("banner-pixel-size")
        expect(field).to_have_attribute("placeholder", "Å per pixel")
        expect(page.get_by_test_id("pixel-size")).to_have_text("pixel size unknown")
        page.wait_for_function(FITS)
        before = page.get_by_test_id("stage").bounding_box()
        watch_shifts(page, ".banner")
        field.fill("1.2")
        field.press("Enter")
        expect(page.get_by_test_id("pixel-size-banner")).to_have_count(0)
        expect(page.get_by_test_id("pixel-size")).to_have_text("1.2 Å/px")
        page.wait_for_function(FITS)
        assert page.get_by_test_id("stage").bounding_box() == before
        assert [shift for shift in page.evaluate("shifted") if "stage" in shift] == []


def test_a_number_from_single_precision_is_shown_as_a_person_would_write_it(
    browser: Browser, server: Server, anna: ApiPerson, simulated: dict[Path, SimulatedMicrograph], tmp_path: Path
) -> None:
    project = anna.create_project("Single precision", 150.0)
    file = tmp_path / "single.mrc"
    with mrcfile.new(file) as mrc:
        mrc.set_data(next(iter(simulated.values())).pixels)
        mrc.voxel_size = 1.2
    anna.upload(project, file)
    anna.wait(project, lambda snapshot: len(snapshot["micrographs"]) == 1)
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        expect(page.get_by_test_id("pixel-size")).to_have_text("1.2 Å/px")


def test_escape_closes_the_gallery_wherever_the_focus_is(browser: Browser, server: Server, project: int) -> None:
    add_picks(server, project, [(200.0, 200.0, 0.9, 0.1)])
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        for focus in ("stage", "crops", "crop-size", "open-plane", "threshold-particle", "gamma", "body"):
            page.keyboard.press("Shift+G")
            expect(page.get_by_test_id("crop")).to_have_count(1)
            page.locator("body" if focus == "body" else f"[data-testid={focus}]").evaluate("element => element.focus()")
            page.keyboard.press("Escape")
            expect(page.get_by_test_id("gallery"), f"with the focus on {focus}").to_have_count(0)


def test_an_open_gallery_stays_with_its_project(
    browser: Browser, server: Server, anna: ApiPerson, project: int
) -> None:
    empty = anna.create_project("Nothing in it", 150.0)
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        page.keyboard.press("Shift+G")
        expect(page.get_by_test_id("gallery")).to_be_visible()
        page.goto(f"/projects/{empty}")
        expect(page.get_by_test_id("project-page")).to_be_visible()
        expect(page.get_by_test_id("gallery")).to_have_count(0)
        open_project(page, project)
        expect(page.get_by_test_id("gallery")).to_be_visible()


def test_crops_are_filtered_until_the_switch_says_raw_and_stay_so(
    browser: Browser, server: Server, project: int
) -> None:
    add_picks(server, project, [(200.0, 200.0, 0.9, 0.1)])
    with window(browser, server.address, "anna") as page:
        open_project(page, project)
        with page.expect_response("**/crops/*/smooth/*.jpg") as smooth:
            page.keyboard.press("Shift+G")
        assert smooth.value.ok
        bar = page.locator(".gallery-bar").bounding_box()
        assert bar is not None and bar["height"] < 50  # all in one row
        page.get_by_test_id("crop-smooth").click()
        expect(page.locator("[data-testid=crop][data-loaded=true]")).to_have_count(1)
        open_project(page, project)
        expect(page.get_by_test_id("crop-smooth")).to_have_attribute("aria-pressed", "false")


def test_the_page_of_projects_shows_what_is_in_each_and_finds_it(
    browser: Browser, server: Server, anna: ApiPerson, project: int
) -> None:
    add_picks(server, project, [(200.0, 200.0, 0.9, 0.1), (400.0, 200.0, 0.1, 0.1)])
    anna.patch(f"/api/v1/projects/{project}", {"name": "Thermosome, grid 3"})
    with window(browser, server.address, "anna") as page:
        page.goto("/")
        card = page.get_by_test_id("project-card").first  # changed last
        expect(card.get_by_role("heading")).to_have_text("Thermosome, grid 3")
        expect(card).to_contain_text("3 micrographs")
        expect(card.get_by_test_id("card-picks")).to_have_text("3 picks")
        expect(card.get_by_test_id("card-when")).to_contain_text("by anna")
        cover = card.get_by_test_id("card-cover")
        cover.evaluate("image => image.decode()")
        assert cover.evaluate("image => image.naturalWidth") > 0
        page.get_by_test_id("search-projects").fill("thermo")
        expect(page.get_by_test_id("project-card")).to_have_count(1)
        page.get_by_test_id("search-projects").fill("no such thing")
        expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
        page.get_by_role("button", name="Show all projects").click()
        expect(page.get_by_test_id("project-card").first).to_be_visible()
        page.get_by_test_id("sort-projects").select_option("name")
        names = page.locator("[data-testid=projects] h2").all_text_contents()
        assert names == sorted(names, key=str.lower)


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)


def test_a_form_checks_what_is_typed_and_the_server_has_the_last_word(
    browser: Browser, server: Server, anna: ApiPerson, project: int
) -> None:
    url = anna.post(f"/api/v1/projects/{project}/invitations", {"role": "viewer"})["url"]
    context = browser.new_context(base_url=server.address)
    page = context.new_page()
    page.goto(urlsplit(url).path)
    error = page.locator("#id_password1_error")
    fill(page, "Name", "new person")
    fill(page, "Password", "short")
    expect(page.locator("#id_username_error")).to_contain_text("without spaces")
    expect(error).to_be_empty()  # while one is still typing
    page.keyboard.press("Tab")
    expect(error).to_have_text("Too short: 3 more characters.")
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("aria-invalid", "true")
    fill(page, "Password", "password1")
    expect(error).to_be_empty()
    expect(page.locator("#id_password1_helptext")).to_have_class("form-hint form-met")
    fill(page, "Name", "newcomer")
    fill(page, "Repeat password", "password1")
    page.get_by_role("button").click()
    expect(error).to_have_text("This password is too common.")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    fill(page, "Password", "a long way to Basel")
    fill(page, "Repeat password", "a long way to Basel")
    page.get_by_role("button").click()
    expect(page.get_by_test_id("project-page")).to_be_visible()
    context.close()


def test_who_renames_a_project_changes_neither_its_diameter_nor_its_pixel_size(
    browser: Browser, server: Server, anna: ApiPerson
) -> None:
    project = anna.create_project("Exact", 150.123456, pixel_size=1.06512345)
    with window(browser, server.address, "anna") as page:
        page.goto(f"/projects/{project}")
        page.get_by_test_id("open-settings").click()
        expect(page.get_by_test_id("settings-pixel-size")).to_have_value("1.0651")
        page.get_by_test_id("settings-name").fill("Renamed")
        with page.expect_request("**/api/v1/projects/*") as sent:
            page.get_by_test_id("save-settings").click()
        assert sent.value.post_data_json == {"name": "Renamed"}


def test_settings_saved_from_the_list_of_projects_leave_a_suggested_diameter_suggested(
    browser: Browser, server: Server, anna: ApiPerson
) -> None:
    project = anna.create_project("Suggested", 150.123456)
    server.run(
        f"from picking.models import Project\nProject.objects.filter(pk={project}).update(diameter_provisional=True)"
    )
    with window(browser, server.address, "anna") as page:
        page.goto("/")
        page.get_by_test_id("project-card").filter(has_text="Suggested").get_by_test_id("card-settings").click()
        page.get_by_test_id("settings-name").fill("Still suggested")
        page.get_by_test_id("save-settings").click()
        expect(page.get_by_test_id("project-card").filter(has_text="Still suggested")).to_be_visible()
    saved = anna.snapshot(project)["project"]
    assert (saved["particle_diameter"], saved["diameter_provisional"]) == (150.123456, True)
