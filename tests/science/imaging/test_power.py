import numpy as np
import pytest

from picking.science.imaging.power import power_spectrum, radial_mean, spectrum_picture


def test_a_wave_is_two_points_at_its_frequency() -> None:
    x = np.arange(600)
    image = np.tile(np.sin(2 * np.pi * x / 8), (500, 1))
    power = power_spectrum(image, 128)
    places = np.argwhere(power > power.max() / 2)
    assert places.tolist() == [[64, 64 - 16], [64, 64 + 16]]


def test_slanted_waves_lie_where_their_frequency_points() -> None:
    y, x = np.mgrid[:300, :300]
    power = power_spectrum(np.cos(2 * np.pi * (x / 8 + y / 16)), 128)
    assert np.argwhere(power > power.max() / 2).tolist() == [[64 - 8, 64 - 16], [64 + 8, 64 + 16]]


def test_white_noise_has_its_variance_as_power_everywhere() -> None:
    noise = np.random.default_rng(0).normal(scale=3, size=(1024, 1024))
    assert radial_mean(power_spectrum(noise, 128))[4:] == pytest.approx(9, rel=0.1)


def test_an_image_smaller_than_a_tile_is_refused() -> None:
    with pytest.raises(ValueError, match="less than a tile of 128"):
        power_spectrum(np.zeros((100, 300)), 128)


def test_thon_rings_show_though_the_power_falls_a_thousandfold() -> None:
    n = 256
    offset = np.arange(n) - n // 2
    radius = np.hypot(offset[:, None], offset)
    rings = 1 + 0.5 * np.sin(radius / 2)
    picture = radial_mean(spectrum_picture((rings * np.exp(-radius / 18)).astype(np.float32)).astype(np.float32))
    expected = radial_mean(rings.astype(np.float32))
    assert np.corrcoef(picture[30:100], expected[30:100])[0, 1] > 0.9
