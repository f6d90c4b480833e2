"""A view with less noise, for people's eyes: Wiener's filter, with signal and noise read off the micrograph itself.

Source: Wiener (1949). The mean spectrum of a micrograph falls to a floor towards the highest frequencies. The
floor is taken for the noise at all frequencies, since averaging blocks of white noise leaves it white, and each
frequency keeps the part of its amplitude that is above. What is left is blurred as far as it must be, not more;
nothing is made up, as a network could.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from picking.science.imaging.power import power_spectrum, radial_mean

_TILE = 256
"""Pixels a side of the spectrum, at most."""
_FLOOR = 0.8
"""Frequencies above this part of Nyquist's are the floor."""
_MARGIN = 1.05
"""Over the floor counts what is so many times above: its own estimate scatters."""
_STRETCH = (0.5, 99.5)
_THREADS = 2


def denoised(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """An image (ny, nx) through Wiener's filter, stretched to 0 to 255."""
    spectrum = fft.dctn(pixels.astype(np.float32), norm="ortho", workers=_THREADS, overwrite_x=True)
    fy, fx = (np.arange(n, dtype=np.float32) / (2 * n) for n in pixels.shape)
    gain = _gain(pixels)
    frequencies = np.linspace(0, 0.5, len(gain))
    spectrum *= np.interp(np.hypot(fy[:, None], fx), frequencies, gain).astype(np.float32)
    image = fft.idctn(spectrum, norm="ortho", workers=_THREADS, overwrite_x=True)
    step = max(1, int(np.sqrt(image.size / 1e6)))
    low, high = np.percentile(image[::step, ::step], _STRETCH)
    return np.asarray((image - np.float32(low)) * np.float32(255 / max(high - low, 1e-6)), np.float32)


def _gain(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The part of the amplitude that is kept, at equal steps from 0 to 0.5 cycles a pixel."""
    power = radial_mean(power_spectrum(pixels, min(_TILE, *(n // 2 * 2 for n in pixels.shape))))
    floor = float(np.median(power[int(_FLOOR * len(power)) :]))
    above = np.clip(1 - _MARGIN * floor / np.maximum(power, 1e-12), 0, 1)
    above[:2] = 1  # the taper leaves no power at the very lowest frequencies
    return np.asarray(above, np.float64)
