"""STAR files: the part of the syntax that RELION reads and writes.

Blocks `data_<name>` with either one loop or single values. A quoted value ends at a quote before white space, as
in RELION's nextTokenInSTAR and in CIF; text blocks between semicolons do not occur. RELION writes names without quotes,
and takes whatever follows the columns for rows (readStarLoop): a row may begin with `data_`, `loop_` or `_`.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from string import whitespace

from picking.science.formats.coordinates import Column, UnreadableCoordinates
from picking.science.formats.files import Files, first_lines, lines, numbers

Block = dict[str, list[str]]
"""Column name without the underscore -> values; single values are columns of one."""

ROWS = 10_000
"""Of a long loop, so many are read at a time."""

_WORD = re.compile(r"\S+", re.ASCII)
_CLOSING = {quote: re.compile(rf"{quote}(?=\s|$)", re.ASCII) for quote in "'\""}
_KEYWORDS = ("data_", "loop_", "_")
_NOT_PLAIN = re.compile("[#'\"\x1c-\x1f]")
"""Quotes, comments, and what `str.split` takes for white space but STAR does not."""


class _Lines:
    """Numbered lines, one by one; and many rows at once where they need no thought."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[str] = deque()
        self._number = 0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        while (line := self._waiting.popleft() if self._waiting else next(self._lines, None)) is not None:
            self._number += 1
            yield self._number, line

    def plain_rows(self, width: int, most: int) -> list[list[str]]:
        """The rows that come next, up to the first line that has not `width` values or may be something else."""
        if self._waiting:
            return []
        batch = list(islice(self._lines, most))
        text = "".join(batch)
        odd = _NOT_PLAIN.search(text)
        least = text.count("\n", 0, odd.start()) if odd else len(batch)
        rows = [line.split() for line in batch[: least if text.isascii() else 0]]
        other = (n for n, row in enumerate(rows) if len(row) != width or row[0].startswith(_KEYWORDS))
        plain = next(other, len(rows))
        self._waiting.extend(batch[plain:])
        self._number += plain
        return rows[:plain]


@dataclass
class StarPart:
    """A block of a STAR file, or some of its rows: `columns` as in Block, and the line of the file of each row."""

    path: str
    name: str
    columns: Block = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)

    def require(self, *columns: str) -> None:
        """Raises UnreadableCoordinates for the first of these columns that the block does not have."""
        for column in columns:
            if column not in self.columns:
                raise UnreadableCoordinates(f"{self.path}: the block data_{self.name} has no column _{column}.")

    def numbers(self, column: str) -> Column:
        """(n,): the numbers in a column. Raises UnreadableCoordinates with path and line."""
        return numbers(self.columns[column], self.where)

    def where(self, row: int) -> str:
        """Path and line of a row."""
        return f"{self.path}, line {self.lines[row]}" if self.lines else self.path


def read_star(content: str, path: str) -> dict[str, Block]:
    """Block name -> block, in time linear in the content. Raises UnreadableCoordinates with path and line."""
    blocks: dict[str, Block] = {}
    for part in star_parts(content.split("\n"), path):
        block = blocks.setdefault(part.name, {})
        for column, values in part.columns.items():
            block.setdefault(column, []).extend(values)
    return blocks


