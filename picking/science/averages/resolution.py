"""The resolution of an average: where two halves of its members stop to agree.

Fourier ring correlation: Saxton and Baumeister (1982), J. Microsc. 127, 127. Threshold 0.143: Rosenthal and Henderson
(2003), J. Mol. Biol. 333, 721. Both halves were aligned to one average, so that the noise they share with it makes the
figure somewhat too good: it compares classes, and is no measure of a reconstruction.
"""

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 0.143


def ring_correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float64]:
    """(size // 2 + 1,): of two images (size, size), at 0, 1 … size // 2 cycles per side."""
    size = len(one)
    first, second = np.fft.fft2(one), np.fft.fft2(other)
    along = np.fft.fftfreq(size, 1 / size)
    ring = np.rint(np.hypot(along[:, None], along)).astype(int).ravel()

    def summed(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(ring, values.ravel())[: size // 2 + 1], np.float64)

    power = np.sqrt(summed(np.abs(first) ** 2) * summed(np.abs(second) ** 2))
    return np.asarray(summed((first * second.conj()).real) / np.maximum(power, 1e-30))


def resolution(one: NDArray[np.float32], other: NDArray[np.float32], pixel_size: float) -> float:
    """Å; two pixels where the halves agree at all frequencies, a whole side where at none."""
    agreed = ring_correlation(one, other)
    below = np.flatnonzero(agreed[1:] < THRESHOLD) + 1
    if not len(below):
        return 2 * pixel_size
    end = int(below[0])
    above = agreed[end - 1] if end > 1 else 1.0
    part = (above - THRESHOLD) / max(above - agreed[end], 1e-12)
    return float(len(one) * pixel_size / max(1.0, end - 1 + part))
