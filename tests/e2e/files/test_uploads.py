"""Bringing files in through the page: which is which, and what is left out."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.accounts.test_long_names import END_IS_SEEN
from tests.e2e.browser import hold, window
from tests.e2e.client import ApiPerson
from tests.e2e.conftest import SMALL
from tests.e2e.server import Server


@pytest.fixture(scope="module")
def session(data_root: Path, simulated: dict[Path, object]) -> Path:
    """Two grids with a micrograph of the same name each, and what else lies in such folders."""
    session = data_root / "session"
    for grid, file in zip(("gridA", "gridB"), simulated, strict=False):
        (session / grid).mkdir(parents=True)
        shutil.copyfile(file, session / grid / "mic_001.mrc")
    (session / "gridA" / "._mic_001.mrc").write_bytes(b"x")
    (session / "gridA" / "mic_001.jpg").write_bytes(b"x")
    (session / "gridB" / "gone.mrc").symlink_to("/nowhere/gone.mrc")
    (session / "notes.txt").write_text("x")
    return session


@pytest.fixture
def new(anna: ApiPerson) -> int:
    return anna.create_project("New", SMALL.diameter)


def open_empty(page: Page, project: int) -> None:
    page.goto(f"/projects/{project}")
    expect(page.get_by_test_id("add-micrographs")).to_be_visible()


def open_folder(page: Page, project: int, folder: Path) -> None:
    """A folder of the server, to be chosen from."""
    open_empty(page, project)
    page.get_by_test_id("open-folders").click()
    page.locator(f"[data-path='{folder}']").click()


def drop(page: Page, path: Path) -> None:
    """Drops a file or folder of this machine in the middle of the page."""
    devtools = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
        devtools.send("Input.dispatchDragEvent", {"type": kind, "x": 700, "y": 400, "data": data})


def expect_names(page: Page, *names: str) -> None:
    for name in names:
        expect(page.locator(f"[data-testid=micrograph][data-name='{name}']")).to_be_visible(timeout=60_000)
    expect(page.get_by_test_id("micrograph")).to_have_count(len(names))


def test_a_folder_of_the_server_is_added_with_its_subfolders(
    server: Server, browser: Browser, new: int, session: Path
) -> None:
    with window(browser, server.address, "anna") as page:
        open_folder(page, new, session.parent)
        page.locator(f"[data-path='{session}']").click()
        expect(page.get_by_test_id("import-folder")).to_be_disabled()
        page.get_by_test_id("subfolders").check()
        expect(page.get_by_test_id("folder-count")).to_contain_text("2 micrographs")
        left_out = page.get_by_test_id("folder-left-out")
        for name in ("gridA/mic_001.jpg", "gridB/gone.mrc", "notes.txt"):
            expect(left_out).to_contain_text(name)
        expect(left_out).not_to_contain_text("._mic")
        page.get_by_test_id("import-folder").click()
        expect_names(page, "gridA/mic_001", "gridB/mic_001")


def test_subfolders_chosen_while_a_folder_opens_are_those_of_that_folder(
    server: Server, browser: Browser, new: int, session: Path
) -> None:
    with window(browser, server.address, "anna") as page:
        open_folder(page, new, session.parent)
        late = hold(page, re.compile(r"/folders\?.*session"))
        page.locator(f"[data-path='{session}']").click()
        page.get_by_test_id("subfolders").check()
        expect(page.get_by_test_id("folder-count")).to_contain_text("2 micrographs")
        late[0].continue_()
        page.wait_for_load_state("networkidle")
        expect(page.get_by_test_id("folder-count")).to_contain_text("2 micrographs")


def test_the_micrographs_of_a_list_are_added_with_their_ctf_and_what_is_not_there_is_named(
    server: Server, browser: Browser, new: int, session: Path
) -> None:
    columns = ("MicrographName", "MicrographPixelSize", "DefocusU", "Voltage", "SphericalAberration")
    head = "".join(f"_rln{column}\n" for column in (*columns, "AmplitudeContrast"))
    rows = "".join(f"{name} 3.0 15000 300 2.7 0.1\n" for name in ("gridA/mic_001.mrc", "gridC/mic_9.mrc"))
    (session / "CtfFind").mkdir()
    (session / "CtfFind" / "micrographs_ctf.star").write_text(f"data_\nloop_\n{head}{rows}")
    with window(browser, server.address, "anna") as page:
        open_empty(page, new)
        page.get_by_test_id("open-folders").click()
        page.get_by_test_id("folder-path").fill(str(session / "CtfFind"))
        page.get_by_test_id("folder-go").click()
        page.locator(f"[data-path='{session / 'CtfFind' / 'micrographs_ctf.star'}']").click()
        expect(page.get_by_test_id("folder-count")).to_contain_text("1 micrograph")
        expect(page.get_by_test_id("folder-notes")).to_contain_text("CTF values come with 1 of 1")
        expect(page.get_by_test_id("folder-left-out")).to_contain_text("gridC/mic_9.mrc")
        page.get_by_test_id("import-folder").click()
        expect(page.get_by_test_id("folder-added")).to_contain_text("1 micrograph queued")
        page.get_by_test_id("folder-done").click()
        expect_names(page, "mic_001")
    shutil.rmtree(session / "CtfFind")


def test_a_folder_of_ones_own_is_dropped_and_what_is_there_is_not_sent_again(
    server: Server, browser: Browser, new: int, session: Path
) -> None:
    with window(browser, server.address, "anna") as page:
        open_empty(page, new)
        (session / "gridA" / "mic_001.box").write_text("100\t100\t40\t40\n")
        (session / "notes.txt").rename(session / "notes.md")
        drop(page, session)
        expect_names(page, "gridA/mic_001", "gridB/mic_001")
        expect(page.get_by_test_id("left-out")).to_contain_text("notes.md")
        expect(page.get_by_test_id("offered-coordinates")).to_contain_text("1 coordinate file")
        page.get_by_test_id("import-offered").click()
        expect(page.get_by_test_id("import-format")).to_have_value("eman_box")
        (session / "gridA" / "mic_001.box").unlink()
        (session / "notes.md").rename(session / "notes.txt")
        page.get_by_test_id("file-input").set_input_files(session / "gridA" / "mic_001.mrc")
        expect(page.get_by_test_id("left-out")).to_contain_text("Already in the project (1): mic_001.mrc")
        expect_names(page, "gridA/mic_001", "gridB/mic_001")


def test_files_whose_folders_are_not_known_are_numbered(
    server: Server, browser: Browser, new: int, session: Path
) -> None:
    with window(browser, server.address, "anna") as page:
        open_empty(page, new)
        for grid in ("gridA", "gridB"):
            page.get_by_test_id("file-input").set_input_files(session / grid / "mic_001.mrc")
        expect_names(page, "mic_001", "mic_001 (2)")


def test_rows_show_the_end_of_a_long_name_and_the_folders_that_differ(
    server: Server, browser: Browser, new: int, anna: ApiPerson
) -> None:
    for grid in ("gridA", "gridB"):
        wanted = {"name": f"{'FoilHole_1920_' * 8}001.mrc", "folder": f"session/{grid}", "size": 10}
        anna.post(f"/api/v1/projects/{new}/uploads", wanted)
    with window(browser, server.address, "anna") as page:
        open_empty(page, new)
        names = page.locator("[data-testid=unfinished] .row-name")
        expect(names).to_have_count(2)
        assert [name.inner_text().split("/")[0] for name in names.all()] == ["gridA", "gridB"]
        assert all(name.evaluate(END_IS_SEEN) for name in names.all())
