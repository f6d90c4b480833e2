"""STAR files: the part of the syntax that RELION reads and writes.

Blocks `data_<name>` with either one loop or single values. A quoted value ends at a quote before white space, as
in RELION's nextTokenInSTAR and in CIF; text blocks between semicolons do not occur.
"""

import re
from collections.abc import Iterable, Sequence
from string import whitespace

from picking.science.formats.coordinates import UnreadableCoordinates

Block = dict[str, list[str]]
"""Column name without the underscore -> values; single values are columns of one."""

_TOKEN = re.compile(r"""'(.*?)'(?=\s|$)|"(.*?)"(?=\s|$)|(\#.*)|(\S+)""", re.ASCII)


def read_star(content: str, path: str) -> dict[str, Block]:
    """Block name -> block. Raises UnreadableCoordinates with path and line."""
    blocks: dict[str, Block] = {}
    block: Block = {}
    in_loop = in_rows = False
    for number, whole_line in enumerate(content.split("\n"), 1):
        line = whole_line.strip(whitespace)  # keywords are sought here, not among the tokens: quoted ones are values
        tokens = _tokens(line)
        if not tokens:
            continue
        if line.startswith("data_"):
            block = blocks.setdefault(tokens[0].removeprefix("data_"), {})
            in_loop = in_rows = False
        elif line.startswith("loop_"):
            in_loop, in_rows = True, False
        elif line.startswith("_") and not in_rows:
            block[tokens[0][1:]] = [] if in_loop else tokens[1:2]
        elif in_loop and len(tokens) == len(block):
            in_rows = True
            for column, value in zip(block.values(), tokens, strict=True):
                column.append(value)
        else:
            raise UnreadableCoordinates(
                f"{path}, line {number}: {len(tokens)} values where there are {len(block)} columns."
            )
    return blocks


def write_star(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """One block with one loop. Raises ValueError for a value that STAR cannot hold."""
    head = ["", "# version 30001", "", f"data_{name}", "", "loop_"]
    head += [f"_{column} #{number}" for number, column in enumerate(columns, 1)]
    return "\n".join([*head, *("\t".join(map(_quoted, row)) for row in rows), "", ""])


def _tokens(line: str) -> list[str]:
    """The values of a line; a # that starts a token starts a comment."""
    tokens = []
    for match in _TOKEN.finditer(line):
        if match[3]:
            break
        tokens.append(next(group for group in (match[1], match[2], match[4]) if group is not None))
    return tokens


def _quoted(value: str) -> str:
    if re.fullmatch(r"""(?!data_|loop_)[^\s'"#_]\S*""", value, re.ASCII):
        return value
    for quote in "\"'":
        if not re.search(rf"{quote}(\s|\Z)|[\r\n\v\f]", value, re.ASCII):
            return f"{quote}{value}{quote}"
    raise ValueError(f"{value!r} cannot be written into a STAR file; rename the micrograph.")
