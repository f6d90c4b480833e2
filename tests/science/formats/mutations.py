"""Damage and harmless changes that files meet on their way: a function of the content and a random generator.

`SAME`: the file means what it meant. `WORSE`: it is damaged; its values may be lost, but nothing else may happen.
"""

import csv
import io
import re
from collections.abc import Callable
from random import Random

import numpy as np

Mutation = Callable[[bytes, Random], bytes]

_NUMBER = re.compile(rb"(?<![\w.\-\"@])-?\d+(?:\.\d+)?(?![\w.\"])")


def windows_lines(content: bytes, _: Random) -> bytes:
    return content.replace(b"\n", b"\r\n")


def byte_order_mark(content: bytes, _: Random) -> bytes:
    return b"\xef\xbb\xbf" + content


def empty_lines_at_the_end(content: bytes, _: Random) -> bytes:
    return content + b"\n\n"


def truncated(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def other_bytes(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, 5)):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def bytes_left_out(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randint(1, 20) :]


def bytes_put_in(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    return content[:start] + random.randbytes(random.randint(1, 20)) + content[start:]


def another_encoding(content: bytes, random: Random) -> bytes:
    return content.decode().encode(random.choice(["utf-16", "utf-16-be", "utf-32", "cp037"]))


def not_a_number(content: bytes, random: Random) -> bytes:
    """One of the numbers is none, or none that fits a pixel."""
    found = random.choice(list(_NUMBER.finditer(content)))
    word = random.choice([b"nan", b"inf", b"-NaN", b"1_0", b"1e999", b"0x10", b"1,5", b"--1", "१x".encode()])
    return content[: found.start()] + word + content[found.end() :]


def a_word_too_few(content: bytes, random: Random) -> bytes:
    found = random.choice(list(_NUMBER.finditer(content)))
    return content[: found.start()] + content[found.end() :]


def comments(content: bytes, random: Random) -> bytes:
    """STAR: comments at the ends of rows and between blocks."""
    rows = content.split(b"\n")
    return b"\n".join(row + b' # it\'s "said"' if row and random.random() < 0.5 else row for row in rows)


def quotes(content: bytes, random: Random) -> bytes:
    """STAR: some values in quotes."""
    return re.sub(rb"(?<=\t)[\w.]+(?=[\t\n])", lambda m: _quoted(m[0], random), content)


def spaces(content: bytes, random: Random) -> bytes:
    """STAR: more white space between values, and before and after them."""
    return re.sub(rb"\t", lambda _: random.choice([b"  ", b" \t", b"\t"]), content).replace(b"\n", b" \n")


def columns_of_star(content: bytes, random: Random) -> bytes:
    """STAR: the columns of each loop in another order."""
    return _blocks(content, lambda names, rows: _in_order(names, rows, random.sample(range(len(names)), len(names))))


def single_rows(content: bytes, _: Random) -> bytes:
    """STAR: a loop of one row as single values."""
    return _blocks(content, lambda names, rows: (names, rows), single=True)


def a_column_of_star_too_few(content: bytes, random: Random) -> bytes:
    def without(names: list[bytes], rows: list[list[bytes]]) -> tuple[list[bytes], list[list[bytes]]]:
        return _in_order(names, rows, sorted(random.sample(range(len(names)), max(1, len(names) - 1))))

    return _blocks(content, without)


def columns_of_table(content: bytes, random: Random) -> bytes:
    """A table whose first line names the columns: these in another order."""
    return _table(content, lambda count: random.sample(range(count), count))


def a_column_of_table_too_few(content: bytes, random: Random) -> bytes:
    return _table(content, lambda count: sorted(random.sample(range(count), count - 1)))


def big_endian(content: bytes, _: Random) -> bytes:
    return _rewritten(content, lambda rows: rows.astype(rows.dtype.newbyteorder(">")))


def columns_of_array(content: bytes, random: Random) -> bytes:
    return _rewritten(
        content, lambda rows: _fields(rows, random.sample(rows.dtype.names or (), len(rows.dtype.names or ())))
    )


def unicode_names(content: bytes, _: Random) -> bytes:
    def decoded(rows: np.ndarray) -> np.ndarray:
        path = "location/micrograph_path"
        other = np.empty(len(rows), [(n, "<U300" if n == path else rows.dtype[n]) for n in rows.dtype.names or ()])
        for name in other.dtype.names or ():
            other[name] = np.char.decode(rows[name], "utf-8") if name == path else rows[name]
        return other

    return _rewritten(content, decoded)


def a_column_of_array_too_few(content: bytes, random: Random) -> bytes:
    return _rewritten(
        content, lambda rows: _fields(rows, random.sample(rows.dtype.names or (), len(rows.dtype.names or ()) - 1))
    )


def not_a_number_in_array(content: bytes, random: Random) -> bytes:
    def spoiled(rows: np.ndarray) -> np.ndarray:
        rows = rows.copy()
        rows[random.choice(["location/center_x_frac", "location/center_y_frac"])][random.randrange(len(rows))] = (
            random.choice([np.nan, np.inf, -np.inf])
        )
        return rows

    return _rewritten(content, spoiled)


def other_bytes_in_head(content: bytes, random: Random) -> bytes:
    """As `other_bytes`, in what describes an array."""
    size = 10 + int.from_bytes(content[8:10], "little")
    return other_bytes(content[:size], random) + content[size:]


TEXT_SAME = (windows_lines, byte_order_mark, empty_lines_at_the_end)
TEXT_WORSE = (truncated, other_bytes, bytes_left_out, bytes_put_in, another_encoding, not_a_number, a_word_too_few)
STAR_SAME = (*TEXT_SAME, comments, quotes, spaces, columns_of_star, single_rows)
STAR_WORSE = (*TEXT_WORSE, a_column_of_star_too_few)
TABLE_SAME = (*TEXT_SAME, columns_of_table)
TABLE_WORSE = (*TEXT_WORSE, a_column_of_table_too_few)
ARRAY_SAME = (big_endian, columns_of_array, unicode_names)
ARRAY_WORSE = (
    *(truncated, other_bytes, other_bytes_in_head, bytes_left_out, bytes_put_in),
    *(not_a_number_in_array, a_column_of_array_too_few),
)


def _quoted(word: bytes, random: Random) -> bytes:
    quote = random.choice([b"", b"'", b'"'])
    return quote + word + quote


def _in_order(names: list[bytes], rows: list[list[bytes]], order: list[int]) -> tuple[list[bytes], list[list[bytes]]]:
    return [names[i] for i in order], [[row[i] for i in order] for row in rows]


def _blocks(
    content: bytes,
    change: Callable[[list[bytes], list[list[bytes]]], tuple[list[bytes], list[list[bytes]]]],
    single: bool = False,
) -> bytes:
    """The loops of a STAR file that we wrote, each with other columns; with `single`, one row needs no loop."""

    def changed(loop: re.Match[bytes]) -> bytes:
        names, rows = change(
            [line.split()[0] for line in loop["names"].splitlines()],
            [line.split(b"\t") for line in loop["rows"].splitlines()],
        )
        if single and len(rows) == 1:
            return b"\n".join(name + b" " + value for name, value in zip(names, rows[0], strict=True)) + b"\n"
        return b"loop_\n" + b"\n".join([*names, *(b"\t".join(row) for row in rows)]) + b"\n"

    return re.sub(rb"loop_\n(?P<names>(?:_.*\n)+)(?P<rows>(?:[^\n]+\n)*)", changed, content)


def _table(content: bytes, order: Callable[[int], list[int]]) -> bytes:
    delimiter = "\t" if b"\t" in content.split(b"\n")[0] else ","
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter=delimiter))
    chosen = order(len(rows[0]))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([row[i] for i in chosen] for row in rows)
    return out.getvalue().encode()


def _rewritten(content: bytes, change: Callable[[np.ndarray], np.ndarray]) -> bytes:
    out = io.BytesIO()
    np.save(out, change(np.load(io.BytesIO(content), allow_pickle=False)), allow_pickle=False)
    return out.getvalue()


def _fields(rows: np.ndarray, names: list[str]) -> np.ndarray:
    other = np.empty(len(rows), [(name, rows.dtype[name]) for name in names])
    for name in names:
        other[name] = rows[name]
    return other
