"""The group file of cryoSPARC, `.csg`: YAML that says in which `.cs` file each result of a group is, and of how many.

Results: name -> {metafile: '>' and the file's name beside this one, num_items, type: particle.<name>}.
Source: group files that cryoSPARC 4 has exported.
"""

import datetime
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

import yaml

from picking.science.formats.coordinates import UnreadableCoordinates
from picking.science.formats.files import HEAD, first_lines, text

MOST = HEAD
"""Bytes of a group file at most; cryoSPARC's are of one or two thousand."""

_VERSION = "v4.4.1"
"""Of cryoSPARC, whose group files look like ours."""

Results = dict[str, tuple[str, int]]
"""Name of a result -> name of the file that holds it, and the number of its rows."""


def write(table: str, results: Iterable[str], number: int, made_at: datetime.datetime | None = None) -> bytes:
    """The group file beside `table`, which holds these results of `number` particles. `made_at`: None for now."""
    content = {
        "created": (made_at or datetime.datetime.now(datetime.UTC)).replace(tzinfo=None),
        "group": {
            "description": "Particles picked with CryoWeb",
            "name": "particles",
            "title": "Picked particles",
            "type": "particle",
        },
        "results": {
            each: {"metafile": f">{table}", "num_items": number, "type": f"particle.{each}"} for each in results
        },
        "version": _VERSION,
    }
    return yaml.safe_dump(content).encode()


def is_group(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a group file."""
    lines = first_lines(head)
    return any(line.startswith("results:") for line in lines) and any("metafile:" in line for line in lines)


def read(path: str, file: BinaryIO) -> Results:
    """Where the results are. Raises UnreadableCoordinates."""
    content = file.read(MOST + 1)
    if len(content) > MOST:
        raise UnreadableCoordinates(f"{path} is too long for a group file of cryoSPARC.")
    try:
        return {
            str(name): (PurePosixPath(str(each["metafile"]).removeprefix(">")).name, int(each["num_items"]))
            for name, each in yaml.safe_load(text(path, content))["results"].items()
        }
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        where = f", line {mark.line + 1}" if mark else ""
        raise UnreadableCoordinates(
            f"{path}{where}: this is not a group file of cryoSPARC. Import the .cs file without it."
        ) from error


def check(path: str, results: Results, tables: Mapping[str, int]) -> None:
    """Whether the file of the locations is among `tables`, path -> number of rows, with as many rows as it should have.

    Raises UnreadableCoordinates.
    """
    if "location" not in results:
        raise UnreadableCoordinates(
            f"{path} is a group without particle locations. In cryoSPARC, export the particles group."
        )
    name, number = results["location"]
    rows = [count for table, count in tables.items() if PurePosixPath(table).name == name]
    if not rows:
        raise UnreadableCoordinates(f"{path} only says which file holds the particles. Add {name}, from beside it.")
    if number not in rows:
        raise UnreadableCoordinates(
            f"{path} says that {name} holds {number} particles, but there are {rows[0]} in it. Export both again."
        )
