"""EMAN .box: `boxfiles/<name>.box`, a line a particle: x and y of the lowest-index corner, width, height.

The numbers are whole, so that a centre is rounded to the nearest pixel: up to half a pixel is lost each way.
The corner is the centre minus half the box, rounded down. Source: EMAN2's e2boxer.py. Read are whole or
fractional numbers, between tabs or spaces; what follows the fourth is ignored. `g1/001` has `boxfiles/g1/001.box`.
"""

from collections.abc import Iterator, Mapping

from picking.science.formats.coordinates import Coordinate, Export, UnreadableCoordinates, number, text
from picking.science.formats.names import short

_FOLDER = "boxfiles/"


def write(export: Export) -> Iterator[tuple[str, bytes]]:
    """One file for each micrograph with picks."""
    for micrograph, picks in export.placed():
        box = export.box(micrograph)
        lines = [f"{_whole(p.x) - box // 2}\t{_whole(p.y) - box // 2}\t{box}\t{box}\n" for p in picks]
        yield f"{_FOLDER}{stem(micrograph.name)}.box", "".join(lines).encode()


def parse(files: Mapping[str, bytes]) -> dict[str, list[Coordinate]]:
    """Coordinates by path below `boxfiles`, without `.box`. Raises UnreadableCoordinates."""
    return {
        path.rpartition(_FOLDER)[2].removesuffix(".box"): [
            _coordinate(line, f"{path}, line {n}")
            for n, line in enumerate(text(path, content).splitlines(), 1)
            if line.strip()
        ]
        for path, content in files.items()
    }


def stem(name: str) -> str:
    """The path below `boxfiles`, without `.box`."""
    return short(name, ".box")


def _coordinate(line: str, where: str) -> Coordinate:
    values = [number(value, where) for value in line.split()[:4]]
    if len(values) < 4:
        raise UnreadableCoordinates(f"{where}: a box has x, y, width and height, but this is {line.strip()!r}.")
    x, y, width, height = values
    return Coordinate(x + width // 2, y + height // 2)


def _whole(value: float) -> int:
    """The nearest whole number, halves upwards (Python's `round` would send them to even numbers)."""
    return int(value + 0.5)
