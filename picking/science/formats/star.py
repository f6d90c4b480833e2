"""STAR files: the part of the syntax that RELION reads and writes.

Blocks `data_<name>` with either one loop or single values. A quoted value ends at a quote before white space, as
in RELION's nextTokenInSTAR and in CIF; text blocks between semicolons do not occur. RELION writes names without quotes,
and takes whatever follows the columns for rows (readStarLoop): a row may begin with `data_`, `loop_` or `_`.
"""

import re
from collections.abc import Iterable, Sequence
from string import whitespace

from picking.science.formats.coordinates import UnreadableCoordinates

Block = dict[str, list[str]]
"""Column name without the underscore -> values; single values are columns of one."""

_WORD = re.compile(r"\S+", re.ASCII)
_CLOSING = {quote: re.compile(rf"{quote}(?=\s|$)", re.ASCII) for quote in "'\""}


def read_star(content: str, path: str) -> dict[str, Block]:
    """Block name -> block, in time linear in the content. Raises UnreadableCoordinates with path and line."""
    blocks: dict[str, Block] = {}
    block: Block = {}
    in_loop = in_rows = apart = False
    for number, whole_line in enumerate(content.split("\n"), 1):
        line = whole_line.strip(whitespace)  # keywords are sought here, not among the tokens: quoted ones are values
        tokens = _tokens(line)
        if not tokens:
            apart = True  # an empty line, or a comment
            continue
        keyword = line.startswith(("data_", "loop_", "_"))
        if in_loop and len(tokens) == len(block) and not (keyword and _ends_rows(tokens, in_rows, apart)):
            in_rows = True
            for column, value in zip(block.values(), tokens, strict=True):
                column.append(value)
        elif keyword and line.startswith("data_"):
            block = _new_block(blocks, tokens[0].removeprefix("data_"), f"{path}, line {number}")
            in_loop = in_rows = False
        elif keyword and line.startswith("loop_"):
            in_loop, in_rows = True, False
        elif keyword and not in_rows:
            block[tokens[0][1:]] = [] if in_loop else tokens[1:2]
        else:
            raise UnreadableCoordinates(f"{path}, line {number}: expected {len(block)} values, found {len(tokens)}.")
        apart = False
    return blocks


def write_star(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """One block with one loop. Raises ValueError for a value that STAR cannot hold."""
    head = ["", "# version 30001", "", f"data_{name}", "", "loop_"]
    head += [f"_{column} #{number}" for number, column in enumerate(columns, 1)]
    return "\n".join([*head, *("\t".join(map(_quoted, row)) for row in rows), "", ""])


def _ends_rows(tokens: Sequence[str], in_rows: bool, apart: bool) -> bool:
    """Whether a line that begins like a keyword is one, though it has as many values as there are columns."""
    if tokens[0].startswith("_"):
        return not in_rows and tokens[1:] in ([], [str(len(tokens) + 1)])  # a column; its number may follow
    return len(tokens) == 1 and apart


def _new_block(blocks: dict[str, Block], name: str, where: str) -> Block:
    if blocks.get(name):
        raise UnreadableCoordinates(f"{where}: there is a second block data_{name}. Import one file at a time.")
    return blocks.setdefault(name, {})


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


def _quoted(value: str) -> str:
    if re.fullmatch(r"""(?!data_|loop_)[^\s'"#_]\S*""", value, re.ASCII):
        return value
    for quote in "\"'":
        if not re.search(rf"{quote}(\s|\Z)|[\r\n\v\f]", value, re.ASCII):
            return f"{quote}{value}{quote}"
    raise ValueError(f"{value!r} cannot be written into a STAR file; rename the micrograph.")
