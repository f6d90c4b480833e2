"""CSV, one file with all that is known of each final pick: centres in full-resolution pixels, unrounded."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import fields
from operator import attrgetter

from picking.science.formats.coordinates import Coordinate, Export, UnreadableCoordinates, number, text

_FIELDS = [each.name for each in fields(Coordinate)]


def write(export: Export) -> Iterator[tuple[str, bytes]]:
    """One file, `picks.csv`, in UTF-8; `micrograph` is the file name."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["micrograph", *_FIELDS])
    for micrograph, picks in export.placed():
        writer.writerows((micrograph.file_name, *attrgetter(*_FIELDS)(pick)) for pick in picks)
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
                named.setdefault(row["micrograph"], []).append(_coordinate(row, f"{path}, line {reader.line_num}"))
        except csv.Error as error:
            raise UnreadableCoordinates(f"{path}: {error}.") from error
    return named


def _coordinate(row: Mapping[str, str | None], where: str) -> Coordinate:
    def score(column: str) -> float | None:
        return number(value, where) if (value := row.get(column)) else None

    return Coordinate(
        number(row["x"] or "", where),
        number(row["y"] or "", where),
        score("particle_score"),
        score("contamination_score"),
        *(row.get(column) or "" for column in ("source", "author", "created")),
    )
