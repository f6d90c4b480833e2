"""crYOLO, CBOX 1.0: `CBOX/<name>.cbox`, a STAR file a micrograph with the lowest-index corner of each box.

The corner is the centre minus half the box, with its fraction. The confidence is `Coordinates.merit`. What a
micrograph has no value for (z, depth, the estimated size, the number of boxes of a filament, its angle) is `<NA>`.
Source: crYOLO's CoordsIO.py, and the CBOX reader of napari-boxmanager.
"""

from collections.abc import Iterator

import numpy as np

from picking.science.formats.coordinates import Coordinates, Found
from picking.science.formats.decimals import rows_of
from picking.science.formats.export import Export
from picking.science.formats.files import Files, Pieces
from picking.science.formats.names import short
from picking.science.formats.star import StarPart, parts_of, star_columns, star_head

_FOLDER, _SUFFIX = "CBOX/", ".cbox"
_NOTHING = "<NA>"
_COLUMNS = (
    *("CoordinateX", "CoordinateY", "CoordinateZ", "Width", "Height", "Depth"),
    *("EstWidth", "EstHeight", "Confidence", "NumBoxes", "Angle"),
)
_HEAD = "data_global\n\n_cbox_format_version 1.0\n" + star_head("cryolo", _COLUMNS)
_INCLUDE = "\n" + star_head("cryolo_include", ["slice_index"]) + "\n"


def write(export: Export) -> Pieces:
    """One file for each micrograph with picks."""
    for micrograph, picks in export.placed():
        box = export.box(micrograph)
        yield f"{_FOLDER}{stem(micrograph.name)}{_SUFFIX}", f"{_HEAD}{_rows(picks, box)}{_INCLUDE}".encode()


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by path below `CBOX`, without `.cbox`. Raises UnreadableCoordinates."""
    for path in files:
        for part in parts_of(files, path):
            if "CoordinateX" in part.columns:
                yield Found(path.rpartition(_FOLDER)[2].removesuffix(_SUFFIX), _coordinates(part))


def recognises(head: bytes) -> bool:
    """Whether a file has a block of crYOLO's boxes."""
    return any({"CoordinateX", "CoordinateY", "Width"} <= block for block in star_columns(head))


def stem(name: str) -> str:
    """The path below `CBOX`, without `.cbox`."""
    return short(name, _SUFFIX)


def _rows(picks: Coordinates, box: float) -> str:
    size = f"{box:.6f}"
    x, y = (picks.xy - box / 2).T
    return rows_of(x, y, _NOTHING, size, size, _NOTHING, size, size, picks.merit, _NOTHING, _NOTHING)


def _coordinates(part: StarPart) -> Coordinates:
    part.require("CoordinateY", "Width", "Height")
    corner = np.column_stack([part.numbers("CoordinateX"), part.numbers("CoordinateY")])
    size = np.column_stack([part.numbers("Width"), part.numbers("Height")])
    known = "Confidence" in part.columns and _NOTHING not in part.columns["Confidence"]
    return Coordinates.at(corner + size / 2, part.numbers("Confidence") if known else None)
