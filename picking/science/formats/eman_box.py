"""EMAN .box: `boxfiles/<name>.box`, a line a particle: x and y of the lowest-index corner, width, height.

The numbers are whole, so that a centre is rounded to the nearest pixel: up to half a pixel is lost each way.
The corner is the centre minus half the box, rounded down. Source: EMAN2's e2boxer.py. Read are whole or
fractional numbers, between tabs or spaces. A fifth is the score; EMAN1 has a negative number there for the ends of
helices. `g1/001` has `boxfiles/g1/001.box`.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates
from picking.science.formats.export import Export
from picking.science.formats.files import Files, Pieces, first_lines, is_number, whole
from picking.science.formats.names import short
from picking.science.formats.table import Rows, rows_of

_FOLDER = "boxfiles/"


def write(export: Export) -> Pieces:
    """One file for each micrograph with picks."""
    for micrograph, picks in export.placed():
        box = export.box(micrograph)
        corners = whole(picks.xy) - box // 2
        content = "".join(f"{x}\t{y}\t{box}\t{box}\n" for x, y in corners.tolist())
        yield f"{_FOLDER}{stem(micrograph.name)}.box", content.encode()


def parse(files: Files) -> Iterator[Found]:
    """Coordinates by path below `boxfiles`, without `.box`. Raises UnreadableCoordinates."""
    for path, opened in files.items():
        name = path.rpartition(_FOLDER)[2].removesuffix(".box")
        found = False
        with opened() as file:
            for rows in rows_of(path, file):
                found = True
                yield Found(name, _coordinates(rows))
        if not found:
            yield Found(name, Coordinates.of([]))


def recognises(head: bytes) -> bool:
    """Whether a file has at least four numbers in its first line."""
    first = next(filter(str.strip, first_lines(head)), "").split()[:4]
    return len(first) == 4 and all(map(is_number, first))


def stem(name: str) -> str:
    """The path below `boxfiles`, without `.box`."""
    return short(name, ".box")


def _coordinates(rows: Rows) -> Coordinates:
    rows.require(4, None, "x, y, width and height of a box")
    x, y, width, height = (rows.column(index) for index in range(4))
    for row in np.flatnonzero((width <= 0) | (height <= 0))[:1]:
        raise UnreadableCoordinates(f"{rows.where(int(row))}: a box without width or height.")
    centres = np.column_stack([x + width // 2, y + height // 2])
    scores = np.array([_score(words[4:5]) for words in rows.words])
    return Coordinates.at(centres, np.where(scores >= 0, scores, np.nan))


def _score(words: Sequence[str]) -> float:
    try:
        score = float(words[0]) if words else np.nan
    except ValueError:
        return np.nan
    return score if np.isfinite(score) else np.nan
