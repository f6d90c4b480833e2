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
_FLOOR = 0.8
"""Frequencies above this part of Nyquist's are the floor."""
_STRETCH = (0.5, 99.5)
_THREADS = 2


def denoised(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """An image (ny, nx) of at least 256 pixels a side through Wiener's filter, stretched to 0 to 255."""
    spectrum = fft.dctn(pixels.astype(np.float32), norm="ortho", workers=_THREADS, overwrite_x=True)
    fy, fx = (np.arange(n, dtype=np.float32) / (2 * n) for n in pixels.shape)
    gain = _gain(pixels)
    spectrum *= np.interp(np.hypot(fy[:, None], fx), np.arange(len(gain)) / _TILE, gain).astype(np.float32)
    image = fft.idctn(spectrum, norm="ortho", workers=_THREADS, overwrite_x=True)
    step = max(1, int(np.sqrt(image.size / 1e6)))
    low, high = np.percentile(image[::step, ::step], _STRETCH)
    stretched: NDArray[np.float32] = (image - np.float32(low)) * np.float32(255 / max(high - low, 1e-6))
    return stretched


def _gain(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The part of the amplitude that is kept at 0, 1/256, 2/256 … cycles a pixel."""
    power = radial_mean(power_spectrum(pixels, _TILE))
    floor = np.median(power[int(_FLOOR * len(power)) :])
    above: NDArray[np.float64] = np.clip(1 - floor / np.maximum(power, 1e-12), 0, 1)
    above[:2] = 1  # the taper leaves no power at the very lowest frequencies
    return np.minimum.accumulate(above) if floor > 0 else above
