"""CSV, one file with all that is known of each final pick: centres in full-resolution pixels, unrounded.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such text is written after an
apostrophe, and read back without it. Source: OWASP, CSV Injection.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import groupby
from math import isnan
from typing import BinaryIO

from picking.science.formats.coordinates import Coordinate, Coordinates, Found, UnreadableCoordinates
from picking.science.formats.export import Export
from picking.science.formats.files import Files, Pieces, first_lines, gathered, lines, number

FILE = "picks.csv"

_NEEDED = {"micrograph", "x", "y"}

_FIELDS = [each.name for each in fields(Coordinate)]

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""Leading apostrophes of the text itself are escaped too, so that no text is mistaken for an escaped one."""


def write(export: Export) -> Pieces:
    """One file, `picks.csv`, in UTF-8; `micrograph` is the file's path below the common folder."""
    return gathered(FILE, _texts(export))


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by the column `micrograph`; x and y must be there too. Raises UnreadableCoordinates.

    Other columns of ours are read where they are there.
    """
    for path, opened in files.items():
        with opened() as file:
            for name, rows in groupby(_rows(path, file), lambda row: row[0]):
                yield Found(name, Coordinates.of(coordinate for _, coordinate in rows))


def recognises(head: bytes) -> bool:
    """Whether the first line of a file names the columns."""
    return set(next(csv.reader(first_lines(head)[:1]), [])) >= _NEEDED


def stem(name: str) -> str:
    """The name itself."""
    return name


def unescaped(cell: str) -> str:
    """The text of a cell that a spreadsheet might have taken for a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _texts(export: Export) -> Iterator[str]:
    """The header, then the rows of each micrograph."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["micrograph", *_FIELDS])
    for micrograph, picks in export.placed():
        writer.writerows(_cells(micrograph.file_name, picks))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _cells(name: str, picks: Coordinates) -> Iterator[tuple[object, ...]]:
    number, every = len(picks), [_escaped(name)] * len(picks)
    scores = [["" if isnan(s) else s for s in column.tolist()] for column in picks.scores]
    texts = [[_escaped(word) for word in column] if column else [""] * number for column in picks.texts]
    return zip(every, *picks.xy.T.tolist(), *scores, *texts, strict=True)


def _rows(path: str, file: BinaryIO) -> Iterator[tuple[str, Coordinate]]:
    reader = csv.DictReader(lines(path, file, as_it_is=True))
    try:
        if not set(reader.fieldnames or ()) >= _NEEDED:
            raise UnreadableCoordinates(f"{path} has no columns micrograph, x and y in its first line.")
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            if not row["micrograph"]:
                raise UnreadableCoordinates(f"{where} does not name a micrograph.")
            yield unescaped(row["micrograph"]), _coordinate(row, where)
    except csv.Error as error:
        raise UnreadableCoordinates(f"{path}, line {reader.line_num}: {error}.") from error


def _escaped(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _coordinate(row: Mapping[str, str | None], where: str) -> Coordinate:
    def score(column: str) -> float | None:
        return number(value, where) if (value := row.get(column)) else None

    return Coordinate(
        number(row["x"] or "", where),
        number(row["y"] or "", where),
        score("particle_score"),
        score("contamination_score"),
        *(unescaped(row.get(column) or "") for column in ("source", "author", "created")),
    )
