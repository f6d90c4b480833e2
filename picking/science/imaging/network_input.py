"""The image the networks see: a micrograph cropped in frequency, band-passed, normalised and clamped."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import fft

BAND = 64
"""Rows of the micrograph that are averaged at once: they stay in the processor's cache."""
MAD_TO_SIGMA = 1.4826
"""Standard deviation of a normal distribution over its median absolute deviation."""


@dataclass(frozen=True)
class InputSettings:
    """How the image that the networks see is made (docs/method.md).

    working_diameter: the particle's, in input pixels. 20 and 28 were no better and cost more.
    clipped_percentiles: grey values beyond these are clipped before any filter: outliers ring.
    outlier_spans: so are those farther beyond the middle nine tenths than so many times their span, 6.6 sigma of a
    normal distribution: with one hot pixel in a thousand, the percentiles are hot themselves.
    high_pass_diameters: waves longer than this many particle diameters are ice and illumination, not particles.
    low_pass: cut-off in cycles per input pixel.
    clamp: largest absolute value after normalisation by median and MAD.
    smear_limit: widest smeared border, as a part of the micrograph's side. smeared: a line that differs from its
    neighbour by less than this part of what is usual in the micrograph is smeared; smeared_lines: so many in a row make
    a border, fewer may be a fault of the camera.
    blank_limit: widest border of one value, as a part of the side: it is told without fault, but something must be
    left.
    """

    working_diameter: float = 16.0
    clipped_percentiles: tuple[float, float] = (0.05, 99.95)
    outlier_spans: float = 1.5
    high_pass_diameters: float = 2.5
    low_pass: float = 0.3
    clamp: float = 6.0
    smear_limit: float = 0.05
    smeared: float = 0.5
    smeared_lines: int = 4
    blank_limit: float = 0.4

    @property
    def digest(self) -> str:
        """Eight characters that tell these settings from others."""
        return sha256(repr(self).encode()).hexdigest()[:8]


DEFAULT = InputSettings()


