"""The table of the VGG Image Annotator (VIA), `.csv`, as Topaz writes and reads it: a row a region.

`region_shape_attributes` is JSON with cx and cy, the centre of a point or a circle; `region_attributes` may have a
score. A micrograph without regions has a row with region_count 0. Rows and columns are those of the images that Topaz
has seen. Source: topaz/utils/files.py.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import BinaryIO

import numpy as np

from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates
from picking.science.formats.files import first_lines, is_number, lines, number

_NEEDED = {"filename", "region_shape_attributes"}

_Region = tuple[str, float, float, float]
"""File name, x, y and score; the score may be NaN, and all three where there is no region."""


def recognises(head: bytes) -> bool:
    """Whether the first line of a file names VIA's columns."""
    return set(next(csv.reader(first_lines(head)[:1]), [])) >= _NEEDED


def found_in(path: str, file: BinaryIO) -> Iterator[Found]:
    """Coordinates by file name. Raises UnreadableCoordinates."""
    for name, regions in groupby(_regions(path, file), lambda region: region[0]):
        table = np.array([region[1:] for region in regions], np.float64)
        table = table[~np.isnan(table[:, 0])]
        yield Found(name, Coordinates.at(table[:, :2], table[:, 2]))


def _regions(path: str, file: BinaryIO) -> Iterator[_Region]:
    reader = csv.DictReader(lines(path, file, as_it_is=True), strict=True)
    try:
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            if not row["filename"]:
                raise UnreadableCoordinates(f"{where} does not name a micrograph.")
            yield row["filename"], *_place(row, where)
    except csv.Error as error:
        raise UnreadableCoordinates(f"{path}, line {reader.line_num}: {error}.") from error


def _place(row: Mapping[str, str | None], where: str) -> tuple[float, float, float]:
    if row.get("region_count") == "0":
        return np.nan, np.nan, np.nan
    shape = _attributes(row["region_shape_attributes"], where)
    if not {"cx", "cy"} <= shape.keys():
        raise UnreadableCoordinates(f"{where}: only points and circles, with cx and cy, are places of particles.")
    score = str(_attributes(row.get("region_attributes") or "{}", where).get("score"))
    known = float(score) if is_number(score) else np.nan  # Topaz writes it as a text
    return number(str(shape["cx"]), where), number(str(shape["cy"]), where), known


def _attributes(written: str | None, where: str) -> dict[str, object]:
    try:
        attributes = json.loads(written or "")
        if isinstance(attributes, dict):
            return attributes
    except (ValueError, RecursionError):
        pass
    raise UnreadableCoordinates(f"{where}: {written!r} is not what VIA writes of a region.")
