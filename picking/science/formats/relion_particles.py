"""RELION, particles in one STAR file with the names of their micrographs.

Written as RELION 3.1 to 5 do (relion_table.py). There are no images: RELION extracts them again by these coordinates,
and cryoSPARC imports the file as a particle stack with micrographs.
Read are also files of RELION 3.0 and before, which have one block and no optics. Coordinates are those of the
micrograph; shifts found by an alignment (`_rlnOriginXAngst`) are left alone.
Source: RELION's obs_model.cpp and preprocessing.cpp.
"""

from collections.abc import Iterator
from itertools import repeat
from tempfile import TemporaryFile

from picking.science.formats.coordinates import Coordinates, Found, by_name
from picking.science.formats.export import Export
from picking.science.formats.files import Files, Pieces, gathered
from picking.science.formats.relion import merit, places
from picking.science.formats.relion_table import ParticleTable
from picking.science.formats.star import StarPart, parts_of, star_columns

FILE = "particles.star"


def write(export: Export) -> Pieces:
    """One file."""
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as rows:
        table = ParticleTable(rows, export.scale)
        for micrograph, picks in export.placed():
            table.add(micrograph, export.listed_name(micrograph), picks)
        yield from gathered(FILE, table.texts())


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by the column `_rlnMicrographName`; the figure of merit becomes the particle score.

    Raises UnreadableCoordinates.
    """
    for path in files:
        pixel_sizes: dict[str, float] = {}
        for part in parts_of(files, path):
            if part.name == "optics":
                pixel_sizes |= _pixel_sizes(part)
            elif "rlnCoordinateX" in part.columns:
                part.require("rlnMicrographName")
                yield from _found(part, pixel_sizes)


def recognises(head: bytes) -> bool:
    """Whether a file names the micrograph of each row."""
    return any({"rlnMicrographName", "rlnCoordinateX"} <= block for block in star_columns(head))


def stem(name: str) -> str:
    """The name itself."""
    return name


def _pixel_sizes(optics: StarPart) -> dict[str, float]:
    """Optics group -> Å per pixel of its micrographs."""
    groups = optics.columns.get("rlnOpticsGroup", [])
    known = (c for c in ("rlnMicrographPixelSize", "rlnMicrographOriginalPixelSize") if c in optics.columns)
    column = next(known, None)
    return dict(zip(groups, optics.numbers(column).tolist(), strict=False)) if column else {}


def _found(part: StarPart, pixel_sizes: dict[str, float]) -> Iterator[Found]:
    groups = part.columns.get("rlnOpticsGroup") or repeat("")
    names = part.columns["rlnMicrographName"]
    sizes = dict(zip(names, groups, strict=False))
    for name, coordinates in by_name(names, Coordinates.at(places(part), merit(part))):
        yield Found(name, coordinates, pixel_size=pixel_sizes.get(sizes[name]))
