"""The bigger installation: PostgreSQL, Redis, and two web servers side by side. Environment variables only."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import redis
from playwright.sync_api import Browser, Playwright

from picking.management.commands.serve import worker
from picking.science.simulate import SimulatedMicrograph
from tests.e2e.browser import click_at, side_by_side, wait_until_held
from tests.e2e.client import ApiPerson, all_picked
from tests.e2e.conftest import SMALL, label_from_truth
from tests.e2e.server import BRIEF, ROOT, Server, free_port
from tests.e2e.test_live_session import content

POSTGRES = os.environ.get("CRYOWEB_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
REDIS = os.environ.get("CRYOWEB_TEST_REDIS", "redis://127.0.0.1:6379/9")


def missing() -> str:
    """Why these tests cannot run here; empty when they can."""
    try:
        psycopg.connect(f"{POSTGRES}/postgres", connect_timeout=2).close()
    except psycopg.Error:
        return f"needs a PostgreSQL server at {POSTGRES} (CRYOWEB_TEST_POSTGRES names another)"
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping()
    except redis.RedisError:
        return f"needs a Redis server at {REDIS} (CRYOWEB_TEST_REDIS names another)"
    return ""


pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "never")


@dataclass
class Pair:
    """Two web servers of one installation."""

    first: Server
    second: str


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, data_root: Path) -> Iterator[Pair]:
    name = f"cryoweb_test_{uuid4().hex[:12]}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        settings = {**BRIEF, "CRYOWEB_DATABASE_URL": f"{POSTGRES}/{name}", "CRYOWEB_REDIS_URL": REDIS}
        settings["CRYOWEB_DATA_ROOTS"] = str(data_root)
        first = Server(tmp_path_factory.mktemp("pair") / "data", settings=settings)
        first.start("--no-demo")
        first.add_people("anna", "ben")
        port = free_port()
        other = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "uvicorn",
                "cryoweb.asgi:application",
                "--port",
                str(port),
                "--log-level",
                "warning",
            ],
            cwd=ROOT,
            env=first.environment,
        )
        wait_for(f"http://localhost:{port}/health")
        yield Pair(first, f"http://localhost:{port}")
        other.terminate()
        other.wait(20)
        first.stop()
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_people_on_two_web_servers_label_together_train_and_see_the_picks(
    pair: Pair, playwright: Playwright, browser: Browser, simulated: dict[Path, SimulatedMicrograph]
) -> None:
    api = ApiPerson(playwright, pair.second, "anna")
    project = api.create_project("Together", SMALL.diameter)
    api.post(f"/api/v1/projects/{project}/members", {"username": "ben", "role": "annotator"})
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
