"""Where the coordinates of a file lie on a micrograph: their unit, their scale, and from which end rows are counted."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates
from picking.science.formats.export import Size, flipped
from picking.science.picks import Points

Unit = Literal["pixels", "fractions", "angstrom"]


@dataclass(frozen=True)
class Placing:
    """`scale`: a pixel of the files is so many of the micrograph's; None for what the file itself says, else 1.

    `flip_y`: the files count rows from the other end. `unit`: of the coordinates; fractions are of width and height.
    """

    scale: float | None = None
    flip_y: bool = False
    unit: Unit = "pixels"

    def placed(self, found: Found, size: Size, pixel_size: float | None, name: str) -> Coordinates:
        """The particles in full-resolution pixels of the micrograph `name`: scaled first, then flipped.

        The other way round as in `Export.placed`. `size`: 0 where it is not known. Raises UnreadableCoordinates where
        size or pixel size are needed and not known.
        """
        factor = self._factor(found, size, pixel_size, name)
        xy: Points = found.coordinates.xy * factor
        return found.coordinates.moved(flipped(xy, size[1], name) if self.flip_y else xy)

    def _factor(self, found: Found, size: Size, pixel_size: float | None, name: str) -> np.ndarray | float:
        if self.unit == "fractions":
            if not all(size):
                raise UnreadableCoordinates(f"The size of {name} is not known; give it to use fractions of it.")
            return np.array(size, np.float64)
        if self.unit == "angstrom":
            if not pixel_size:
                raise UnreadableCoordinates(f"The pixel size of {name} is not known; give it to use coordinates in Å.")
            return 1 / pixel_size
        if self.scale is None and found.size and all(size) and found.size != size:
            return np.array(size, np.float64) / found.size
        return self.scale or 1.0
