"""What was written, read back by its own reader and compared with what was meant."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

import numpy as np

from picking.science.formats import FORMATS
from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates
from picking.science.formats.files import Files
from picking.science.formats.names import base_name, finder

LOST = {"eman_box": 0.5, "topaz": 0.5, "coords": 1e-3}
"""Pixels that a format may lose, because it holds whole ones."""

LOST_OF_SCORE = 1e-4
"""Of a merit, by rounding; of one above 1, that part of it."""

LOST_BY_DECIMALS = 1e-3
"""Pixels that any other format may lose."""

Read = tuple[str, Coordinates]


class WrittenWrong(UnreadableCoordinates):
    """What was written is not what was meant; it is not given to anybody."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} This is a mistake of CryoWeb: please report it, and use another format meanwhile.")


def compared(key: str, files: Files, names: Iterable[str], meant: Callable[[str], Coordinates]) -> Iterator[Read]:
    """Micrograph and coordinates, as they are in the files, each compared with those that are `meant`.

    `names`: of the micrographs that were written. Raises WrittenWrong, at the latest when all are read.
    """
    missing = dict.fromkeys(names)
    find = finder(list(missing), base_name, FORMATS[key].stem)
    for written, parts in groupby(FORMATS[key].parse(files), lambda each: each.name):
        name = find(written)
        if name is None or name not in missing:
            raise WrittenWrong(f"Read back, {written} is no micrograph that was written, or is there twice.")
        del missing[name]
        read = _joined(parts)
        _compare(name, meant(name), read, LOST.get(key, LOST_BY_DECIMALS))
        yield name, read
    if missing:
        raise WrittenWrong(f"Read back, {len(missing):,} micrographs are missing, as {next(iter(missing))}.")


def _compare(name: str, meant: Coordinates, read: Coordinates, lost: float) -> None:
    if len(meant) != len(read):
        raise WrittenWrong(f"Read back, {name} has {len(read):,} coordinates instead of {len(meant):,}.")
    furthest = float(np.abs(meant.xy - read.xy).max(initial=0))
    if not furthest <= lost + 1e-6 * max(1.0, float(np.abs(meant.xy).max(initial=0))):
        raise WrittenWrong(f"Read back, coordinates of {name} are up to {furthest:.3g} px from where they should be.")
    scored = ~np.isnan(read.particle_score)
    apart, size = np.abs(meant.merit - read.merit)[scored], np.maximum(1, np.abs(meant.merit[scored]))
    if (apart > LOST_OF_SCORE * size).any():
        raise WrittenWrong(f"Read back, scores of {name} differ by up to {apart.max():.3g} from what they should be.")


def _joined(parts: Iterable[Found]) -> Coordinates:
    return Coordinates.joined(each.coordinates for each in parts)
