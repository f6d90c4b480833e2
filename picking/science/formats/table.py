"""Tables of bare numbers, a line a particle without names of columns; and plain tables, which are read at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from picking.science.formats.coordinates import Column, UnreadableCoordinates
from picking.science.formats.files import lines, numbers

_ROWS = 50_000
"""So many are read at a time."""


@dataclass(frozen=True)
class Rows:
    """Some lines of a file that are not empty, as words; `lines`: their numbers."""

    path: str
    lines: Sequence[int]
    words: Sequence[Sequence[str]]

    def where(self, row: int) -> str:
        """Path and line of a row."""
        return f"{self.path}, line {self.lines[row]}"

    def column(self, index: int) -> Column:
        """(n,): the numbers in a column that all rows have. Raises UnreadableCoordinates."""
        return numbers([words[index] for words in self.words], self.where)

    def require(self, least: int, most: int | None, expected: str) -> None:
        """Raises UnreadableCoordinates for the first row with fewer or more values, saying what is `expected`."""
        for row, words in enumerate(self.words):
            if len(words) < least or (most is not None and len(words) > most):
                raise UnreadableCoordinates(f"{self.where(row)}: expected {expected}, found {' '.join(words[:8])!r}.")


def plain_columns(rows: Sequence[str], delimiter: str, width: int) -> list[list[str]]:
    """The cells of lines with their ends, column by column; none unless all have `width` of them and need no quotes."""
    text = "".join(rows)
    end = "\r\n" if text.endswith("\r\n") else "\n"
    if '"' in text or text.count("\r") != (len(rows) if end == "\r\n" else 0):
        return []
    cells = text.replace(end, f"{delimiter}\n{delimiter}").split(delimiter)
    ends = cells[width :: width + 1]
    if len(cells) != len(rows) * (width + 1) + 1 or ends.count("\n") != len(rows):
        return []
    return [cells[column : -1 : width + 1] for column in range(width)]


def rows_of(path: str, file: BinaryIO) -> Iterator[Rows]:
    """The lines of a file, a part at a time; between spaces or tabs. Lines that begin with # are left out.

    Raises UnreadableCoordinates.
    """
    every = ((n, line.split()) for n, line in enumerate(lines(path, file), 1))
    filled = ((n, words) for n, words in every if words and not words[0].startswith("#"))
    while part := list(islice(filled, _ROWS)):
        yield Rows(path, [n for n, _ in part], [words for _, words in part])
