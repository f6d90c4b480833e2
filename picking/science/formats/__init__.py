"""Coordinate formats. A format is a module with `write` and `parse`, and a line in FORMATS."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from picking.science.formats import csv, eman2_json, eman_box, relion
from picking.science.formats.coordinates import (
    Coordinate,
    Export,
    ExportMicrograph,
    MatchedCoordinates,
    NoMicrographMatches,
    UnreadableCoordinates,
    matched,
)

__all__ = [
    "FORMATS",
    "Coordinate",
    "Export",
    "ExportMicrograph",
    "Format",
    "MatchedCoordinates",
    "NoMicrographMatches",
    "UnreadableCoordinates",
]


@dataclass(frozen=True)
class Format:
    """`write` yields (path inside the zip, content) one file at a time, so that a zip can be streamed.

    `parse` gives coordinates by the micrograph names in the files; `stem` is what a micrograph is called there.
    """

    title: str
    write: Callable[[Export], Iterator[tuple[str, bytes]]]
    parse: Callable[[Mapping[str, bytes]], dict[str, list[Coordinate]]]
    stem: Callable[[str], str] = str

    def read(
        self, files: Mapping[str, bytes], micrographs: Mapping[str, tuple[int, int]], flip_y: bool = False
    ) -> MatchedCoordinates:
        """Coordinates in `files`, path -> content, for the project's `micrographs`, name -> (width, height).

        `flip_y`: the files count rows from the other end, as some programs do with TIFF.
        Raises UnreadableCoordinates; NoMicrographMatches when no name is known.
        """
        return matched(self.parse(files), micrographs, self.stem, flip_y)


FORMATS = {
    "relion": Format("RELION (autopick.star)", relion.write, relion.parse, relion.stem),
    "eman_box": Format("EMAN (.box)", eman_box.write, eman_box.parse, eman_box.stem),
    "eman2_json": Format("EMAN2 (info/*.json)", eman2_json.write, eman2_json.parse, eman2_json.stem),
    "csv": Format("CSV (table)", csv.write, csv.parse),
}
