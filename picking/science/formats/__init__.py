"""Coordinate formats. A format is a module with `write` and `parse`, and a line in FORMATS."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from picking.science.formats import (
    coords,
    cryolo,
    cryosparc,
    csv,
    eman2_json,
    eman_box,
    relion,
    relion_manual,
    relion_particles,
    topaz,
)
from picking.science.formats.coordinates import Coordinate, Coordinates, Found, UnreadableCoordinates
from picking.science.formats.export import Export, ExportMicrograph
from picking.science.formats.files import Files, Pieces, in_memory
from picking.science.formats.matched import MatchedCoordinates, MatchedNames, NoMicrographMatches, match_names, matched
from picking.science.formats.name_rule import NameRule
from picking.science.formats.placing import Placing

__all__ = [
    "FORMATS",
    "Coordinate",
    "Coordinates",
    "Export",
    "ExportMicrograph",
    "Files",
    "Format",
    "Found",
    "MatchedCoordinates",
    "MatchedNames",
    "NameRule",
    "NoMicrographMatches",
    "Placing",
    "UnreadableCoordinates",
    "match_names",
]


@dataclass(frozen=True)
class Format:
    """`write` yields (path inside the zip, bytes), the pieces of a file one after another: a zip can be streamed.

    `parse` yields coordinates by the micrograph names in the files, a part of a file at a time; a micrograph may come
    in several parts. `stem` is what a micrograph is called there. `recognises`: whether a file looks like one of this
    format, by its first HEAD bytes and never by its name alone. `program`: whose format it is; `after`: what to do with
    it there. `boxes`: whether the file says how large a box is.
    """

    title: str
    write: Callable[[Export], Pieces]
    parse: Callable[[Files], Iterator[Found]]
    recognises: Callable[[bytes], bool]
    stem: Callable[[str], str]
    program: str
    after: str
    boxes: bool = False

    def read(
        self,
        files: Mapping[str, bytes],
        micrographs: Mapping[str, tuple[int, int]],
        flip_y: bool = False,
        scale: float = 1.0,
    ) -> MatchedCoordinates:
        """Coordinates in `files`, path -> content, for the project's `micrographs`, name -> (width, height).

        `flip_y`: the files count rows from the other end, as some programs do with TIFF. `scale`: a pixel of the
        files is so many of the micrograph's. Raises UnreadableCoordinates; NoMicrographMatches when no name is known.
        """
        return matched(self.parse(in_memory(files)), micrographs, self.stem, Placing(scale, flip_y))


class _Module(Protocol):
    """What the module of a format has."""

    def write(self, export: Export) -> Pieces: ...
    def parse(self, files: Files) -> Iterator[Found]: ...
    def recognises(self, head: bytes) -> bool: ...
    def stem(self, name: str) -> str: ...


def _format(program: str, title: str, module: _Module, after: str, boxes: bool = False) -> Format:
    return Format(title, module.write, module.parse, module.recognises, module.stem, program, after, boxes)


FORMATS = {
    "relion": _format(
        "RELION",
        "RELION picks (autopick.star)",
        relion,
        "Unpack in the project folder; extract by CryoWeb/autopick.star.",
    ),
    "relion_particles": _format(
        "RELION",
        "RELION particles (particles.star)",
        relion_particles,
        "Extract from it again by “re-extract refined particles”; cryoSPARC reads it as a particle stack.",
    ),
    "relion_manual": _format(
        "RELION",
        "RELION manual picks (manualpick.star)",
        relion_manual,
        "Unpack in the project folder to continue by hand in RELION. Scores are lost.",
    ),
    "eman_box": _format("EMAN", "EMAN (.box)", eman_box, "Open beside the micrographs; whole pixels.", boxes=True),
    "eman2_json": _format("EMAN", "EMAN2 (info/*.json)", eman2_json, "Unpack in the project folder; e2boxer reads it."),
    "cryolo": _format("crYOLO", "crYOLO (.cbox)", cryolo, "Open in the box manager, or train with it.", boxes=True),
    "cryosparc": _format(
        "cryoSPARC", "cryoSPARC (.cs and .csg)", cryosparc, "Import with “Import Result Group” by its .csg."
    ),
    "topaz": _format("Topaz", "Topaz (.txt)", topaz, "Give it to topaz convert or topaz train; whole pixels."),
    "coords": _format("Others", "Plain coordinates (.coords)", coords, "x, y, z of each centre, a file a micrograph."),
    "csv": _format("Others", "CSV (table)", csv, "All that is known of each pick, for tables and scripts."),
}
"""In the order in which a file's content is tried."""
