"""Topaz: `picks_topaz.txt`, a tab-separated table of image_name, x_coord, y_coord and score.

Names have no extension. The places are whole pixels, so that up to half a pixel is lost each way. They are those of the
images that Topaz has seen: after `topaz preprocess -s 8` these are eight times smaller, which is the scale of an import
or an export. The score is `Coordinates.merit`; Topaz's own are log-odds, which may be negative.

Topaz knows an image by its file name alone and mixes up g1/001 and g2/001 (its issue 56). The folder stays in
image_name where two micrographs have one file name: give Topaz the images under such names, or one folder at a time.
Read are also spaces instead of tabs, files without the first line or without scores, and the `.csv` of Topaz, which is
that of the VGG Image Annotator. Source: topaz/utils/files.py, topaz/commands/convert.py.
"""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

import numpy as np

from picking.science.formats import via
from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates, by_name
from picking.science.formats.csv import cell
from picking.science.formats.decimals import shortest
from picking.science.formats.export import Export
from picking.science.formats.files import Files, Pieces, first_lines, gathered, is_number, lines, numbers, whole

FILE = "picks_topaz.txt"

_COLUMNS = ["image_name", "x_coord", "y_coord", "score"]
_ROWS = 50_000
"""So many are read at a time."""

_Line = tuple[int, Sequence[str]]
"""Number of a line, and its words."""


def write(export: Export) -> Pieces:
    """One file."""
    return gathered(FILE, _texts(export))


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by image_name. Raises UnreadableCoordinates."""
    for path, opened in files.items():
        with opened() as file:
            if via.recognises(file.readline()):
                file.seek(0)
                yield from via.found_in(path, file)
            else:
                file.seek(0)
                yield from _found_in(path, file)


def recognises(head: bytes) -> bool:
    """Whether the first line names Topaz's columns, or is a name and two or three numbers; or a table of VIA."""
    first = next(filter(str.strip, first_lines(head)), "")
    words = _words(first)
    headless = len(words) in (3, 4) and not is_number(words[0]) and all(map(is_number, words[1:]))
    return set(_COLUMNS[:3]) <= set(words) or headless or via.recognises(head)


def named_by_numbers(head: bytes) -> bool:
    """Whether a table of bare numbers is likely to be one of Topaz without the first line, of micrographs like `001`.

    A .box has the sizes of boxes, which are whole and above 0, where this has scores; the z of .coords is the same in
    all rows, where this has a y.
    """
    rows = [line.split() for line in first_lines(head) if line.strip()]
    columns = list(zip(*rows, strict=False))
    if {len(row) for row in rows} not in ({3}, {4}) or not all(map(str.isdecimal, columns[0])):
        return False
    if not all(is_number(word) for column in columns[1:] for word in column):
        return False
    last = [float(word) for word in columns[-1]]
    return len(set(last)) > 1 if len(columns) == 3 else any(each <= 0 or each % 1 for each in last)


def stem(name: str) -> str:
    """The name itself."""
    return name


def _texts(export: Export) -> Iterator[str]:
    yield "\t".join(_COLUMNS) + "\n"
    for micrograph, picks in export.placed():
        name = cell(micrograph.name, "\t", "\n")  # quotes as pandas does, which Topaz reads with
        rows = zip(*whole(picks.xy).T.tolist(), shortest(picks.merit), strict=True)
        yield "".join([f"{name}\t{x}\t{y}\t{merit}\n" for x, y, merit in rows])


def _found_in(path: str, file: BinaryIO) -> Iterator[Found]:
    rows = _rows(path, file)
    columns = next(rows)[1]
    at = [columns.index(each) if each in columns else -1 for each in _COLUMNS]
    while part := list(islice(rows, _ROWS)):
        for n, words in part:
            if len(words) != len(columns):
                raise UnreadableCoordinates(
                    f"{path}, line {n}: expected {len(columns)} values ({', '.join(columns)}), found {len(words)}. "
                    "Names with spaces need tabs between the columns."
                )
        yield from _found(path, part, at)


def _found(path: str, part: Sequence[_Line], at: Sequence[int]) -> Iterator[Found]:
    names, x, y, scores = ([words[column] for _, words in part] if column >= 0 else [] for column in at)
    if "" in names:
        raise UnreadableCoordinates(f"{path}, line {part[names.index('')][0]} does not name a micrograph.")

    def where(row: int) -> str:
        return f"{path}, line {part[row][0]}"

    places = np.column_stack([numbers(x, where), numbers(y, where)])
    for name, each in by_name(names, Coordinates.at(places, numbers(scores, where) if scores else None)):
        yield Found(name, each)


def _rows(path: str, file: BinaryIO) -> Iterator[_Line]:
    """The columns, then every row that is not empty, with its line. The first line may be a row, too."""
    content = lines(path, file, as_it_is=True)
    above, first = next(((n, line) for n, line in enumerate(content) if line.strip()), (0, ""))
    every = chain([first], content)
    rows = (
        _of_tabs(path, every, above)
        if "\t" in first
        else ((n, _words(line)) for n, line in enumerate(every, above + 1))
    )
    filled = ((n, words) for n, words in rows if words)
    n, words = next(filled, (1, []))
    if set(_COLUMNS[:3]) <= set(words):
        yield n, words
    elif len(words) in (3, 4):
        yield from [(n, _COLUMNS[: len(words)]), (n, words)]
    else:
        raise UnreadableCoordinates(f"{path}, line {n}: the columns of Topaz are {', '.join(_COLUMNS)}.")
    yield from filled


def _of_tabs(path: str, content: Iterator[str], above: int) -> Iterator[_Line]:
    reader = csv.reader(content, delimiter="\t", strict=True)
    try:
        for words in reader:
            yield above + reader.line_num, words if any(words) else []
    except csv.Error as error:
        raise UnreadableCoordinates(f"{path}, line {above + reader.line_num}: {error}.") from error


def _words(line: str) -> list[str]:
    """The values of a line, between tabs if there are any."""
    if "\t" not in line:
        return line.split()
    try:
        return next(csv.reader([line], delimiter="\t"), [])
    except csv.Error:
        return []
