import numpy as np
import pytest

from picking.science.imaging.ctf import contrast_transfer, wavelength


def test_electrons_of_300_kv_have_a_wavelength_of_2_pm() -> None:
    assert wavelength(300e3) == pytest.approx(0.0197, abs=1e-4)
    assert wavelength(200e3) == pytest.approx(0.0251, abs=1e-4)


def test_contrast_starts_at_the_amplitude_contrast_and_is_dark() -> None:
    function = contrast_transfer((512, 512), 1.5, 15_000)
    assert function[0, 0] == pytest.approx(-0.1)
    assert (function[0, :15] < 0).all()


def test_the_first_zero_lies_where_the_phase_reaches_pi() -> None:
    row = contrast_transfer((2048, 2048), 1.5, 15_000)[0]
    zero = np.flatnonzero(np.diff(np.sign(row)))[0] / (2048 * 1.5)
    phase = np.pi - np.arcsin(0.1)  # Cs shifts the first zero by less than a part in a thousand
    assert zero == pytest.approx(np.sqrt(phase / (np.pi * wavelength(300e3) * 15_000)), rel=0.01)


def test_the_function_is_round() -> None:
    function = contrast_transfer((300, 300), 1.5, 20_000)
    assert function[:151, 0] == pytest.approx(function[0, :151], abs=1e-3)
    assert contrast_transfer((100, 60), 1.5, 20_000).shape == (100, 31)
