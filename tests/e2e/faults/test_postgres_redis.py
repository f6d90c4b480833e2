"""The bigger installation: PostgreSQL, Redis, and two web servers side by side. Environment variables only."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from picking.science.simulate import SimulatedMicrograph
from picking.server.worker import worker
from tests.e2e.browser import click_at, side_by_side, wait_until_held
from tests.e2e.client import ApiPerson, all_picked
from tests.e2e.conftest import SMALL, label_from_truth
from tests.e2e.labelling.test_live_session import content
from tests.e2e.labelling.test_queue import RACE
from tests.e2e.server import BRIEF, ROOT
from tests.e2e.servers import Pair, missing, pair_of_servers

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "never")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, data_root: Path) -> Iterator[Pair]:
    settings = {**BRIEF, "CRYOWEB_DATA_ROOTS": f"{data_root}=*"}
    with pair_of_servers(tmp_path_factory.mktemp("pair") / "data", **settings) as pair:
        pair.first.add_people("anna", "ben")
        yield pair


def test_people_on_two_web_servers_label_together_train_and_see_the_picks(
    pair: Pair, playwright: Playwright, browser: Browser, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    api = ApiPerson(playwright, pair.second, "anna")
    project = api.create_project("Together", SMALL.diameter)
    api.post(f"/api/v1/projects/{project}/members", {"username": "ben", "role": "manager"})
    for file in simulated:
        api.upload(project, file)
    api.wait(project, lambda snapshot: len(snapshot["micrographs"]) == len(simulated))
    with side_by_side(browser, project, pair.first.address, pair.second) as (anna, ben):
        anna.keyboard.press("p")
        click_at(anna, 512.0, 512.0)
        wait_until_held(ben, "labels", 1)
        ben.keyboard.press("b")
        click_at(ben, 40.0, 40.0)
        wait_until_held(anna, "labels", 2)
        label_from_truth(api, project, simulated, each=5)
        api.post(f"/api/v1/projects/{project}/trainings", {})
        for page in (anna, ben):
            page.wait_for_function("window.cryoweb.held.final > 20", timeout=300_000)
    assert all_picked(api.wait(project, all_picked))


def test_of_several_workers_one_queues_the_training_that_is_due(
    pair: Pair, playwright: Playwright, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    api = ApiPerson(playwright, pair.second, "anna")
    project = api.create_project("Kept", SMALL.diameter)
    for file in simulated:
        api.upload(project, file)
    api.wait(project, lambda snapshot: len(snapshot["micrographs"]) == len(simulated))
    api.patch(f"/api/v1/projects/{project}", {"keep_training": True})
    with more_importers(pair, 3):
        label_from_truth(api, project, simulated, each=5)
        assert len(api.wait(project, all_picked)["trainings"]) == 1


@contextmanager
def more_importers(pair: Pair, number: int) -> Iterator[None]:
    commands = [worker(f"import{number}", "import") for number in range(number)]
    workers = [subprocess.Popen(command, cwd=ROOT, env=pair.first.environment) for command in commands]
    try:
        yield
    finally:
        for process in workers:
            process.terminate()
            process.wait(20)


def test_several_workers_watch_a_folder_and_import_each_file_once_across_a_restart(
    pair: Pair, playwright: Playwright, data_root: Path
) -> None:
    session = data_root / "postgres"
    session.mkdir()
    api = ApiPerson(playwright, pair.second, "anna")
    project = api.create_project("Live", SMALL.diameter)
    whole = [content(session, seed) for seed in range(60, 66)]
    with more_importers(pair, 1):
        watched = api.post(f"/api/v1/projects/{project}/watched", {"path": str(session)})["id"]
        for number in range(3):
            (session / f"live_{number}.mrc").write_bytes(whole[number])
        (session / "slow.mrc").write_bytes(whole[3][:-100])
        api.wait(project, lambda snapshot: snapshot["watched"][0]["imported"] == 3)
        assert "truncated" in str(api.get(f"/api/v1/projects/{project}/watched/{watched}")["waiting"])
        (session / "slow.mrc").write_bytes(whole[3])
        api.wait(project, lambda snapshot: snapshot["watched"][0]["imported"] == 4)
    pair.first.stop()
    for number in range(2):
        (session / f"down_{number}.mrc").write_bytes(whole[4 + number])
    pair.first.start("--no-demo")
    snapshot = api.wait(project, lambda snapshot: snapshot["watched"][0]["imported"] == 6)
    names = [micrograph["name"] for micrograph in snapshot["micrographs"]]
    assert names == ["down_0", "down_1", "live_0", "live_1", "live_2", "slow"]


def test_who_presses_next_at_the_same_moment_gets_different_ones(pair: Pair) -> None:
    pair.first.run(RACE.format(database="postgresql"))
