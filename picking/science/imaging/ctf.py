"""The contrast transfer function of an electron microscope.

Source: Rohou and Grigorieff (2015), CTFFIND4, J. Struct. Biol. 192, 216.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VOLTAGE = 300e3
"""Volt, the usual for single particles."""

SPHERICAL_ABERRATION = 2.7e7
"""Ångström (2.7 mm, Titan Krios)."""

AMPLITUDE_CONTRAST = 0.1
"""The part of the contrast that is absorption; 0.07 to 0.1 for proteins in ice."""


@dataclass(frozen=True, slots=True)
class CtfValues:
    """What is known of the function on one micrograph, in the units of RELION and CTFFIND.

    Defoci in Ångström, underfocus positive; `defocus_u` lies along the direction `astigmatism_angle`, degrees from the
    x axis towards the y axis of the stored image, `defocus_v` across it. Voltage in kV, spherical aberration in mm,
    phase shift (of a phase plate) in degrees. `resolution`: Å up to which the rings fit; None where nobody says.
    """

    defocus_u: float
    defocus_v: float
    astigmatism_angle: float
    voltage: float
    spherical_aberration: float
    amplitude_contrast: float
    phase_shift: float = 0.0
    resolution: float | None = None


def values_at(defocus: float, phase_shift: float = 0.0) -> CtfValues:
    """Of the usual microscope at this defocus, Ångström, without astigmatism; the phase shift in degrees."""
    voltage, aberration = VOLTAGE / 1e3, SPHERICAL_ABERRATION / 1e7
    return CtfValues(defocus, defocus, 0.0, voltage, aberration, AMPLITUDE_CONTRAST, phase_shift)


def wavelength(voltage: float) -> float:
    """Ångström, relativistic: 0.0197 at 300 kV."""
    return float(12.2643 / np.sqrt(voltage + 0.97845e-6 * voltage**2))


def contrast_transfer(shape: tuple[int, int], pixel_size: float, values: CtfValues) -> NDArray[np.float32]:
    """The function on the frequencies of `rfft2` of an image of `shape` (ny, nx): (ny, nx // 2 + 1).

    `pixel_size` in Ångström. Negative where it turns density dark, as at low frequencies of an underfocused image.
    """
    y = np.fft.fftfreq(shape[0], pixel_size).astype(np.float32)[:, None]
    x = np.fft.rfftfreq(shape[1], pixel_size).astype(np.float32)[None]
    squared = y**2 + x**2
    defocus: float | NDArray[np.float32] = values.defocus_u
    if values.defocus_v != values.defocus_u:
        across = np.arctan2(y, x) - np.float32(np.radians(values.astigmatism_angle))
        half = np.float32((values.defocus_u - values.defocus_v) / 2)
        defocus = (values.defocus_u + values.defocus_v) / 2 + half * np.cos(2 * across)
    length = wavelength(values.voltage * 1e3)
    aberration = values.spherical_aberration * 1e7
    phase = np.pi * length * squared * (defocus - 0.5 * aberration * length**2 * squared)
    turned = np.arcsin(values.amplitude_contrast) + np.radians(values.phase_shift)
    function: NDArray[np.float32] = -np.sin(phase + np.float32(turned))
    return function
