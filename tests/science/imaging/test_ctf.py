from dataclasses import replace

import numpy as np
import pytest

from picking.science.imaging.ctf import contrast_transfer, values_at, wavelength


def test_electrons_of_300_kv_have_a_wavelength_of_2_pm() -> None:
    assert wavelength(300e3) == pytest.approx(0.0197, abs=1e-4)
    assert wavelength(200e3) == pytest.approx(0.0251, abs=1e-4)


def test_contrast_starts_at_the_amplitude_contrast_and_is_dark() -> None:
    function = contrast_transfer((512, 512), 1.5, values_at(15_000))
    assert function[0, 0] == pytest.approx(-0.1)
    assert (function[0, :15] < 0).all()


def test_the_first_zero_lies_where_the_phase_reaches_pi() -> None:
    row = contrast_transfer((2048, 2048), 1.5, values_at(15_000))[0]
    zero = np.flatnonzero(np.diff(np.sign(row)))[0] / (2048 * 1.5)
    phase = np.pi - np.arcsin(0.1)  # Cs shifts the first zero by less than a part in a thousand
    assert zero == pytest.approx(np.sqrt(phase / (np.pi * wavelength(300e3) * 15_000)), rel=0.01)


def test_the_function_is_round() -> None:
    function = contrast_transfer((300, 300), 1.5, values_at(20_000))
    assert function[:151, 0] == pytest.approx(function[0, :151], abs=1e-3)
    assert contrast_transfer((100, 60), 1.5, values_at(20_000)).shape == (100, 31)


def test_astigmatism_makes_defocus_differ_by_direction() -> None:
    across = replace(values_at(20_000), defocus_v=15_000)
    function = contrast_transfer((300, 300), 1.5, across)
    assert function[0] == pytest.approx(contrast_transfer((300, 300), 1.5, values_at(20_000))[0], abs=1e-3)
    assert function[:, 0] == pytest.approx(contrast_transfer((300, 300), 1.5, values_at(15_000))[:, 0], abs=1e-3)
    turned = contrast_transfer((300, 300), 1.5, replace(across, astigmatism_angle=90))
    assert turned[:150, 0] == pytest.approx(function[0, :150], abs=1e-3)


def test_a_phase_plate_of_90_degrees_shows_low_frequencies() -> None:
    assert contrast_transfer((64, 64), 3, replace(values_at(0), phase_shift=90))[0, 0] == pytest.approx(-1, abs=0.01)
