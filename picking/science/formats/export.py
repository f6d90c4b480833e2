"""Export: what the formats write."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from picking.science.formats.coordinates import Coordinate, Coordinates, UnreadableCoordinates
from picking.science.formats.whence import Whence
from picking.science.imaging.ctf import CtfValues
from picking.science.picks import Points

Size = tuple[int, int]
"""(width, height) in pixels; 0 where it is not known."""


@dataclass(frozen=True)
class ExportMicrograph:
    """`name` as people see it; `file_name`: the file's path below the common folder of the project's micrographs.

    Size in pixels, pixel size in Å. A conversion without the micrographs knows neither: 0.
    `picks`: in full-resolution pixels; `Coordinates` where there are many. `ctf`: where it is known. `listed_as`: its
    path in the list of RELION or cryoSPARC that it was imported from, if any; `cryosparc_uid`: its number there.
    `whence`: for formats that say where each coordinate comes from; all micrographs of an export have it, or none.
    """

    name: str
    file_name: str
    width: int
    height: int
    pixel_size: float
    picks: Sequence[Coordinate]
    ctf: CtfValues | None = None
    listed_as: str = ""
    cryosparc_uid: int | None = None
    whence: Whence | None = None


@dataclass(frozen=True)
class Export:
    """What is written. `micrographs` may be a generator: formats process one at a time.

    `particle_diameter`: Å. `folder`: the path before the file names in RELION's micrographs.star, such as
    MotionCorr/job002/Movies. `flip_y`: for micrographs that the next program reads upside down, as some do with TIFF.
    `scale`: the next program's images are so many times smaller; its coordinates are ours divided by it.
    `box_px`: along a box, in full-resolution pixels; None for one and a half diameters.
    `made_at`: for formats that say it; None for now.
    """

    particle_diameter: float
    micrographs: Iterable[ExportMicrograph]
    folder: str = ""
    flip_y: bool = False
    scale: float = 1.0
    box_px: int | None = None
    made_at: datetime | None = None

    def placed(self) -> Iterator[tuple[ExportMicrograph, Coordinates]]:
        """Every micrograph that has picks, with those whose centre lies in the image, where the next program has them.

        Pixel i reaches from i - 0.5 to i + 0.5. A box wholly outside would abort RELION's extraction. Flipped first,
        then divided by the scale. Raises UnreadableCoordinates where a flip needs a height that is not known.
        """
        for micrograph in self.micrographs:
            inside = _inside(micrograph)
            if not len(inside):
                continue
            if not self.flip_y and self.scale == 1:
                yield micrograph, inside
                continue
            whence = micrograph.whence
            placed = whence and whence.at(self._placed(whence.places, micrograph))
            yield replace(micrograph, whence=placed), inside.moved(self._placed(inside.xy, micrograph))

    def _placed(self, xy: Points, micrograph: ExportMicrograph) -> Points:
        placed: Points = (flipped(xy, micrograph.height, micrograph.name) if self.flip_y else xy) / self.scale
        return placed

    def listed_name(self, micrograph: ExportMicrograph) -> str:
        """What RELION or cryoSPARC calls it: as in the list it came from, unless a person says the folder."""
        folder = self.folder.strip("/")
        if micrograph.listed_as and not folder:
            return micrograph.listed_as
        return f"{folder}/{micrograph.file_name}" if folder else micrograph.file_name

    def size(self, micrograph: ExportMicrograph) -> tuple[float, float]:
        """(width, height) of the next program's image, in its pixels."""
        return micrograph.width / self.scale, micrograph.height / self.scale

    def box(self, micrograph: ExportMicrograph) -> int:
        """Pixels of the next program along a box: as asked for, else one and a half particle diameters, even."""
        if self.box_px:
            return max(1, round(self.box_px / self.scale))
        if not micrograph.pixel_size:
            raise UnreadableCoordinates("The box size is not known. Give it in pixels.")
        return 2 * round(0.75 * self.particle_diameter / micrograph.pixel_size / self.scale)


def flipped(xy: Points, height: int, name: str) -> Points:
    """The rows counted from the other end: y' = height - 1 - y. Raises UnreadableCoordinates without a height."""
    if not height:
        raise UnreadableCoordinates(f"The height of {name} is not known, so that y cannot be flipped. Give the size.")
    return np.column_stack([xy[:, 0], height - 1 - xy[:, 1]])


def inside(xy: Points, size: Size) -> NDArray[np.bool_]:
    """(n,): which centres lie in the image; all where its size is not known.

    Pixel i reaches from i - 0.5 to i + 0.5.
    """
    if not all(size):
        return np.ones(len(xy), bool)
    x, y = xy.T
    within: NDArray[np.bool_] = (x >= -0.5) & (y >= -0.5) & (x <= size[0] - 0.5) & (y <= size[1] - 0.5)
    return within


def _inside(micrograph: ExportMicrograph) -> Coordinates:
    picks = Coordinates.of(micrograph.picks)
    return picks.chosen(inside(picks.xy, (micrograph.width, micrograph.height)))
