"""One server for all end-to-end tests of a process, and a browser."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from picking.science.imaging.write import write_mrc
from picking.science.simulate import SimulatedMicrograph, Simulation, simulate_micrograph
from tests.e2e.browser import launch
from tests.e2e.client import ApiPerson
from tests.e2e.server import BRIEF, PEOPLE, Server

SMALL = Simulation(width=1024, height=1024, pixel_size=3.0, particles=60, ice_crystals=3)
PATIENCE_MS = 20_000
"""How long a test waits for what it expects to see: other work may have the machine."""

LONG_FIRST = (
    "real_micrographs",
    "postgres_redis",
    "live_session",
    "command_line",
    "kill",
    "machine",
    "full_disk",
    "trainings",
    "two_browsers",
    "looks",
    "label_next",
    "api_examples",
    "averages",
    "undo",
    "tools",
    "sessions",
    "viewing",
    "presence",
    "long_names",
)
"""Files by how long they take, from a minute or two down to a quarter of one; the others are shorter."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A long file that comes last would keep one process busy while the others have nothing left to do."""
    places = {f"test_{name}.py": place for place, name in enumerate(LONG_FIRST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


@pytest.fixture(scope="session")
def data_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose files the server may use in place."""
    return tmp_path_factory.mktemp("roots")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, data_root: Path) -> Iterator[Server]:
    settings = {**BRIEF, "CRYOWEB_DATA_ROOTS": f"{data_root}=*"}
    server = Server(tmp_path_factory.mktemp("server") / "data", settings=settings)
    server.start("--no-demo")
    server.add_people(*PEOPLE)
    with closing(sqlite3.connect(server.database)) as here, closing(sqlite3.connect(first_database(server))) as there:
        here.backup(there)
    yield server
    server.kill()


def first_database(server: Server) -> Path:
    """A database with Anna, Ben and Eve and nothing else, for servers of single tests to start with."""
    return server.data.parent / "first.sqlite3"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def anna(playwright: Playwright, server: Server) -> ApiPerson:
    return ApiPerson(playwright, server.address, "anna")


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, SimulatedMicrograph]:
    """Three small simulated micrographs, as MRC files."""
    folder = tmp_path_factory.mktemp("simulated")
    made = {folder / f"small_{seed}.mrc": simulate_micrograph(SMALL, seed) for seed in range(3)}
    for file, micrograph in made.items():
        write_mrc(file, micrograph.pixels, SMALL.pixel_size)
    return made


@pytest.fixture(scope="session")
def imported(anna: ApiPerson, simulated: dict[Path, SimulatedMicrograph]) -> int:
    """A project with the small micrographs in it, which nobody touches: those of the tests are copies."""
    imported = anna.create_project("Imported", SMALL.diameter)
    for file in simulated:
        anna.upload(imported, file)
    anna.wait(imported, lambda snapshot: len(snapshot["micrographs"]) == len(simulated))
    return imported


COPY = """
import os, shutil, uuid
from picking import storage
from picking.models import Micrograph
for micrograph in Micrograph.objects.filter(project={imported}):
    old = storage.micrograph_folder({imported}, micrograph.key)
    micrograph.pk, micrograph.key, micrograph.project_id = None, uuid.uuid4(), {project}
    shutil.copytree(old, storage.micrograph_folder({project}, micrograph.key), copy_function=os.link)
    micrograph.save(force_insert=True)
"""


@pytest.fixture(scope="session")
def new_project(anna: ApiPerson, server: Server, imported: int) -> Callable[[], int]:
    """Makes a project of Anna's, with Ben as manager, and the small micrographs in it."""

    def make() -> int:
        project = anna.create_project("Small", SMALL.diameter)
        anna.post(f"/api/v1/projects/{project}/members", {"username": "ben", "role": "manager"})
        server.run(COPY.format(imported=imported, project=project))
        return project

    return make


@pytest.fixture
def project(server: Server, new_project: Callable[[], int]) -> Iterator[int]:
    """A project that no other test touches."""
    project = new_project()
    yield project
    server.give_up_validations()


def label_from_truth(person: ApiPerson, project: int, simulated: dict[Path, SimulatedMicrograph], each: int) -> None:
    """Puts `each` labels of each kind on every micrograph, where the truth has them."""
    ids = {micrograph["file_name"]: micrograph["id"] for micrograph in person.snapshot(project)["micrographs"]}
    for file, micrograph in simulated.items():
        truth = {
            "particle": micrograph.particles,
            "background": micrograph.background,
            "contamination": micrograph.contamination,
        }
        places = [(ids[file.name], kind, x, y) for kind, xy in truth.items() for x, y in xy[:each].tolist()]
        person.label(project, places)
