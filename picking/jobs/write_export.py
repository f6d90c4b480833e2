"""Write an export, read it back, and compare: nothing that differs from what was meant is given to anybody."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeVar
from zipfile import ZipFile

from django.utils import timezone

from picking import wire
from picking.files import written_whole
from picking.jobs.refusal import CannotDo
from picking.models import User
from picking.queries.exports.export import Outgoing
from picking.queries.exports.extraction import extract_settings
from picking.queries.exports.manifest import FILE, as_bytes, manifest
from picking.queries.exports.particles import particle_files
from picking.science import provenance
from picking.science.extract.read_back import check_stacks
from picking.science.extract.settings import STACKS
from picking.science.formats import FORMATS, Export, UnreadableCoordinates
from picking.science.formats.files import Pieces, in_zip
from picking.science.formats.meant import Meant
from picking.science.formats.names import AmbiguousName
from picking.science.formats.places import write_places
from picking.science.formats.read_back import compared
from picking.wire.export import ExportFileWire
from picking.zipping import Packed, noted, streamed_zip

Report = Callable[[int, int, str], None]
"""Told how far it is: done, total and what is being done."""
BESIDE = {FILE, provenance.FILE}
"""Files in the zip that hold no coordinates for the next program."""
T = TypeVar("T")


@dataclass(frozen=True)
class Written:
    """`size` in bytes and SHA-256 of the whole zip."""

    size: int
    sha256: str
    manifest: wire.ManifestWire


def write_export(going: Outgoing, archive: Path, places: Path | None, by: User | None, report: Report) -> Written:
    """Writes `archive` whole or not at all; and what was read back from it into `places`, where that is wanted.

    Raises CannotDo, with the reason, where the export cannot be made or is not what was meant.
    """
    archive.parent.mkdir(parents=True, exist_ok=True)
    total = 2 * going.count()
    with (
        TemporaryFile(dir=archive.parent) as spool,
        TemporaryFile(dir=archive.parent) as who,
        written_whole(archive) as unfinished,
    ):
        going.who = who if going.options.provenance else None
        meant = Meant(spool, going.options.flip_y, going.options.scale)
        try:
            written = _write(going, unfinished, meant, by, lambda done: report(done, total, "Writing"))
            _compare(going, unfinished, meant, places, lambda done: report(total // 2 + done, total, "Reading it back"))
        except (UnreadableCoordinates, AmbiguousName) as error:
            raise CannotDo(f"This export cannot be given to you. {error}") from error
    return written


def _write(going: Outgoing, path: Path, meant: Meant, by: User | None, told: Callable[[int], None]) -> Written:
    who, at = by.username if by else "", timezone.now()
    if going.frozen:  # so that it is the same whenever it is made, by whomever
        who, at = going.frozen["created_by"], datetime.fromisoformat(going.frozen["created_at"])
    export = going.export(meant.noted(_counted(going.written(), told)))
    files: list[Packed] = []
    said: list[wire.ManifestWire] = []

    def pieces() -> Pieces:
        yield from noted(chain(_files(going, export), _provenance(going)), files)
        listed = [ExportFileWire(path=each.path, size=each.size, sha256=each.sha256) for each in files]
        said.append(manifest(going, listed, who, at))
        yield FILE, as_bytes(said[0])

    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in streamed_zip(pieces()):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return Written(path.stat().st_size, digest.hexdigest(), said[0])


def _provenance(going: Outgoing) -> Pieces:
    """What was noted while the files were written."""
    if going.who:
        yield provenance.FILE, provenance.heading()
        going.who.seek(0)
        while piece := going.who.read(1 << 20):
            yield provenance.FILE, piece


def _files(going: Outgoing, export: Export) -> Pieces:
    if going.options.format == STACKS:
        return particle_files(going, export, extract_settings(going.project, going.options))
    return FORMATS[going.options.format].write(export)


def _compare(going: Outgoing, path: Path, meant: Meant, places: Path | None, told: Callable[[int], None]) -> None:
    with ZipFile(path) as archive:
        files = {name: opened for name, opened in in_zip(archive).items() if name not in BESIDE}
        key = going.options.format
        if key == STACKS:  # the coordinates are in the table
            key, stacks = "relion_particles", files
            files = {name: each for name, each in files.items() if name.endswith(".star")}
            sizes = {each.filename: each.file_size for each in archive.infolist()}
            check_stacks(next(iter(files)), stacks, sizes)
        read = _counted(compared(key, files, meant.names, meant), told)
        found = ((going.ids[name], meant.back(name, coordinates)) for name, coordinates in read)
        if places:
            write_places(places, found)
        else:
            for _ in found:
                pass


def _counted(every: Iterable[T], told: Callable[[int], None]) -> Iterator[T]:
    for number, each in enumerate(every, 1):
        yield each
        told(number)
