"""A few pixels that are NaN or infinite, such as after division by a gain of 0: replaced from their surroundings."""

import numpy as np

from picking.science.imaging.micrograph import Pixels, UnreadableMicrograph

MENDED = 1e-4
"""The fraction of pixels that may be NaN or infinite: with more, an earlier processing step has failed."""


def mend(pixels: Pixels) -> tuple[Pixels, int]:
    """`pixels` (ny, nx) with every NaN or infinity replaced, and how many there were; the array itself if none.

    Each becomes the median of the numbers at most 1, 2, 4, 8 … pixels away, as soon as there are any.
    Raises UnreadableMicrograph when more than MENDED of the pixels are no numbers.
    """
    if np.isfinite(pixels.min()) and np.isfinite(pixels.max()):  # NaN and infinity show in one of the two
        return pixels, 0
    bad = ~np.isfinite(pixels)
    count = int(np.count_nonzero(bad))
    if count > MENDED * pixels.size:
        raise UnreadableMicrograph(
            f"{count:,} of its {pixels.size:,} pixels are NaN or infinite; repeat the step that wrote it."
        )
    values = [_around(pixels, y, x) for y, x in np.argwhere(bad).tolist()]
    pixels = np.require(pixels, requirements="W")
    pixels[bad] = values
    return pixels, count


def _around(pixels: Pixels, y: int, x: int) -> float:
    reach, numbers = 1, pixels[:0, 0]
    while not numbers.size:
        square = pixels[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1]
        numbers = square[np.isfinite(square)]
        reach *= 2
    return float(np.median(numbers))
