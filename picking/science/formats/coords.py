"""Plain coordinates: `COORDS/<name>.coords`, a line a particle: x, y and z of the centre, with six decimals; z is 0.

crYOLO's box manager converts them (`cbox2coords`, `coords2cbox`, which needs all three), and IMOD's point2model reads
them. There is no score. Read are two or three numbers a line, between spaces or tabs, after lines that begin
with `#`. Places at different z are those of a tomogram. Source: cryoloBM's cbox2coords.py.
"""

from collections.abc import Iterator

import numpy as np

from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates
from picking.science.formats.export import Export
from picking.science.formats.files import Files, Pieces, first_lines, is_number
from picking.science.formats.names import short
from picking.science.formats.table import Rows, rows_of

_FOLDER, _SUFFIX = "COORDS/", ".coords"


def write(export: Export) -> Pieces:
    """One file for each micrograph with picks."""
    for micrograph, picks in export.placed():
        content = "".join(f"{x:.6f} {y:.6f} 0.000000\n" for x, y in picks.xy.tolist())
        yield f"{_FOLDER}{stem(micrograph.name)}{_SUFFIX}", content.encode()


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by path below `COORDS`, without `.coords`. Raises UnreadableCoordinates."""
    for path, opened in files.items():
        name = path.rpartition(_FOLDER)[2].removesuffix(_SUFFIX)
        heights = set[float]()
        with opened() as file:
            for rows in rows_of(path, file):
                rows.require(2, 3, "x, y and perhaps z")
                heights |= _heights(rows)
                if len(heights) > 1:
                    raise UnreadableCoordinates(
                        f"{path} holds places at different z. These are of a tomogram, not of a micrograph."
                    )
                yield Found(name, Coordinates.at(np.column_stack([rows.column(0), rows.column(1)])))


def recognises(head: bytes) -> bool:
    """Whether there are two or three numbers in the first line, and no more."""
    first = next((line for line in first_lines(head) if line.strip() and not line.startswith("#")), "")
    words = first.split()
    return len(words) in (2, 3) and all(map(is_number, words))


def stem(name: str) -> str:
    """The path below `COORDS`, without `.coords`."""
    return short(name, _SUFFIX)


def _heights(rows: Rows) -> set[float]:
    if all(len(words) == 2 for words in rows.words):
        return set()
    rows.require(3, 3, "x, y and z")
    return set(rows.column(2).tolist())
