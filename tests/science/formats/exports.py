"""Exports that the format tests share."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from hypothesis import strategies as st

from picking.science.formats import FORMATS, Coordinate, Export, ExportMicrograph, MatchedCoordinates

WIDTH, HEIGHT = 4096, 3072
LOST = {"eman_box": 0.5, "topaz": 0.5}
"""Pixels that a format may lose, as it stores whole ones; the others a thousandth."""

ODD_NAMES = (
    "plain",
    "with space",
    "quote'd",
    '"double" quoted',
    "#7",
    "_under",
    "data_1",
    "dots.1.2",
    "größe µ",
    "a__b",
    "data_",
    "loop_1",
    "=1+1",
    "'-quoted",
    "foo.tif",
    "Gro\u0308\u00dfe",
    "grid 1/001",
    "raw/001",
    "a/b/c__d",
    "L" * 246,
    "ö" * 120,
    "F" * 255 + "/001",
)

X = st.floats(0, WIDTH - 1)
Y = st.floats(0, HEIGHT - 1)
SCORE = st.floats(0, 1, width=32)
NETWORK = st.builds(Coordinate, X, Y, SCORE, SCORE, st.just("network"))
PERSON = st.builds(
    Coordinate, X, Y, st.none() | SCORE, st.none() | SCORE, st.sampled_from(["label", "verdict"]), st.just("ann")
)
PICKS = st.lists(st.one_of(NETWORK, PERSON), min_size=1, max_size=6)
"""Picks of one micrograph, float64 coordinates with all their digits."""


def micrograph(name: str, picks: Iterable[Coordinate] = (Coordinate(10.5, 20.25),)) -> ExportMicrograph:
    return ExportMicrograph(name, f"{name}.mrc", WIDTH, HEIGHT, 1.5, list(picks))


def export(*micrographs: ExportMicrograph, **options: Any) -> Export:
    return Export(180, micrographs, **options)


def written(key: str, what: Export) -> dict[str, bytes]:
    return {
        path: b"".join(piece for _, piece in pieces)
        for path, pieces in groupby(FORMATS[key].write(what), itemgetter(0))
    }


def read(key: str, files: dict[str, bytes], names: Iterable[str], **options: Any) -> MatchedCoordinates:
    return FORMATS[key].read(files, dict.fromkeys(names, (WIDTH, HEIGHT)), **options)


def places(coordinates: Iterable[Coordinate]) -> list[tuple[float, float]]:
    return [(each.x, each.y) for each in coordinates]
