"""How coordinates are scaled, guessed from how far they reach over their micrographs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from picking.science.formats.coordinates import Found
from picking.science.formats.export import Size
from picking.science.formats.placing import Placing
from picking.science.imaging.micrograph import Header

Sure = Literal["exact", "probable", "unsure"]

BINNINGS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16)

_FULL = (0.9, 1.005)
"""Coordinates in the right scale reach over so much of both sides of an image."""

_ENOUGH = 20
"""Particles: so many all but never leave out a tenth of both sides by chance."""

_ODD_MICROGRAPHS = 2
"""Per cent of the micrographs whose reach is left aside: a few wrong coordinates say nothing about the others."""


@dataclass(frozen=True)
class Guess:
    """A placing, why, in a sentence, and how sure: as the file says, probable, or unsure."""

    placing: Placing
    sentence: str
    sure: Sure


@dataclass(frozen=True)
class Reach:
    """How far the `count` coordinates of a micrograph reach: `largest` x and y, as they are in the file.

    `size`: of the image that the file names, if it does.
    """

    header: Header
    size: Size | None
    largest: tuple[float, float]
    count: int

    @classmethod
    def of(cls, found: Found, header: Header) -> "Reach":
        x, y = found.coordinates.xy.max(axis=0, initial=0).tolist()
        return cls(header, found.size, (x, y), len(found.coordinates))


def guess_placing(reaches: Iterable[Reach]) -> Guess:
    """The scale by all micrographs. Never flipped: coordinates do not show it."""
    every = [each for each in reaches if each.count]
    if not every:
        return Guess(Placing(), "There are no coordinates to tell the scale by.", "unsure")
    sizes = {(each.size, (each.header.width, each.header.height)) for each in every if each.header.width}
    if sizes and all(said for said, _ in sizes):
        return _by_size(sizes)
    largest = np.array([each.largest for each in every])
    count = sum(each.count for each in every)
    headers = [each.header for each in every]
    image = np.array([(header.width or np.nan, header.height or np.nan) for header in headers], np.float64)
    if np.isnan(image).all():
        return Guess(Placing(), "Without the sizes of the micrographs the scale cannot be told.", "unsure")
    if largest.max() <= 1 and count >= _ENOUGH:
        sentence = "All coordinates lie between 0 and 1: they are probably fractions of the width and the height."
        return Guess(Placing(unit="fractions"), sentence, "probable")
    return _by_reach(largest / image, [header.pixel_size for header in headers], count)


def _by_size(sizes: set[tuple[Size | None, Size]]) -> Guess:
    said, ours = sorted((said, ours) for said, ours in sizes if said)[0]
    if all(said == ours for said, ours in sizes):
        return Guess(Placing(), "The files name images of the same size as the micrographs.", "exact")
    turned = said[0] * ours[1] != said[1] * ours[0] and abs(said[0] / ours[0] - said[1] / ours[1]) > 0.02
    sentence = f"The files refer to images of {_size(said)}, and the micrographs have {_size(ours)}"
    if turned:
        return Guess(Placing(), f"{sentence}: their shapes differ, so that they may be other images.", "unsure")
    return Guess(Placing(), f"{sentence}: coordinates are multiplied by {ours[0] / said[0]:.4g}.", "exact")


def _by_reach(reaches: NDArray[np.float64], pixel_sizes: list[float | None], count: int) -> Guess:
    """`reaches`: (n, 2), the largest x and y of each file as a share of width and height."""
    reach = np.nanpercentile(reaches, 100 - _ODD_MICROGRAPHS, axis=0, method="lower")
    if len(reaches) < 100 / _ODD_MICROGRAPHS:
        reach = np.nanmax(reaches, axis=0)
    furthest = float(reach.max())
    over = f"The coordinates reach over {_share(furthest)} of the images"
    sure: Sure = "probable" if count >= _ENOUGH and reach.min() / furthest > _FULL[0] else "unsure"
    known = [size for size in pixel_sizes if size]
    pixel_size = float(np.median(known)) if len(known) == len(pixel_sizes) else 0.0
    in_angstrom = pixel_size and abs(pixel_size - 1) > 0.05 and _FULL[0] <= furthest / pixel_size <= _FULL[1]
    if _FULL[0] * 0.9 <= furthest <= 1.05:
        said = f"they are {_probably(sure)} in pixels of these micrographs."
        if in_angstrom and furthest < _FULL[0]:
            said, sure = "they are in pixels that leave out the borders, or in Å. Look at some of them.", "unsure"
        return Guess(Placing(1.0), f"{over}: {said}", sure)
    if in_angstrom:
        sentence = f"{over}, which is their size in Å: they are {_probably(sure)} in Å instead of pixels."
        return Guess(Placing(unit="angstrom"), sentence, sure)
    if furthest > 1.05:
        scale = next((n for n in BINNINGS if furthest / n <= _FULL[1]), None)
        if scale is None:
            return Guess(Placing(1.0), f"{over}, far more than there is: they belong to other images.", "unsure")
        sentence = f"{over}: they were {_probably(sure)} picked on images {scale} times as large."
        return Guess(Placing(1 / scale), sentence, sure if furthest / scale >= _FULL[0] else "unsure")
    scale = max(n for n in BINNINGS if furthest * n <= _FULL[1])
    if scale == 1 or furthest * scale < _FULL[0] * 0.9:
        return Guess(Placing(1.0), f"{over}: their scale cannot be told from that. Look at some of them.", "unsure")
    sentence = f"{over}: they were {_probably(sure)} picked on micrographs binned by {scale}."
    return Guess(Placing(float(scale)), sentence, sure)


def _share(furthest: float) -> str:
    """As people say it: 1/4, 97%, 2 times the size."""
    if furthest > 1.05:
        return f"{furthest:.2g} times the size"
    near = round(1 / furthest) if furthest else 0
    return f"1/{near}" if near > 1 and _FULL[0] * 0.9 <= furthest * near <= _FULL[1] else f"{min(furthest, 1):.0%}"


def _probably(sure: Sure) -> str:
    return "probably" if sure == "probable" else "perhaps"


def _size(size: Size) -> str:
    return f"{size[0]} × {size[1]} px"
