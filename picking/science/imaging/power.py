"""The power spectrum of a micrograph: the mean of the spectra of many overlapping tiles (Welch, 1967)."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import gaussian_filter

_THREADS = 2


def power_spectrum(pixels: NDArray[np.generic], tile: int) -> NDArray[np.float32]:
    """Mean power of the tiles of an image (ny, nx), frequency 0 in the middle: float32 (tile, tile).

    Tiles overlap by half; each has its mean subtracted and is tapered, so that its edges leave no cross. The frequency
    at column x is (x - tile / 2) / tile cycles a pixel. Raises ValueError for an image smaller than a tile.
    """
    total, count = np.zeros((tile, tile // 2 + 1), np.float64), 0
    for power in _tile_powers(pixels, tile):
        total += power
        count += 1
    return _centred((total / count).astype(np.float32))


def tile_spectra(pixels: NDArray[np.generic], tile: int) -> NDArray[np.float64]:
    """Power of each tile of `power_spectrum`, averaged over rings by `radial_mean`: (tiles, tile // 2 + 1)."""
    return np.array([radial_mean(_centred(power)) for power in _tile_powers(pixels, tile)])


def radial_mean(image: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean over rings around the middle of a square image (n, n), by whole pixels of radius: (n // 2 + 1,)."""
    n = len(image)
    offset = np.arange(n) - n // 2
    radius = np.rint(np.hypot(offset[:, None], offset)).astype(int).ravel()
    sums = np.bincount(radius, image.ravel())
    means: NDArray[np.float64] = (sums / np.bincount(radius))[: n // 2 + 1]
    return means


def spectrum_picture(power: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The logarithm of the power as greys, less its slow fall with frequency, so that Thon rings show at all radii."""
    n = len(power)
    image = np.log(np.maximum(power, np.finfo(np.float32).tiny))
    profile = radial_mean(image)
    offset = np.arange(n) - n // 2
    radius = np.minimum(np.hypot(offset[:, None], offset), n // 2)
    smooth = gaussian_filter(profile, n / 32, mode="nearest")
    flat = gaussian_filter(image - np.interp(radius, np.arange(len(smooth)), smooth).astype(np.float32), 0.7)
    low, high = np.percentile(flat, (1, 99.7))
    greys: NDArray[np.uint8] = np.clip((flat - low) * (255 / max(high - low, 1e-6)), 0, 255).astype(np.uint8)
    return greys


def _tile_powers(pixels: NDArray[np.generic], tile: int) -> Iterator[NDArray[np.float32]]:
    """The half of each tile's power that rfft2 gives, (tile, tile // 2 + 1)."""
    ny, nx = pixels.shape
    if min(ny, nx) < tile:
        raise ValueError(f"{nx} x {ny} pixels are less than a tile of {tile}")
    taper = np.hanning(tile).astype(np.float32)
    window = taper[:, None] * taper
    norm = np.square(window).sum()
    for y in _starts(ny, tile):
        for x in _starts(nx, tile):
            part = pixels[y : y + tile, x : x + tile].astype(np.float32)
            spectrum = fft.rfft2((part - part.mean()) * window, workers=_THREADS)
            yield (spectrum.real**2 + spectrum.imag**2) / norm


def _starts(length: int, tile: int) -> list[int]:
    count = max(1, 2 * length // tile - 1)
    return [int(start) for start in np.linspace(0, length - tile, count)]


def _centred(half: NDArray[np.float32]) -> NDArray[np.float32]:
    """The whole spectrum of a real image from the half that rfft2 gives: power(-f) = power(f)."""
    n = len(half)
    mirrored = np.roll(half[::-1, 1 : n // 2], 1, axis=0)[:, ::-1]
    return np.fft.fftshift(np.concatenate([half, mirrored], axis=1))
