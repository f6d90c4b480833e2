"""CSV, one file with all that is known of each final pick: centres in full-resolution pixels, unrounded.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such text is written after an
apostrophe, and read back without it. Source: OWASP, CSV Injection.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from operator import attrgetter

from picking.science.formats.coordinates import Coordinate, Export, UnreadableCoordinates, number, text

_FIELDS = [each.name for each in fields(Coordinate)]

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""Leading apostrophes of the text itself are escaped too, so that no text is mistaken for an escaped one."""


def write(export: Export) -> Iterator[tuple[str, bytes]]:
    """One file, `picks.csv`, in UTF-8; `micrograph` is the file's path below the common folder."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["micrograph", *_FIELDS])
    for micrograph, picks in export.placed():
        writer.writerows(map(_escaped, (micrograph.file_name, *attrgetter(*_FIELDS)(pick))) for pick in picks)
    yield "picks.csv", out.getvalue().encode()


def parse(files: Mapping[str, bytes]) -> dict[str, list[Coordinate]]:
    """Coordinates by the column `micrograph`; x and y must be there too. Raises UnreadableCoordinates."""
    named: dict[str, list[Coordinate]] = {}
    for path, content in files.items():
        reader = csv.DictReader(io.StringIO(text(path, content), newline=""))
        if not {"micrograph", "x", "y"} <= set(reader.fieldnames or ()):
            raise UnreadableCoordinates(f"{path} has no columns micrograph, x and y in its first line.")
        try:
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                if not row["micrograph"]:
                    raise UnreadableCoordinates(f"{where} does not name a micrograph.")
                named.setdefault(unescaped(row["micrograph"]), []).append(_coordinate(row, where))
        except csv.Error as error:
            raise UnreadableCoordinates(f"{path}: {error}.") from error
    return named


def unescaped(cell: str) -> str:
    """The text of a cell that a spreadsheet might have taken for a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


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
