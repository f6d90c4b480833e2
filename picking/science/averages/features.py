"""Crops as numbers that a rotation in the plane only turns: steerable principal components.

A crop's Fourier transform on a polar grid, as a Fourier series along each ring, has the angular frequencies 0, 1, 2 …:
a turn by an angle multiplies frequency m by exp(-i m angle). For each m, the rings are combined into the few components
whose variance stands out of the noise's; these too are only turned.

Source: Zhao, Shkolnisky and Singer (2016), Fast steerable principal component analysis, IEEE Trans. Comput. Imaging
2, 1, here on polar samples rather than Fourier-Bessel functions. Angles turn from x towards y, as in the stored image.
All is real arithmetic, since Apple's cards have little of the complex.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from scipy import fft, linalg
from torch import Tensor

from picking.science.averages.settings import CropSettings, FeatureSettings
from picking.science.extract.boxes import Boxes

_AT_ONCE = 500
_RIDGE = 1e-3
"""Of the noise at the strongest ring: rings that hold next to none of a frequency would be divided by nothing."""


@dataclass(frozen=True)
class Polar:
    """Half the Fourier transform of n crops on a polar grid, (n, rings · angles) each: the other half is conjugate."""

    real: Tensor
    imaginary: Tensor

    def __getitem__(self, which: slice | Tensor) -> "Polar":
        return Polar(self.real[which], self.imaginary[which])


class PolarGrid:
    """How crops are masked and transformed."""

    def __init__(self, crops: CropSettings, features: FeatureSettings, device: torch.device) -> None:
        self.device, self.rings, self.angles = device, features.rings, features.angles
        self.highest = min(features.highest, features.angles // 2)
        mask = soft_disc(crops)
        inside = np.flatnonzero(mask.ravel() > 0)
        middle = np.arange(crops.size) - crops.size // 2
        x, y = (axis.ravel()[inside] for axis in np.meshgrid(middle, middle))
        angle = np.pi * np.arange(self.angles) / self.angles
        frequency = np.arange(1, self.rings + 1) / crops.size
        along_x, along_y = (np.outer(frequency, f(angle)).ravel() for f in (np.cos, np.sin))
        phase = 2 * np.pi * (np.outer(x, along_x) + np.outer(y, along_y))
        weight = mask.ravel()[inside, None]
        self.inside = torch.as_tensor(inside, device=device)
        self.cosines = self._tensor(weight * np.cos(phase))
        self.sines = self._tensor(-weight * np.sin(phase))
        self.along = self._tensor(2 * np.pi * np.stack([along_x, along_y]))
        series = np.exp(-1j * np.outer(angle, np.arange(self.highest + 1))) / self.angles
        self.even, self.odd = (
            self._tensor(np.stack([series[:, parity::2].real, series[:, parity::2].imag], 1).reshape(self.angles, -1))
            for parity in (0, 1)
        )

    def _tensor(self, values: NDArray[np.float64]) -> Tensor:
        return torch.as_tensor(values.astype(np.float32), device=self.device)

    def polar(self, boxes: Boxes) -> Polar:
        """Of (n, size, size)."""
        flat = torch.as_tensor(boxes.reshape(len(boxes), -1))
        parts = [flat[at : at + _AT_ONCE].to(self.device)[:, self.inside] for at in range(0, len(flat), _AT_ONCE)]
        return Polar(torch.cat([p @ self.cosines for p in parts]), torch.cat([p @ self.sines for p in parts]))

    def shifted(self, polar: Polar, shift: Tensor) -> Polar:
        """What lies at `shift`, x and y in pixels from the middle of the crops, is moved to the middle.

        `shift`: (n, 2), or (2,) for all crops.
        """
        phase = shift @ self.along
        cosine, sine = torch.cos(phase), torch.sin(phase)
        real = polar.real * cosine - polar.imaginary * sine
        return Polar(real, polar.real * sine + polar.imaginary * cosine)

    def series(self, polar: Polar) -> Tensor:
        """(n, rings, 2, highest + 1): real and imaginary part of each frequency. Odd ones lack a factor of i."""
        shape = (-1, self.rings, self.angles)
        found = polar.real.new_empty((len(polar.real), self.rings, 2, self.highest + 1))
        found[..., 0::2] = (polar.real.reshape(shape) @ self.even).reshape(found[..., 0::2].shape)
        found[..., 1::2] = (polar.imaginary.reshape(shape) @ self.odd).reshape(found[..., 1::2].shape)
        return found

    def white_noise(self) -> NDArray[np.float64]:
        """(highest + 1, rings, rings): covariance of what `series` gives for white noise of variance 1."""
        rows = self.series(Polar(self.cosines, self.sines)).double().cpu().numpy()
        return np.asarray(np.einsum("pjcm,pkcm->mjk", rows, rows))


@dataclass(frozen=True)
class Steerable:
    """The components of frequency m are `spans[m]` of all; frequencies that no component has are left out.

    `radial[m]`: (rings, components of m). `variance`: (components,) of the crops, where that of the noise is 1.
    """

    grid: PolarGrid
    radial: list[Tensor]
    variance: Tensor

    @cached_property
    def spans(self) -> list[slice]:
        ends = np.cumsum([0, *(r.shape[1] for r in self.radial)]).tolist()
        return [slice(a, b) for a, b in pairwise(ends)]

    @cached_property
    def frequency(self) -> Tensor:
        """(components,)"""
        numbers = [m for m, r in enumerate(self.radial) for _ in range(r.shape[1])]
        return torch.tensor(numbers, device=self.grid.device)

    def features(self, polar: Polar, shift: Tensor) -> Tensor:
        """(n, 2, components): real and imaginary parts of the crops, shifted as in `PolarGrid.shifted`."""
        series = self.grid.series(self.grid.shifted(polar, shift))
        parts = [torch.einsum("njc,jl->ncl", series[..., m], r) for m, r in enumerate(self.radial)]
        return torch.cat(parts, -1)


def steerable_components(
    boxes: Boxes, polar: Polar, grid: PolarGrid, crops: CropSettings, settings: FeatureSettings
) -> Steerable:
    """Of crops (n, size, size) that are a fair sample, and their polar transforms."""
    noise = noise_by_ring(boxes, crops, settings.rings)
    rings = np.arange(1, settings.rings + 1) / crops.size
    reach = 2 * np.pi * rings * crops.size / crops.box * (crops.mask + crops.edge) / 2
    series = grid.series(polar).cpu().numpy()
    energy = (series**2).sum((1, 2, 3))
    heavy = np.minimum(1, settings.heavy * np.median(energy) / np.maximum(energy, 1e-12))
    weight = heavy / len(series)
    white = grid.white_noise()
    found: list[tuple[float, int, NDArray[np.intp], NDArray[np.float64]]] = []
    for m in range(grid.highest + 1):
        near = np.flatnonzero(reach >= m - 2)
        values = series[..., m][:, near]
        covariance = np.einsum("njc,nkc->jk", weight[:, None, None] * values, values, optimize=True)
        level = white[m][np.ix_(near, near)] * np.sqrt(np.outer(noise[near], noise[near]))
        level[np.diag_indices(len(near))] += _RIDGE * (white[m].diagonal() * noise).max()
        variance, vectors = linalg.eigh(covariance, level)
        found.extend((v, m, near, vectors[:, k]) for k, v in enumerate(variance.tolist()))
    # What noise alone reaches: the edge of Marchenko and Pastur's distribution.
    floor = (1 + np.sqrt(settings.rings / len(series))) ** 2 * settings.above_noise
    chosen = sorted((f for f in found if f[0] > floor), key=lambda f: -f[0])[: settings.components]
    chosen.sort(key=lambda f: f[1])
    radial = [np.zeros((settings.rings, 0))] * (max((f[1] for f in chosen), default=0) + 1)
    for _, m, near, vector in chosen:
        column = np.zeros((settings.rings, 1))
        column[near, 0] = vector
        radial[m] = np.hstack([radial[m], column])
    return Steerable(
        grid,
        [torch.as_tensor(r.astype(np.float32), device=grid.device) for r in radial],
        torch.tensor([f[0] for f in chosen], dtype=torch.float32, device=grid.device),
    )


def soft_disc(crops: CropSettings) -> NDArray[np.float64]:
    """(size, size): the mask, 1 inside, falling to 0 along a cosine."""
    a_diameter = crops.size / crops.box
    middle = np.arange(crops.size) - crops.size // 2
    beyond = (np.hypot(middle[:, None], middle) / a_diameter - crops.mask / 2) / crops.edge
    disc: NDArray[np.float64] = 0.5 + 0.5 * np.cos(np.pi * np.clip(beyond, 0, 1))
    return disc


def noise_by_ring(boxes: Boxes, crops: CropSettings, rings: int) -> NDArray[np.float64]:
    """(rings,): the power of a pixel's noise at each ring, from what is outside of the mask. White noise has 1."""
    outside = 1 - soft_disc(crops)
    power = np.abs(fft.fft2(boxes * outside.astype(np.float32), workers=2)) ** 2 / (outside**2).sum()
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(crops.size), np.fft.fftfreq(crops.size)))
    ring = np.rint(frequency * crops.size).astype(int)
    found = np.array([power[:, ring == r].mean(1).mean() for r in range(1, rings + 1)])
    return np.asarray(np.maximum(found, 1e-6 * found.max()))