@dataclass(frozen=True)
class NetworkInput:
    """pixels: float32 (ny, nx), median 0, robust sigma 1, within ±6; width, height: of the micrograph, in pixels.

    left, top, right, bottom: the part of the micrograph that the input shows, in pixels, right and bottom exclusive.
    diameter: the particle's, in input pixels.
    """

    pixels: NDArray[np.float32]
    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int
    diameter: float

    @property
    def scale(self) -> NDArray[np.float64]:
        """Micrograph pixels per input pixel as (x, y)."""
        ny, nx = self.pixels.shape
        return np.array([(self.right - self.left) / nx, (self.bottom - self.top) / ny])

    @property
    def cut_off(self) -> NDArray[np.bool_]:
        """Where a smeared or blank border is left out: [[left, top], [right, bottom]].

        What is left over on the right and at the bottom when blocks are averaged is less than half an input pixel.
        """
        left_out = [[self.left, self.top], [self.width - self.right, self.height - self.bottom]]
        cut: NDArray[np.bool_] = left_out >= self.scale / 2
        return cut

    def to_micrograph(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Turn (n, 2) x, y of input pixels into micrograph pixels; pixel centres are whole numbers in both."""
        return (np.asarray(points, np.float64) + 0.5) * self.scale - 0.5 + (self.left, self.top)

    def to_input(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Turn (n, 2) x, y of micrograph pixels into input pixels."""
        return (np.asarray(points, np.float64) + 0.5 - (self.left, self.top)) / self.scale - 0.5

    def save(self, path: Path) -> None:
        """Write an uncompressed .npz file at exactly this path."""
        geometry = np.array(
            [self.width, self.height, self.left, self.top, self.right, self.bottom, self.diameter], np.float64
        )
        with path.open("wb") as file:
            np.savez(file, pixels=self.pixels, geometry=geometry)

    @staticmethod
    def load(path: Path) -> NetworkInput:
        """Read what save() wrote. Raises OSError or ValueError when the file is gone or not one of ours."""
        with np.load(path, allow_pickle=False) as arrays:
            *whole, diameter = arrays["geometry"].tolist()
            width, height, left, top, right, bottom = (int(number) for number in whole)
            pixels = arrays["pixels"].astype(np.float32, copy=False)
        return NetworkInput(pixels, width, height, left, top, right, bottom, float(diameter))


def make_network_input(
    pixels: NDArray[np.float32], pixel_size: float, diameter: float, settings: InputSettings = DEFAULT
) -> NetworkInput:
    """Make the networks' image of a micrograph.

    pixels: (ny, nx); pixel_size: Å per pixel; diameter: of the particle, Å.
    Raises ValueError when the particle is not between 4 pixels and the micrograph's shorter side.
    """
    height, width = pixels.shape
    diameter_px = diameter / pixel_size
    if not 4 <= diameter_px <= min(height, width):
        raise ValueError(
            f"A particle of {diameter:g} Å is {diameter_px:.1f} pixels wide at {pixel_size:g} Å per pixel: "
            f"it must be at least 4 pixels and fit into the micrograph of {width} × {height} pixels."
        )
    usual = outlier_limits(pixels, settings)
    left, top, right, bottom = unsmeared_area(pixels, usual, settings)
    block = max(1, int(diameter_px // (2 * settings.working_diameter)))
    averaged = _clipped_block_average(pixels[top:bottom, left:right], block, usual, settings)
    bottom, right = top + averaged.shape[0] * block, left + averaged.shape[1] * block
    ny, nx = (max(1, round(n * block * settings.working_diameter / diameter_px)) for n in averaged.shape)
    filtered = _cropped_band_pass(averaged, (ny, nx), block, settings)
    return NetworkInput(
        normalised(filtered, settings.clamp), width, height, left, top, right, bottom, diameter_px * nx / (right - left)
    )


def outlier_limits(pixels: NDArray[np.float32], settings: InputSettings) -> tuple[float, float]:
    """Return the least and the greatest grey value that is not an outlier, of (ny, nx) pixels."""
    low, high = _percentiles(pixels, (5, 95), 1e5)
    reach = settings.outlier_spans * (high - low)
    # With few electrons, most pixels have none, and nine tenths of them are equal.
    return (low - reach, high + reach) if reach else (-np.inf, np.inf)


def _percentiles(pixels: NDArray[np.float32], wanted: tuple[float, float], some: float) -> tuple[float, float]:
    """Two percentiles, from a sample of about this many pixels."""
    step = max(1, int(np.sqrt(pixels.size / some)))
    low, high = np.percentile(pixels[::step, ::step], wanted)
    return float(low), float(high)


def unsmeared_area(
    pixels: NDArray[np.float32], limits: tuple[float, float], settings: InputSettings
) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of the part inside borders that repeat their neighbours.

    Motion correction shifts frames and fills what it uncovers by repeating the outermost line or with a constant.
    Only the outer `smear_limit` of each side is looked at, inside what is all of one value. limits: grey values beyond
    them are clipped, for a hot pixel makes its line unlike the next.
    """
    top, bottom = _unsmeared(pixels, limits, settings)
    left, right = _unsmeared(pixels.T, limits, settings)
    return left, top, right, bottom


def _unsmeared(pixels: NDArray[np.float32], limits: tuple[float, float], settings: InputSettings) -> tuple[int, int]:
    """Return the first row and one past the last that are neither blank nor smeared."""
    limit = settings.blank_limit
    first, last = _blank(pixels, limit), len(pixels) - _blank(pixels[::-1], limit)
    pixels = pixels[first:last]
    n = last - first
    border = int(n * settings.smear_limit)
    sampled = pixels[:, :: max(1, pixels.shape[1] // 512)]
    inside = np.arange(border, n - border - 1, max(1, n // 256))
    usual = np.median(_line_change(sampled[inside], sampled[inside + 1], limits))
    ends = []
    for strip in (sampled[: border + 1], sampled[n - border - 1 :][::-1]):
        smeared = _line_change(strip[:-1], strip[1:], limits) < settings.smeared * usual
        run = np.convolve(smeared, np.ones(settings.smeared_lines), "valid") == settings.smeared_lines
        ends.append(int(np.flatnonzero(run)[-1]) + settings.smeared_lines if run.any() else 0)
    return first + ends[0], last - ends[1]


def _blank(pixels: NDArray[np.float32], limit: float) -> int:
    """Return how many of the first rows are all of one value; 0 where that is more than this part of all."""
    if (pixels[0] != pixels[0, 0]).any():
        return 0
    pictured = (pixels[: int(len(pixels) * limit) + 1] != pixels[0, 0]).any(axis=1)
    return int(pictured.argmax())


def _line_change(
    lines: NDArray[np.float32], next_lines: NDArray[np.float32], limits: tuple[float, float]
) -> NDArray[np.float64]:
    clipped, next_clipped = (np.clip(each.astype(np.float64), *limits) for each in (lines, next_lines))
    change: NDArray[np.float64] = np.abs(next_clipped - clipped).mean(axis=1)
    return change


def _clipped_block_average(
    pixels: NDArray[np.float32], block: int, limits: tuple[float, float], settings: InputSettings
) -> NDArray[np.float32]:
    """Clip at the limits and the outer percentiles and average blocks of pixels, a band of rows at a time: memory."""
    low, high = np.clip(_percentiles(pixels, settings.clipped_percentiles, 1e6), *limits)
    ny, nx = (n // block for n in pixels.shape)
    averaged = np.empty((ny, nx), np.float32)
    rows = max(1, BAND // block)
    for start in range(0, ny, rows):
        band = pixels[start * block : min(start + rows, ny) * block, : nx * block]
        band = np.clip(band, low, high, dtype=np.float32)
        summed = band.reshape(-1, block, nx * block).sum(axis=1)
        # Column by column of the blocks: three times as fast as a sum over such a short axis.
        averaged[start : start + rows] = sum(summed[:, column::block] for column in range(block)) / block**2
    return averaged


def _cropped_band_pass(
    image: NDArray[np.float32], shape: tuple[int, int], block: int, settings: InputSettings
) -> NDArray[np.float32]:
    """Resample to `shape` and band-pass, by cropping cosine transforms.

    A cosine transform mirrors the image at its borders, where a Fourier transform repeats it, so that a gradient across
    the micrograph does not ring at the edges. The attenuation by the block average is compensated.
    """
    spectrum = fft.dctn(image, norm="ortho", overwrite_x=True)
    kept = [min(old, new) for old, new in zip(image.shape, shape, strict=True)]
    cropped = np.zeros(shape, np.float32)
    cropped[: kept[0], : kept[1]] = spectrum[: kept[0], : kept[1]]
    cropped *= np.sqrt(np.prod(shape) / image.size).astype(np.float32)
    fy, fx = (np.arange(n, dtype=np.float32) / (2 * n) for n in shape)
    frequency = np.hypot(fy[:, None], fx[None, :])
    cropped *= _band(frequency, settings)
    for axis, (f, new, old) in enumerate(zip((fy, fx), shape, image.shape, strict=True)):
        gain = 1 / np.sinc(np.minimum(f * new / old, 0.5)) if block > 1 else np.ones_like(f)
        cropped *= np.expand_dims(gain, 1 - axis).astype(np.float32)
    result: NDArray[np.float32] = fft.idctn(cropped, norm="ortho", overwrite_x=True)
    return result


def _band(frequency: NDArray[np.float32], settings: InputSettings) -> NDArray[np.float32]:
    """Weight of each frequency (cycles per input pixel): Gaussian high-pass, soft low-pass."""
    high = 1 - np.exp(-0.5 * (frequency * settings.high_pass_diameters * settings.working_diameter) ** 2)
    low = 1 / (1 + (frequency / settings.low_pass) ** 8)
    return np.asarray(high * low, np.float32)


def normalised(image: NDArray[np.float32], clamp: float) -> NDArray[np.float32]:
    """Median 0, robust sigma 1, clamped; all zero where the image is constant."""
    centred = image - np.median(image)
    sigma = MAD_TO_SIGMA * np.median(np.abs(centred))
    if not np.isfinite(sigma) or sigma <= 1e-6 * max(1.0, float(np.abs(image).max())):
        return np.zeros_like(image)
    return np.asarray(np.clip(centred / sigma, -clamp, clamp), np.float32)
