"""CSV, one file with all that is known of each final pick: centres in full-resolution pixels, unrounded.

An export with provenance has the columns of whence.py as well, after the others.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula. Such text is written after an
apostrophe, and read back without it. Source: OWASP, CSV Injection.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain, islice
from typing import BinaryIO

import numpy as np

from picking.science.formats.coordinates import (
    Column,
    Coordinate,
    Coordinates,
    Found,
    UnreadableCoordinates,
    by_name,
)
from picking.science.formats.decimals import shortest
from picking.science.formats.export import Export
from picking.science.formats.files import Files, Pieces, first_lines, gathered, lines, numbers
from picking.science.formats.table import plain_columns
from picking.science.formats.whence import COLUMNS as PROVENANCE

FILE = "picks.csv"

_END = "\r\n"

_ROWS = 50_000
"""So many are read at a time."""

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
            for table in _tables(path, file):
                for name, coordinates in by_name(table.texts("micrograph"), _coordinates(table)):
                    yield Found(name, coordinates)


def recognises(head: bytes) -> bool:
    """Whether the first line of a file names the columns."""
    return set(next(csv.reader(first_lines(head)[:1]), [])) >= _NEEDED


def stem(name: str) -> str:
    """The name itself."""
    return name


def no_formula(text: str) -> str:
    """The text, after an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescaped(cell: str) -> str:
    """The text of a cell that a spreadsheet might have taken for a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def cell(text: str, delimiter: str = ",", end: str = _END) -> str:
    """A text as it stands in a row, in quotes where it needs them."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerow([text, ""])
    return out.getvalue().removesuffix(delimiter + end)


def _texts(export: Export) -> Iterator[str]:
    """The header, then the rows of each micrograph."""
    first = True
    for micrograph, picks in export.placed():
        if first:
            yield _heading(micrograph.whence is not None)
            first = False
        columns = [
            _words([micrograph.file_name] * len(picks)),
            *map(shortest, picks.xy.T),
            *map(_scores, picks.scores),
            *(_words(column) if column else [""] * len(picks) for column in picks.texts),
        ]
        if micrograph.whence:
            columns += map(list, zip(*(map(_or_empty, row) for row in micrograph.whence.of(picks)), strict=True))
        yield "".join([f"{row}{_END}" for row in map(",".join, zip(*columns, strict=True))])
    if first:
        yield _heading(False)


def _heading(with_provenance: bool) -> str:
    return ",".join(["micrograph", *_FIELDS, *(PROVENANCE if with_provenance else ())]) + _END


def _or_empty(value: str | float | None) -> str:
    return "" if value is None else str(value)


def _scores(column: Column) -> list[str]:
    """Empty where there is none."""
    unknown = np.isnan(column)
    texts = shortest(np.where(unknown, 0, column))
    for row in np.flatnonzero(unknown).tolist():
        texts[row] = ""
    return texts


def _tables(path: str, file: BinaryIO) -> Iterator["_Table"]:
    """The rows of a file, a part at a time."""
    content = lines(path, file, as_it_is=True)
    reader, number = csv.reader(content, strict=True), 0
    try:
        names = next(reader, [])
        if not set(names) >= _NEEDED:
            raise UnreadableCoordinates(f"{path} has no columns micrograph, x and y in its first line.")
        number = reader.line_num
        while part := list(islice(content, _ROWS)):
            columns = plain_columns(part, ",", len(names))
            if not columns:
                break
            yield _Table(path, names, range(number + 1, number + 1 + len(part)), columns)
            number += len(part)
        reader = csv.reader(chain(part, content), strict=True)
        rows = ((number + reader.line_num, row) for row in reader if row)
        while slow := list(islice(rows, _ROWS)):
            yield _Table.of(path, names, slow)
    except csv.Error as error:
        raise UnreadableCoordinates(f"{path}, line {number + reader.line_num}: {error}.") from error


def _words(column: Sequence[str]) -> list[str]:
    """The cells of a column of few words, which come again and again."""
    known = {word: cell(no_formula(word)) for word in set(column)}
    return [known[word] for word in column]


def _coordinates(table: "_Table") -> Coordinates:
    for row, name in enumerate(table.texts("micrograph")):
        if not name:
            raise UnreadableCoordinates(f"{table.where(row)} does not name a micrograph.")
    return Coordinates(
        np.column_stack([table.numbers("x"), table.numbers("y")]),
        table.scores("particle_score"),
        table.scores("contamination_score"),
        *(table.texts(column) for column in ("source", "author", "created")),
    )


@dataclass(frozen=True)
class _Table:
    """Some rows of a file: the names of its columns, the lines of the rows, and the cells of each column."""

    path: str
    names: Sequence[str]
    lines: Sequence[int]
    columns: Sequence[Sequence[str]]

    @classmethod
    def of(cls, path: str, names: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> "_Table":
        """Raises UnreadableCoordinates for a row without a cell for every column."""
        for line, cells in rows:
            if len(cells) != len(names):
                raise UnreadableCoordinates(f"{path}, line {line}: expected {len(names)} values, found {len(cells)}.")
        return cls(path, names, [line for line, _ in rows], list(zip(*(cells for _, cells in rows), strict=True)))

    def where(self, row: int) -> str:
        return f"{self.path}, line {self.lines[row]}"

    def cells(self, column: str) -> Sequence[str]:
        """The cells of a column; none where the file does not have it."""
        return self.columns[self.names.index(column)] if column in self.names else ()

    def texts(self, column: str) -> Sequence[str]:
        cells = self.cells(column)
        known = {cell: unescaped(cell) for cell in set(cells)}
        return tuple(map(known.__getitem__, cells))

    def numbers(self, column: str) -> Column:
        return numbers(self.cells(column), self.where)

    def scores(self, column: str) -> Column:
        """(n,): NaN where a cell is empty."""
        cells = self.cells(column)
        if cells and all(cells):
            return numbers(cells, self.where)
        known = [(row, cell) for row, cell in enumerate(cells) if cell]
        scores = np.full(len(self.lines), np.nan)
        scores[[row for row, _ in known]] = numbers([cell for _, cell in known], lambda n: self.where(known[n][0]))
        return scores