def star_parts(content: Iterable[str], path: str) -> Iterator[StarPart]:
    """The blocks of a file one after another, a long loop in parts of ROWS rows.

    Raises UnreadableCoordinates with path and line.
    """
    part = StarPart(path, "")
    rows: list[Sequence[str]] = []
    seen = set[str]()
    in_loop = in_rows = apart = started = False
    ahead = _Lines(content)
    for number, whole_line in ahead:
        line = whole_line.strip(whitespace)  # keywords are sought here, not among the tokens: quoted ones are values
        tokens = _tokens(line)
        if not tokens:
            apart = True  # an empty line, or a comment
            continue
        keyword = line.startswith(_KEYWORDS)
        if in_loop and len(tokens) == len(part.columns) and not (keyword and _ends_rows(tokens, in_rows, apart)):
            in_rows = True
            more = ahead.plain_rows(len(tokens), ROWS - len(rows) - 1)
            rows += [tokens, *more]
            part.lines += range(number, number + 1 + len(more))
            if len(rows) == ROWS:
                yield _filled(part, rows)
                part, rows = StarPart(path, part.name, {column: [] for column in part.columns}), []
        elif keyword and line.startswith("data_"):
            if started:
                yield _filled(part, rows)
                seen |= {part.name} if part.columns else set()
            part, rows, started = StarPart(path, tokens[0].removeprefix("data_")), [], True
            if part.name in seen:
                raise UnreadableCoordinates(
                    f"{path}, line {number}: there is a second block data_{part.name}. Import one file at a time."
                )
            in_loop = in_rows = False
        elif keyword and line.startswith("loop_"):
            if part.columns:
                raise UnreadableCoordinates(
                    f"{path}, line {number}: data_{part.name} goes on with another loop. A line data_… is missing."
                )
            in_loop, in_rows = True, False
        elif keyword and not in_rows:
            part.columns[tokens[0][1:]] = [] if in_loop else tokens[1:2]
            started = True
        else:
            raise UnreadableCoordinates(
                f"{path}, line {number}: expected {len(part.columns)} values, found {len(tokens)}."
            )
        apart = False
    if started:
        yield _filled(part, rows)


def parts_of(files: Files, path: str) -> Iterator[StarPart]:
    """As `star_parts`, of one of several files."""
    with files[path]() as file:
        yield from star_parts(lines(path, file), path)


def star_columns(head: bytes) -> list[set[str]]:
    """The columns of each block in the first bytes of a STAR file, as far as they reach; none if it is not one."""
    blocks: list[set[str]] = []
    for line in first_lines(head):
        word = line.split(maxsplit=1)[:1]
        if word and word[0].startswith("data_") and len(line.split()) == 1:
            blocks.append(set())
        elif word and word[0].startswith("_") and blocks:
            blocks[-1].add(word[0][1:])
    return blocks


def star_head(name: str, columns: Sequence[str]) -> str:
    """The start of a block with one loop: rows follow."""
    head = ["", "# version 30001", "", f"data_{name}", "", "loop_"]
    head += [f"_{column} #{number}" for number, column in enumerate(columns, 1)]
    return "\n".join([*head, ""])


def write_star(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """One block with one loop. Raises ValueError for a value that STAR cannot hold."""
    return star_head(name, columns) + "".join("\t".join(map(quoted, row)) + "\n" for row in rows) + "\n"


def quoted(value: str) -> str:
    """A value as it stands in a row. Raises ValueError for one that STAR cannot hold."""
    if re.fullmatch(r"""(?!data_|loop_)[^\s'"#_]\S*""", value, re.ASCII):
        return value
    for quote in "\"'":
        if not re.search(rf"{quote}(\s|\Z)|[\r\n\v\f]", value, re.ASCII):
            return f"{quote}{value}{quote}"
    raise ValueError(f"{value!r} cannot be written into a STAR file; rename the micrograph.")


def _filled(part: StarPart, rows: list[Sequence[str]]) -> StarPart:
    if rows:
        part.columns = {name: list(values) for name, values in zip(part.columns, zip(*rows, strict=True), strict=True)}
    return part


def _ends_rows(tokens: Sequence[str], in_rows: bool, apart: bool) -> bool:
    """Whether a line that begins like a keyword is one, though it has as many values as there are columns."""
    if tokens[0].startswith("_"):
        return not in_rows and tokens[1:] in ([], [str(len(tokens) + 1)])  # a column; its number may follow
    return len(tokens) == 1 and apart


def _tokens(line: str) -> list[str]:
    """The values of a line; a # that starts a token starts a comment."""
    if not ("#" in line or "'" in line or '"' in line):
        return _WORD.findall(line)
    tokens, end, unclosed = [], 0, ""
    while word := _WORD.search(line, end):
        first, start = line[word.start()], word.start() + 1
        if first == "#":
            break
        closing = _CLOSING[first].search(line, start) if first in _CLOSING and first not in unclosed else None
        if first in _CLOSING and not closing:
            unclosed += first  # none closes later either: searching again would make the time quadratic
        tokens.append(line[start : closing.start()] if closing else word[0])
        end = closing.end() if closing else word.end()
    return tokens
