"""RELION 3.1 to 5: one `<name>_autopick.star` for each micrograph with picks, and an index `autopick.star`.

Unpack the zip in RELION's project folder and give CryoWeb/autopick.star to the extraction job. Centres are in
full-resolution pixels, 0-based, never rounded. Names in the index must equal those in RELION's micrographs.star:
the file's path below the folder that all have in common, after `Export.folder` where that is given. The figure of
merit is `Coordinate.merit`.
Source: RELION's autopicker.cpp and preprocessing.cpp.
"""

import re
from collections.abc import Iterator, Mapping

from picking.science.formats.coordinates import Coordinate, Export, UnreadableCoordinates, number, text
from picking.science.formats.names import AmbiguousName, finder, short
from picking.science.formats.star import Block, read_star, write_star

FOLDER = "CryoWeb"

_COLUMNS = ("rlnCoordinateX", "rlnCoordinateY", "rlnClassNumber", "rlnAutopickFigureOfMerit", "rlnAnglePsi")
_INDEX = ("rlnMicrographName", "rlnMicrographCoordinates")
_JOB = re.compile(r"^[^/]+/job\d+/")
_SUFFIX = "_autopick.star"
_ANY_SUFFIX = re.compile(r"(_[a-z]*pick)?\.star$")


def write(export: Export) -> Iterator[tuple[str, bytes]]:
    """The files of `export`, the index last."""
    folder = export.folder.strip("/") + "/" if export.folder.strip("/") else ""
    below_job = [part for part in _JOB.sub("", folder).split("/") if part not in ("", ".", "..")]
    index = []
    for micrograph, picks in export.placed():
        path = "/".join([FOLDER, *below_job, stem(micrograph.name) + _SUFFIX])
        index.append((folder + micrograph.file_name, path))
        rows = [(repr(p.x), repr(p.y), "1", repr(p.merit), "0.0") for p in picks]
        yield path, write_star("", _COLUMNS, rows).encode()
    yield f"{FOLDER}/autopick.star", write_star("coordinate_files", _INDEX, index).encode()


def parse(files: Mapping[str, bytes]) -> dict[str, list[Coordinate]]:
    """Coordinates by micrograph: as the index says, else by the path of the file without `_autopick.star`.

    The figure of merit becomes the particle score. Raises UnreadableCoordinates.
    """
    blocks = {path: read_star(text(path, content), path) for path, content in files.items()}
    indexed: dict[str, str] = {}
    for each in blocks.values():
        for block in each.values():
            if set(_INDEX) <= block.keys():
                names, paths = (block[column] for column in _INDEX)
                indexed.update(zip(paths, names, strict=True))
    find = finder(indexed, str)
    named: dict[str, list[Coordinate]] = {}
    for path, each in blocks.items():
        for block in each.values():
            if "rlnCoordinateX" in block:
                try:
                    in_index = find(path)
                except AmbiguousName as several:
                    raise UnreadableCoordinates(str(several)) from several
                written = indexed[in_index] if in_index else _ANY_SUFFIX.sub("", path)
                named.setdefault(written, []).extend(_coordinates(block, path))
    return named


def stem(name: str) -> str:
    """The name of a file of coordinates, without `_autopick.star`."""
    return short(name, _SUFFIX)


def _coordinates(block: Block, path: str) -> list[Coordinate]:
    if "rlnCoordinateY" not in block:
        raise UnreadableCoordinates(f"{path} has no column _rlnCoordinateY.")
    merits = block.get("rlnAutopickFigureOfMerit")
    xy = zip(block["rlnCoordinateX"], block["rlnCoordinateY"], strict=True)
    return [
        Coordinate(number(x, path), number(y, path), number(merits[i], path) if merits else None)
        for i, (x, y) in enumerate(xy)
    ]
