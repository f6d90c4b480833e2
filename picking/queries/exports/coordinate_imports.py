"""Coordinate files that are being imported: read, matched with a project's micrographs, and placed on them."""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

import numpy as np
from cachetools import LRUCache, cached

from picking import storage, wire
from picking.models import CoordinateImport, Project
from picking.queries.micrographs.micrographs import require_diameter
from picking.refusals import Refused
from picking.science.formats import FORMATS, Coordinates, Files, Found, NameRule, Placing, UnreadableCoordinates
from picking.science.formats.coordinates import some_names
from picking.science.formats.detect import doubt, format_of_all, without_beside
from picking.science.formats.names import base_path
from picking.science.imaging.micrograph import Header
from picking.science.incoming.doubled import merged
from picking.science.incoming.incoming import Incoming, receive
from picking.science.incoming.suggested import SuggestedRule, suggest_rules
from picking.science.picks import Picks

REMEMBERED = 4_000_000
"""Particles of files that are remembered as they were read: a change of rule or scale reads nothing again."""


@dataclass(frozen=True)
class ReadFiles:
    """What the files say, by the names in them, and the key of their format.

    `doubt`: why it may be another, and which files are left out.
    """

    key: str
    found: tuple[Found, ...]
    doubt: str = ""


@dataclass(frozen=True)
class Draft:
    """An import as it would be stored now. `ids`: the project's micrographs by their names. `doubt`: see ReadFiles."""

    row: CoordinateImport
    key: str
    incoming: Incoming
    rules: list[SuggestedRule]
    ids: dict[str, int]
    doubt: str = ""

    @property
    def scored(self) -> bool:
        """Whether the files hold scores."""
        return any(bool(np.isfinite(each.inside.particle_score).any()) for each in self.incoming.micrographs)

    @property
    def wire(self) -> wire.CoordinateImportWire:
        return wire.coordinate_import_wire(
            self.row, self.key, self.doubt, self.incoming, self.rules, self.ids, self.scored
        )

    def coordinates(self) -> dict[int, Coordinates]:
        """By micrograph id: those inside of the image, merged where that was chosen."""
        merge = self.row.merge_doubled
        return {
            self.ids[each.name]: merged(each.inside, each.near) if merge else each.inside
            for each in self.incoming.micrographs
        }

    def picks(self) -> dict[int, Picks]:
        """As they are stored: the file's score in place of the particle score, 1 where there are none at all.

        A particle without a score among others gets the lowest of them.
        """
        every = self.coordinates()
        scores = [each.particle_score for each in every.values()]
        known = np.concatenate([np.empty(0), *(score[np.isfinite(score)] for score in scores)])
        lowest = float(known.min()) if len(known) else 1.0
        return {micrograph: _packed(each, lowest) for micrograph, each in every.items()}


def read_draft(row: CoordinateImport) -> Draft:
    """The draft with its files read. Raises Refused, in the words of the format, with file and line."""
    try:
        return draft_of(row, _read(row))
    except UnreadableCoordinates as error:
        raise Refused(str(error)) from error


def read_files(files: Files, key: str = "") -> ReadFiles:
    """All that files say. `key`: of their format; empty where the content tells. Raises UnreadableCoordinates."""
    kept, beside = without_beside(files)
    told = key or format_of_all(kept)
    said = [] if key else [doubt(told, kept)]
    if beside:
        said.append(f"Left out, as they hold no coordinates: {some_names(beside)}.")
    return ReadFiles(told, tuple(FORMATS[told].parse(kept)), " ".join(filter(None, said)))


def draft_of(row: CoordinateImport, read: ReadFiles) -> Draft:
    """What was read, matched and placed as the row says. Raises UnreadableCoordinates."""
    project = Project.objects.get(pk=row.project_id)
    micrographs = list(project.micrographs.select_related("project").defer("note"))
    headers = {each.name: Header(each.width, each.height, each.pixel_size) for each in micrographs}
    stem = FORMATS[read.key].stem
    undosed = {base_path(each.listed_undosed_as): each.name for each in micrographs if each.listed_undosed_as}
    rules = suggest_rules(list(dict.fromkeys(each.name for each in read.found)), headers, stem, undosed)
    rule = rules[0].rule if row.rule is None else NameRule.of(**row.rule)
    placing = None if row.placing is None else Placing(**row.placing)
    incoming = receive(read.found, headers, require_diameter(project), stem, rule, placing, undosed)
    return Draft(row, read.key, incoming, rules, {each.name: each.pk for each in micrographs}, read.doubt)


def _key(row: CoordinateImport) -> str:
    return json.dumps([str(row.pk), row.files, row.format])


def _particles(read: ReadFiles) -> int:
    return 1 + sum(len(each.coordinates) for each in read.found)


_cache: LRUCache[str, Any] = LRUCache(REMEMBERED, getsizeof=_particles)


@cached(_cache, key=_key, lock=Lock())
def _read(row: CoordinateImport) -> ReadFiles:
    folder = storage.coordinates_folder(row.pk)
    files: Files = {path: partial(_opened, folder / str(n)) for n, (path, _) in enumerate(row.files)}
    try:
        return read_files(files, row.format)
    except FileNotFoundError as gone:
        raise UnreadableCoordinates("These files were kept for a day and are gone. Choose them again.") from gone


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _packed(coordinates: Coordinates, lowest: float) -> Picks:
    rows = np.zeros((len(coordinates), 4), np.float32)
    rows[:, :2] = coordinates.xy
    score = coordinates.particle_score
    rows[:, 2] = np.where(np.isfinite(score), score, lowest)
    return rows
