"""What a classification comes to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNSORTED = -1


@dataclass(frozen=True)
class Averages:
    """Of n crops in K classes, the largest first.

    images: (K, size, size), float32: the mean of the members, turned and shifted onto each other.
    members: (n,), the class of each crop; UNSORTED while it waits.
    angles: (n,), degrees from x towards y by which the crop is turned from its average.
    shifts: (n, 2), x and y of the particle's centre, in pixels of the crop from pixel (size // 2, size // 2).
    fits: (n,), the correlation of the crop with its average over what stands out of the noise, -1 to 1.
    resolutions: (K,), Å, of the two half sets; nan where a class is too small to tell.
    """

    images: NDArray[np.float32]
    members: NDArray[np.int64]
    angles: NDArray[np.float32]
    shifts: NDArray[np.float32]
    fits: NDArray[np.float32]
    resolutions: NDArray[np.float64]

    @property
    def counts(self) -> NDArray[np.int64]:
        """(K,): members of each class."""
        return np.bincount(self.members[self.members >= 0], minlength=len(self.images)).astype(np.int64)
