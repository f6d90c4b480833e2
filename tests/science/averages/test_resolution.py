import numpy as np
import pytest
from scipy import ndimage

from picking.science.averages.resolution import resolution, ring_correlation

NOISE = np.random.default_rng(1).normal(size=(3, 64, 64)).astype(np.float32)


def test_an_image_agrees_with_itself_at_every_frequency() -> None:
    assert ring_correlation(NOISE[0], NOISE[0]) == pytest.approx(1)
    assert resolution(NOISE[0], NOISE[0], 3.0) == 6


def test_noise_agrees_with_nothing() -> None:
    assert resolution(NOISE[0], NOISE[1], 3.0) > 60


def test_halves_that_share_low_frequencies_resolve_those() -> None:
    spectrum = np.fft.fft2(NOISE[2])
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(64), np.fft.fftfreq(64)))
    shared = np.fft.ifft2(spectrum * (frequency < 0.2)).real.astype(np.float32)
    one, other = (shared + 0.01 * noise for noise in NOISE[:2])
    assert resolution(one, other, 3.0) == pytest.approx(3 / 0.2, rel=0.1)


def test_more_noise_resolves_less() -> None:
    image = ndimage.gaussian_filter(NOISE[2], 2)
    found = [resolution(image + s * NOISE[0], image + s * NOISE[1], 3.0) for s in (0.02, 0.2)]
    assert found[0] < found[1]
