"""What each command does."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cryoweb_client import snapshots
from cryoweb_client.errors import CryoWebError
from cryoweb_client.incoming import say
from cryoweb_client.labels import ids_by_name, read_labels
from cryoweb_client.progress import bar
from cryoweb_client.project import Project
from cryoweb_client.server import CryoWeb

CONVERT = "picking.science.convert"
COPY = Path(__file__).resolve().parents[2]
"""Of CryoWeb, where the client was installed from it with `pip install -e`."""


def projects(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        for row in server.projects():
            print(f"{row['id']}\t{row['name']}\t{row['micrographs']} micrographs\t{row['picks']} picks")


def comments(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        project = server.project(asked.project)
        names = {row["id"]: row["name"] for row in project.micrographs()}
        for row in project.comments(resolved=asked.resolved):
            place = "" if row["x"] is None else f" {row['x']:.0f}, {row['y']:.0f}"
            where = f"{names.get(row['micrograph'], 'project')}{place}"
            said = " ".join(row["text"].split()) or "(deleted)"
            print(row["created_at"][:16], where, row["author"]["username"] if row["author"] else "?", said, sep="\t")


def queue(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        project = server.project(asked.project)
        names = {row["id"]: row["name"] for row in project.micrographs()}
        if asked.next:
            found = project.next_in_queue()
            if found is None:
                raise CryoWebError("Nothing is left for you in the queue.")
            print(names[found["micrograph"]])
        elif name := asked.claim or asked.done:
            number = ids_by_name([name], {name: number for number, name in names.items()})[name]
            (project.claim if asked.claim else project.finish)(number)
            print(names[number])
        else:
            people = {row["id"]: row["username"] for row in project.snapshot()["members"]}
            for row in project.assignments():
                name = names.get(row["micrograph"], "(deleted)")
                print(name, people.get(row["user"], "?"), _state(row), sep="\t")


def _state(assignment: Mapping[str, Any]) -> str:
    """How far somebody is with a micrograph."""
    for state in ("reviewed", "done", "claimed"):
        if assignment[f"{state}_at"]:
            return state
    return "assigned"


def verify(asked: argparse.Namespace) -> None:
    wanted = asked.sha256
    if asked.of:
        if wanted:
            raise CryoWebError("Give the hash, or --of with the project and the number of the snapshot.")
        project, number = asked.of
        if not number.isdecimal():
            raise CryoWebError(f"“{number}” is no number of a snapshot.")
        with CryoWeb() as server:
            wanted = server.project(project).named_snapshot(int(number))["sha256"]
        if not wanted:
            raise CryoWebError("This snapshot is not finished yet. Its hash is there once it is.")
    digest, head = snapshots.verify(asked.file, wanted)
    say(f"{head['project']['name']}, snapshot “{head['name']}” of {head['created_at']}")
    say("This is the snapshot that was cited." if wanted else "Compare this with the hash that was cited:")
    print(digest)


def create(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        project = server.create_project(asked.name, asked.diameter, asked.pixel_size)
    say(f"Created {project.address}")
    print(project.id)


def bring(asked: argparse.Namespace) -> None:
    if bool(asked.paths) == bool(asked.server):
        raise CryoWebError("Give files or folders of this machine, or --server with a path of the server.")
    with CryoWeb() as server:
        project = server.project(asked.project)
        if asked.server:
            answer = project.import_folder(asked.server, asked.subfolders)
            say(f"{answer['jobs']} micrographs are imported; {len(answer['skipped'])} were there already.")
            say(*answer["notes"], *(f"{row['count']} left out: {row['reason']}" for row in answer["left_out"]))
        else:
            sent, skipped = project.upload(asked.paths, bar())
            say(f"{len(sent)} micrographs sent.", *skipped.values())
        _wait(project)


def label(asked: argparse.Namespace) -> None:
    labels = [each for file in asked.files for each in read_labels(file, asked.kind)]
    with CryoWeb() as server:
        applied, refused = server.project(asked.project).label(labels)
    say(f"{applied} labels put.", *(f"{number} refused: {reason}" for reason, number in refused.items()))


def train(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        server.project(asked.project).train()
    say("The training has started. “cryoweb wait” waits for it.")


def wait(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        _wait(server.project(asked.project), asked.timeout)


def pick(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        project = server.project(asked.project)
        if asked.networks_of:
            project.pick_with_networks_of(server.project(asked.networks_of))
        _wait(project)
        if project.snapshot()["project"]["current_training"] is None:
            raise CryoWebError(
                "This project has no networks yet: “cryoweb train”, or “cryoweb pick --networks-of OTHER”."
            )
        for name, picks in project.picks().items():
            print(f"{name}\t{len(picks)}")


def export(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        print(server.project(asked.project).export(asked.format, asked.to, bar(), flip_y=asked.flip_y))


def averages(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        print(server.project(asked.project).averages(asked.to, bar(), classes=asked.classes))


def convert(words: Sequence[str]) -> int:
    """By CryoWeb’s own program: installed for this Python, or in the copy that the client is in."""
    if not _there(CONVERT):
        sys.path.append(str(COPY))
    if not _there(CONVERT):
        raise CryoWebError(
            "Conversion is done by CryoWeb itself, which is not installed for this Python. "
            "In a copy of CryoWeb: python -m picking.science.convert IN… OUT"
        )
    status: int = import_module(f"{CONVERT}.__main__").main(words)
    return status


def _there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _wait(project: Project, timeout: float | None = None) -> None:
    failures = project.wait(bar(), timeout)
    say(*(f"Could not be imported: {failure}" for failure in failures))
