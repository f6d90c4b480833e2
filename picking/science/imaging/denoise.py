"""A view with less noise, for people's eyes: Wiener's filter, with signal and noise read off the micrograph itself.

Source: Wiener (1949). The mean spectrum of a micrograph falls to a floor towards the highest frequencies. The floor is
taken as the noise at all frequencies, since averaging blocks of white noise leaves it white, and each frequency keeps
the part of its amplitude that is above it. The result is blurred only as far as necessary, and nothing is invented, as
it could be by a network.

A picture whose high frequencies were cut off before it came here (smoothed, and then often written as JPEG) has no
such floor. There the noise is what its quietest parts hold, frequency by frequency.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from picking.science.imaging.power import power_spectrum, radial_mean, tile_spectra

_TILE = 256
"""Pixels a side of the spectrum, at most."""
_FLOOR = 0.8
"""Frequencies above this part of Nyquist's are the floor."""
_MARGIN = 1.05
"""Only what is this many times above the floor counts as signal, as the floor's own estimate scatters."""
_CUT_OFF = 0.01
"""A floor below this fraction of the variance is not noise: white noise leaves 0.9 in a micrograph, smoothing 1e-5."""
_QUIET = 0.1
"""The part of all tiles that counts as free of particles."""
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
    tile = min(_TILE, *(n // 2 * 2 for n in pixels.shape))
    power = radial_mean(power_spectrum(pixels, tile))
    floor = float(np.median(power[int(_FLOOR * len(power)) :]))
    cut_off = floor < _CUT_OFF * pixels.var()
    noise = _quiet_power(pixels, tile) if cut_off else _MARGIN * floor
    gain = np.clip(1 - noise / np.maximum(power, 1e-12), 0, 1)
    # The taper leaves no power at the very lowest frequencies: they are kept, but no more than the best of the rest.
    gain[:2] = gain[2:].max() if cut_off else 1
    return np.asarray(gain, np.float64)


def _quiet_power(pixels: NDArray[np.uint8], tile: int) -> NDArray[np.float64]:
    """Mean power of the quietest tiles, as `radial_mean` gives it."""
    spectra = tile_spectra(pixels, tile)
    variance = spectra @ np.arange(spectra.shape[1])  # a ring has as many frequencies as it is long
    quietest = np.argsort(variance)[: max(1, int(_QUIET * len(spectra)))]
    return np.asarray(spectra[quietest].mean(axis=0), np.float64)
