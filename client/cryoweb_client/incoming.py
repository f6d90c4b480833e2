"""The commands that bring in what other programs found, and that compare it."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any

from cryoweb_client.coordinates import Coordinates
from cryoweb_client.errors import CryoWebError
from cryoweb_client.progress import bar
from cryoweb_client.server import CryoWeb

SHOWN = 20
"""Names in a list."""


def import_coordinates(asked: argparse.Namespace) -> None:
    if not asked.store_as and not asked.dry_run:
        raise CryoWebError("Say what the coordinates become: --as labels, --as source, or --dry-run to look first.")
    with CryoWeb() as server:
        project = server.project(asked.project)
        with project.coordinates(asked.paths, bar()) as brought:
            _choose(brought, asked)
            _tell(brought.found, {row["id"]: row["name"] for row in project.micrographs()})
            if asked.dry_run:
                say("Nothing was stored.")
            elif asked.store_as == "labels":
                say(f"Labels put: {brought.store_as_labels(asked.kind)}.")
            else:
                source = brought.store_as_source(asked.name)
                say(f"Stored as source {source['id']} “{source['name']}”.")


def import_ctf(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        brought = server.project(asked.project).import_ctf(asked.file)
    say(f"Micrographs with CTF values from the file: {brought['matched']}.")
    _list("No micrograph has these names of the file", brought["unmatched"])
    _list("The file does not name these micrographs", brought["missing"])
    say(*(f"Left out: {row['name']}: {row['reason']}" for row in brought["left_out"]))


def compare(asked: argparse.Namespace) -> None:
    with CryoWeb() as server:
        found = server.project(asked.project).compare(asked.first, asked.second)
    first, second = found["titles"]
    lines = {first: found["first"], second: found["second"], "in both": found["matched"]}
    lines |= {name: f"{found[name]:.3f}" for name in ("precision", "recall", "f1")}
    lines |= {
        f"offset, {unit}": "{:+.2f} {:+.2f}".format(*found[key]) for unit, key in (("Å", "offset"), ("px", "offset_px"))
    }
    for name, value in lines.items():
        print(f"{name}\t{value}")
    say(f"Precision and recall take “{first}” for the truth.", *found["sentences"])


def say(*sentences: str) -> None:
    """On stderr."""
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def _choose(brought: Coordinates, asked: argparse.Namespace) -> None:
    if asked.format:
        brought.change(format=asked.format)
    if asked.starts or asked.ends:
        brought.match(asked.starts, asked.ends)
    if asked.scale or asked.flip_y or asked.unit != "pixels":
        brought.place(asked.scale, asked.unit, asked.flip_y)
    if asked.merge_doubled:
        brought.change(merge_doubled=True)


def _tell(found: dict[str, Any], names: dict[int, str]) -> None:
    """Micrographs on stdout: name, picks, outside, doubled. All else on stderr."""
    for row in found["micrographs"]:
        print(names[row["micrograph"]], row["picks"], row["outside"], row["doubled"], sep="\t")
    rule = found["rule"]
    ignored = " and ".join(f"“{rule[end]}” where a name {end}" for end in ("starts", "ends") if rule[end])
    say(
        f"Format {found['format']}, files: {found['files']}. {found['doubt']}".strip(),
        f"Names that match a micrograph{f', ignoring {ignored}' if ignored else ''}: {found['matched']}; "
        f"micrographs without coordinates: {found['missing']}.",
    )
    _list("No micrograph has these names", found["unmatched"], found["unmatched_count"])
    say(
        *found["ambiguous"][:SHOWN],
        f"Picks: {found['picks']}; outside the image and left out: {found['outside']}; doubled: {found['doubled']}.",
    )
    say(*filter(None, [found["guess"], *found["warnings"]]))


def _list(what: str, names: Sequence[str], count: int | None = None) -> None:
    if names:
        left = (count or len(names)) - len(names[:SHOWN])
        say(f"{what}: {', '.join(names[:SHOWN])}{f' and {left} more' if left else ''}.")
