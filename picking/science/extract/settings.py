"""How particles are cut out of micrographs, with the defaults of RELION's extraction job.

Source: RELION 4 and 5, preprocessing.cpp and `getCommandsExtractJob` of pipeline_jobs.cpp.
"""

from dataclasses import dataclass
from math import ceil, inf

from scipy.fft import next_fast_len

STACKS = "relion_stacks"
"""The key of this kind of export, beside those of the coordinate formats."""

BACKGROUND = 0.75
"""Diameter of the circle around the particle, as a part of the box, where none is asked for."""

DIAMETERS = 1.5
"""Of the particle along a box, where nobody says otherwise."""


class BadExtraction(ValueError):
    """Settings that cannot be used. The message is for people."""


@dataclass(frozen=True)
class ExtractSettings:
    """What is done to every particle, in this order: cut out, bin, normalise, invert.

    box: pixels of the micrograph along a side, even.
    binned_box: pixels along a side of the written image, even and no more than `box`; None leaves it as it is.
    invert: particles white on black, as the programs after this one want them; they are dark in a micrograph.
    normalise: a background of mean 0 and standard deviation 1.
    ramp: subtract the plane through the background first, rather than its mean.
    background_diameter: pixels of the micrograph; the background is what lies outside this circle. None: BACKGROUND.
    white_dust, black_dust: pixels farther above or below the mean of the background than so many of its standard
    deviations are replaced by noise; None leaves them.
    half_precision: write 16-bit floats (MRC mode 12), half the size; of normalised particles only.
    Raises BadExtraction.
    """

    box: int
    binned_box: int | None = None
    invert: bool = True
    normalise: bool = True
    ramp: bool = True
    background_diameter: float | None = None
    white_dust: float | None = None
    black_dust: float | None = None
    half_precision: bool = False

    def __post_init__(self) -> None:
        for name, size in (("The box", self.box), ("The binned box", self.size)):
            if size < 2 or size % 2:
                even = 2 * max(1, size // 2 + 1)
                raise BadExtraction(f"{name} is {size} pixels; RELION takes even sizes only, so use {even}.")
        if self.size > self.box:
            raise BadExtraction(f"The binned box, {self.size}, is larger than the box, {self.box}; make it smaller.")
        if self.background_diameter is not None and not 0 <= self.background_diameter <= self.box:
            raise BadExtraction(
                f"The background begins outside a circle of {self.background_diameter:g} pixels, but the box has "
                f"{self.box}; make the circle smaller or the box larger."
            )
        if any(dust is not None and not 0 < dust < inf for dust in (self.white_dust, self.black_dust)):
            raise BadExtraction("Dust is told by a number of standard deviations above 0, such as 5.")
        if self.half_precision and not self.normalise:
            raise BadExtraction("16-bit floats cannot hold every grey value; normalise the particles or use 32 bits.")

    @property
    def size(self) -> int:
        """Pixels along a side of the written image."""
        return self.box if self.binned_box is None else self.binned_box

    @property
    def binning(self) -> float:
        """Pixels of the micrograph along a pixel of the written image."""
        return self.box / self.size

    @property
    def background_radius(self) -> int:
        """Pixels of the written image, whole: decimals are cut off, as in RELION's job."""
        diameter = BACKGROUND * self.box if self.background_diameter is None else self.background_diameter
        return int(diameter / 2 * self.size / self.box)


def suggested_box(particle_diameter: float, pixel_size: float) -> int:
    """Pixels, both lengths in Å: DIAMETERS, rounded up to the next even size whose Fourier transform is fast."""
    return good_box(DIAMETERS * particle_diameter / pixel_size)


def good_box(least: float) -> int:
    """The smallest even size from `least` on with no prime factor above 5."""
    return 2 * next_fast_len(max(1, ceil(least / 2)), real=True)
