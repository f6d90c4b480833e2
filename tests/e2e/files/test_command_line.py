"""The whole job without a browser: the README's script, the notebook, and the client as each kind of member."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt

from cryoweb_client import CryoWeb, Label, NotSignedIn, Problem, Project
from picking.science.simulate import SimulatedMicrograph
from tests.e2e.server import ROOT, Server

NOTEBOOK = ROOT / "docs" / "examples" / "first_picks.ipynb"
DEMO = "Demo: simulated particles"


@pytest.fixture(scope="module")
def token(server: Server) -> str:
    """Anna's."""
    return token_of(server, "anna")


@pytest.fixture(scope="module")
def annas(server: Server, token: str) -> Iterator[CryoWeb]:
    """Anna's client."""
    with CryoWeb(server.address, token) as client:
        yield client


@pytest.fixture(scope="module")
def demo(server: Server, annas: CryoWeb) -> int:
    """The number of Anna's demo project."""
    server.manage("demo", "--user", "anna")
    return annas.project(DEMO).id


def token_of(server: Server, person: str, *options: str) -> str:
    return server.manage("make_token", person, *options).strip()


def script_of_the_readme() -> str:
    """The lines below “From a script”."""
    found = re.search(r"## From a script\n.*?```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert found is not None
    return found[1]


def run_script(script: str, folder: Path, **environment: str) -> str:
    """What it prints. `cryoweb` is the command of this copy of the client."""
    command = folder / "bin" / "cryoweb"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}/client" exec "{sys.executable}" -m cryoweb_client "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    own = {**environment, "PATH": path, "CRYOWEB_CONFIG": str(folder / "config.json")}
    done = subprocess.run(["sh", "-euc", script], cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_script_of_the_readme_does_the_whole_job(server: Server, demo: int, tmp_path: Path) -> None:
    script = script_of_the_readme()
    here = {
        ".venv/bin/python": f'"{sys.executable}"',
        "make_token admin": "make_token anna",
        "http://localhost:8000": server.address,
        "var/demo/1": f"{server.data}/demo/{demo}",
        "picks.zip": f"{tmp_path}/picks.zip",
    }
    for written, meant in here.items():
        assert written in script
        script = script.replace(written, meant)
    said = run_script(script, tmp_path, **server.environment)
    counts = dict(line.split("\t") for line in said.splitlines() if "\t" in line)
    assert len(counts) == 6
    assert min(map(int, counts.values())) > 20
    with zipfile.ZipFile(tmp_path / "picks.zip") as picks:
        assert sum(name.endswith("_autopick.star") for name in picks.namelist()) == 6


def test_the_notebook_runs_and_draws_its_picks(
    server: Server, token: str, demo: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    mpl.use("agg")
    monkeypatch.setenv("CRYOWEB_ADDRESS", server.address)
    monkeypatch.setenv("CRYOWEB_TOKEN", token)
    names: dict[str, Any] = {}
    for number, cell in enumerate(json.loads(NOTEBOOK.read_text())["cells"]):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
    assert set(names["picks"]) == {row["file_name"] for row in names["project"].micrographs()}
    (axes,) = plt.gcf().axes
    (drawn,) = axes.collections
    assert np.asarray(drawn.get_offsets()).shape == (len(names["of_one"]), 2)
    assert len(names["of_one"]) > 20
    assert axes.images[0].get_extent() == pytest.approx((-0.5, 2047.5, 2047.5, -0.5))
    plt.close("all")


def test_another_project_is_picked_with_its_networks_and_exported(
    annas: CryoWeb, demo: int, simulated: dict[Path, SimulatedMicrograph], tmp_path: Path
) -> None:
    trained = annas.project(demo)
    if trained.snapshot()["project"]["current_training"] is None:
        trained.train()
        trained.wait()
    project = annas.create_project("Taken over", 160.0)
    file = next(iter(simulated))
    assert project.upload([file]).sent == [file]
    assert project.wait() == []
    project.pick_with_networks_of(trained)
    project.wait()
    (picks,) = project.picks().values()
    (array,) = project.arrays().values()
    assert array.shape == (len(picks), 4)
    assert array[0].tolist() == list(picks[0])
    assert project.export("csv", tmp_path).name == "taken-over-csv.zip"
    again = project.upload([file])
    assert "already in the project" in again.skipped[file]


@pytest.fixture
def small(annas: CryoWeb, project: int) -> Project:
    """The small project, in which Ben is a manager."""
    return annas.project(project)


def test_labels_are_put_where_the_table_says(small: Project) -> None:
    put = small.label([Label("small_0.mrc", 100.5, 200.25), Label("small_1", 5, 6, "background")])
    assert put == (2, {})
    labels = small.snapshot()["labels"]
    assert sorted(zip(labels["kind"], labels["x"], labels["y"], strict=True)) == [
        ("background", 5.0, 6.0),
        ("particle", 100.5, 200.25),
    ]


def test_labels_outside_are_refused_in_the_servers_words(small: Project) -> None:
    applied, refused = small.label([Label("small_0", 5000, 5), Label("small_0", 500, 500)])
    assert applied == 1
    assert list(refused.values()) == [1]


def test_too_few_labels_for_a_training_are_said_by_the_server(small: Project) -> None:
    with pytest.raises(Problem, match="networks need at least"):
        small.train()


@pytest.mark.parametrize(
    ("person", "options", "status"),
    [("ben", ("--role", "viewer"), 403), ("eve", (), None), ("ben", (), 200)],
    ids=["a viewer's token", "an outsider", "a member"],
)
def test_a_token_does_what_its_person_and_its_role_may(
    server: Server, project: int, person: str, options: tuple[str, ...], status: int | None
) -> None:
    with CryoWeb(server.address, token_of(server, person, *options)) as client:
        if status is None:
            assert project not in [row["id"] for row in client.projects()]
            return
        there = client.project(project)
        if status == 200:
            assert there.label([Label("small_0", 10, 10)]).applied == 1
        else:
            with pytest.raises(Problem) as raised:
                there.label([Label("small_0", 10, 10)])
            assert raised.value.status == status


def test_a_wrong_token_is_said_with_where_to_get_another(server: Server) -> None:
    with pytest.raises(NotSignedIn, match="Access tokens"), CryoWeb(server.address, "cryoweb_no") as client:
        client.me()
