"""EMAN .box: `boxfiles/<name>.box`, a line a particle: x and y of the lowest-index corner, width, height.

The numbers are whole, so that a centre is rounded to the nearest pixel: up to half a pixel is lost each way.
The corner is the centre minus half the box, rounded down. Source: EMAN2's e2boxer.py. Read are whole or
fractional numbers, between tabs or spaces. A fifth is the score; EMAN1 has a negative number there for the ends of
helices. `g1/001` has `boxfiles/g1/001.box`.
"""

from collections.abc import Iterator

import numpy as np

from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates
from picking.science.formats.export import Export
from picking.science.formats.files import Files, Pieces, first_lines, is_number, lines, number
from picking.science.formats.names import short

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
        with opened() as file:
            rows = [_row(line, f"{path}, line {n}") for n, line in enumerate(lines(path, file), 1) if line.strip()]
        table = np.array(rows, np.float64).reshape(-1, 5)
        centres = table[:, :2] + table[:, 2:4] // 2
        scores = np.where(table[:, 4] >= 0, table[:, 4], np.nan)
        yield Found(path.rpartition(_FOLDER)[2].removesuffix(".box"), Coordinates.at(centres, scores))


def recognises(head: bytes) -> bool:
    """Whether a file has at least four numbers in its first line."""
    first = next(filter(str.strip, first_lines(head)), "").split()[:4]
    return len(first) == 4 and all(map(is_number, first))


def stem(name: str) -> str:
    """The path below `boxfiles`, without `.box`."""
    return short(name, ".box")


def whole(values: np.ndarray) -> np.ndarray:
    """The nearest whole numbers, halves upwards (`round` would send them to even numbers)."""
    return np.floor(values + 0.5).astype(np.int64)


def _row(line: str, where: str) -> list[float]:
    words = line.split()
    if len(words) < 4:
        raise UnreadableCoordinates(f"{where}: a box has x, y, width and height, but this is {line.strip()!r}.")
    values = [number(word, where) for word in words[:4]]
    return [*values, _score(words[4:5])]


def _score(words: list[str]) -> float:
    try:
        return float(words[0]) if words else np.nan
    except ValueError:
        return np.nan
