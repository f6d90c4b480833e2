"""Numbers as text, many at once: `%` and `repr` take more time for them than all else that an export does."""

from collections.abc import Sequence

import numpy as np
import orjson
from numpy.typing import NDArray

from picking.science.formats.coordinates import Column

PLACES = 6
"""Decimals, as RELION writes them."""

_MOST = 1e8
_LEAST_PLAIN, _MOST_PLAIN = 1e-4, 1e16
"""Numbers from and below these are written without an exponent, by `repr` and by orjson."""

_NOTHING = 0
"""Stands where there is no character, until the end."""

_FOUR = np.array([list(f"{number:04d}".encode()) for number in range(10_000)], np.uint8)


def rows_of(*columns: Column | str) -> str:
    """Rows of a table, between tabs: numbers with six decimals; a text stands in each row as it is."""
    numbers = np.column_stack([column for column in columns if not isinstance(column, str)])
    if not ((numbers >= 0) & (numbers < _MOST - 1)).all():
        return _one_by_one(columns, numbers)
    written = iter(_digits(numbers).transpose(1, 0, 2))
    end = ["\t"] * (len(columns) - 1) + ["\n"]
    cells = []
    for column, after in zip(columns, end, strict=True):
        cells.append(_same(column, len(numbers)) if isinstance(column, str) else next(written))
        cells.append(_same(after, len(numbers)))
    return np.hstack(cells).tobytes().translate(None, bytes([_NOTHING])).decode()


def shortest(numbers: Column) -> list[str]:
    """(n,): each number as `repr` writes it, with as few digits as tell it from all others."""
    size = np.abs(numbers)
    if not len(numbers) or not ((size == 0) | ((size >= _LEAST_PLAIN) & (size < _MOST_PLAIN))).all():
        return list(map(repr, numbers.tolist()))
    return orjson.dumps(np.ascontiguousarray(numbers), option=orjson.OPT_SERIALIZE_NUMPY)[1:-1].decode().split(",")


def _digits(numbers: NDArray[np.float64]) -> NDArray[np.uint8]:
    """(n, m, 15): eight digits, those that lead with zeros left out, the point, and six more."""
    whole, decimals = np.divmod(np.rint(numbers * 10**PLACES).astype(np.int64), 10**PLACES)
    text = np.empty((*numbers.shape, 15), np.uint8)
    text[..., :4], text[..., 4:8] = _FOUR[whole // 10_000], _FOUR[whole % 10_000]
    text[..., 8] = ord(".")
    text[..., 9:13], text[..., 13:] = _FOUR[decimals // 100], _FOUR[decimals % 100][..., 2:]
    for place in range(7):
        text[..., place][whole < 10 ** (7 - place)] = _NOTHING
    return text


def _same(text: str, rows: int) -> NDArray[np.uint8]:
    return np.broadcast_to(np.frombuffer(text.encode(), np.uint8), (rows, len(text.encode())))


def _one_by_one(columns: Sequence[Column | str], numbers: NDArray[np.float64]) -> str:
    """The same for any numbers, those below zero too."""
    cells = [column.replace("%", "%%") if isinstance(column, str) else f"%.{PLACES}f" for column in columns]
    return ("\t".join(cells) + "\n") * len(numbers) % tuple(numbers.ravel().tolist())
