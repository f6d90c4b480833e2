"""RELION 3.1 to 5, picks: one `<name>_autopick.star` for each micrograph with picks, and an index `autopick.star`.

Unpack the zip in RELION's project folder and give CryoWeb/autopick.star to the extraction job. Centres are in
full-resolution pixels, 0-based, with six decimals as RELION writes them. Names in the index must equal those in
RELION's micrographs.star: those of the list that a micrograph was imported from, or the file's path below the folder
that all have in common, after `Export.folder` where that is given. The figure of merit is `Coordinates.merit`.
Source: RELION's autopicker.cpp and preprocessing.cpp.
"""

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from picking.science.formats.coordinates import Column, Coordinates, Found, UnreadableCoordinates
from picking.science.formats.decimals import rows_of
from picking.science.formats.export import Export
from picking.science.formats.files import HEAD, Files, Pieces
from picking.science.formats.names import AmbiguousName, finder, short
from picking.science.formats.star import StarPart, parts_of, star_columns, star_head, write_star
from picking.science.picks import Points

FOLDER = "CryoWeb"

_COLUMNS = ("rlnCoordinateX", "rlnCoordinateY", "rlnClassNumber", "rlnAutopickFigureOfMerit", "rlnAnglePsi")
_INDEX = ("rlnMicrographName", "rlnMicrographCoordinates")
_JOB = re.compile(r"^[^/]+/job\d+/")
_SUFFIX = "_autopick.star"
_ANY_SUFFIX = re.compile(r"(_[a-z]*pick)?\.star$")


def write(export: Export) -> Pieces:
    """The files of `export`, the index `autopick.star` last."""
    return write_pick_set(export, "autopick", _COLUMNS, _rows)


def write_pick_set(export: Export, job: str, columns: Sequence[str], rows: Callable[[Coordinates], str]) -> Pieces:
    """One `<name>_<job>.star` for each micrograph with picks, and an index `<job>.star`."""
    folders = below_job(export)
    suffix, head = f"_{job}.star", star_head("", columns)
    index = []
    for micrograph, picks in export.placed():
        path = "/".join([FOLDER, *folders, short(micrograph.name, suffix) + suffix])
        index.append((export.listed_name(micrograph), path))
        yield path, f"{head}{rows(picks)}\n".encode()
    yield f"{FOLDER}/{job}.star", write_star("coordinate_files", _INDEX, index).encode()


def below_job(export: Export) -> list[str]:
    """The folders of the micrographs below RELION's job, as its own jobs repeat them below theirs."""
    below = _JOB.sub("", export.folder.strip("/") + "/")
    return [part for part in below.split("/") if part not in ("", ".", "..")]


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by micrograph: as the index says, else by the path of the file without `_autopick.star`.

    The figure of merit becomes the particle score. Raises UnreadableCoordinates.
    """
    indexed = _index(files)
    find = finder(indexed, str)
    for path in files:
        for part in parts_of(files, path):
            if "rlnCoordinateX" in part.columns:
                try:
                    in_index = find(path)
                except AmbiguousName as several:
                    raise UnreadableCoordinates(str(several)) from several
                name = indexed[in_index] if in_index else _ANY_SUFFIX.sub("", path)
                yield Found(name, Coordinates.at(places(part), merit(part)))


def recognises(head: bytes) -> bool:
    """Whether a file is one of a micrograph's coordinates, or an index of such files."""
    return any(
        "rlnMicrographCoordinates" in block
        or ("rlnCoordinateX" in block and not block & {"rlnMicrographName", "rlnParticleSelectionType"})
        for block in star_columns(head)
    )


def stem(name: str) -> str:
    """The name of a file of coordinates, without `_autopick.star`."""
    return short(name, _SUFFIX)


def places(part: StarPart) -> Points:
    """(n, 2): the centres. Raises UnreadableCoordinates."""
    part.require("rlnCoordinateX", "rlnCoordinateY")
    return np.column_stack([part.numbers("rlnCoordinateX"), part.numbers("rlnCoordinateY")])


def _rows(picks: Coordinates) -> str:
    return rows_of(*picks.xy.T, "1", picks.merit, "0.000000")


def merit(part: StarPart) -> Column | None:
    """(n,): the figures of merit; None for manual picks, where they are always 0."""
    column = "rlnAutopickFigureOfMerit"
    if column not in part.columns or "rlnParticleSelectionType" in part.columns:
        return None
    return part.numbers(column)


def _index(files: Files) -> dict[str, str]:
    """Path of the coordinates -> name of the micrograph, as the index files among `files` say."""
    indexed: dict[str, str] = {}
    for path, opened in files.items():
        with opened() as file:
            if f"_{_INDEX[1]}".encode() not in file.read(HEAD):
                continue
        for part in parts_of(files, path):
            if set(_INDEX) <= part.columns.keys():
                names, paths = (part.columns[column] for column in _INDEX)
                indexed.update(zip(paths, names, strict=True))
    return indexed
