from pathlib import Path
from typing import Any

import numpy as np
import pytest

from picking.science.imaging.filtered import BandPass, _smooth, filtered_tile
from picking.science.imaging.pyramid import Pyramid, write_pyramid

SIDE = 1300


def pyramid_of(image: np.ndarray, path: Path) -> Pyramid:
    write_pyramid(image.astype(np.float32), path)
    return Pyramid(path, image.shape[1], image.shape[0])


def amplitude(tile: np.ndarray, wavelength: float) -> float:
    """Of the wave along x."""
    x = np.arange(tile.shape[1])
    return float(abs((tile * np.exp(-2j * np.pi * x / wavelength)).mean()))


@pytest.fixture
def waves(tmp_path: Path) -> Pyramid:
    """Waves of 8, 64 and 512 pixels along x, of the same amplitude, in noise."""
    x = np.arange(SIDE)
    row = sum(np.sin(2 * np.pi * x / length) for length in (8, 64, 512))
    noise = np.random.default_rng(0).normal(scale=0.1, size=(SIDE, SIDE))
    return pyramid_of(row + noise, tmp_path / "pyramid")


def test_the_low_pass_leaves_long_waves_and_takes_short_ones(waves: Pyramid) -> None:
    tile = filtered_tile(waves, BandPass(24, None), 0, (0, 0, 512, 512)).astype(float)
    assert amplitude(tile, 64) > 15 * amplitude(tile, 8)


def test_the_high_pass_leaves_short_waves_and_takes_long_ones(waves: Pyramid) -> None:
    tile = filtered_tile(waves, BandPass(None, 150), 0, (0, 0, 512, 512)).astype(float)
    assert amplitude(tile, 8) > 15 * amplitude(tile, 512)
    assert amplitude(tile, 64) == pytest.approx(amplitude(tile, 8), rel=0.15)


def test_half_the_amplitude_is_left_at_the_wavelength_of_the_filter(waves: Pyramid) -> None:
    tile = filtered_tile(waves, BandPass(64, None), 0, (0, 0, 512, 512)).astype(float)
    assert amplitude(tile, 64) / amplitude(tile, 512) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("band", [BandPass(24, None), BandPass(None, 150), BandPass(12, 300)])
def test_tiles_meet_without_a_seam(waves: Pyramid, band: BandPass) -> None:
    whole = filtered_tile(waves, band, 0, (300, 200, 812, 712)).astype(int)
    right = filtered_tile(waves, band, 0, (512, 200, 812, 712)).astype(int)
    assert np.abs(whole[:, 212:] - right).max() <= 2


def test_every_tile_up_to_the_edge_has_its_size(waves: Pyramid) -> None:
    for level, (ny, nx) in enumerate(waves.shapes):
        box = (nx - 17, ny - 33, nx, ny)
        assert filtered_tile(waves, BandPass(40, 200), level, box).shape == (33, 17)


def test_an_image_of_one_grey_stays_finite(tmp_path: Path) -> None:
    pyramid = pyramid_of(np.ones((600, 700)), tmp_path / "flat")
    assert len(np.unique(filtered_tile(pyramid, BandPass(10, 100), 0, (0, 0, 512, 512)))) == 1


def test_backgrounds_are_remembered_by_their_bytes(waves: Pyramid) -> None:
    filtered_tile(waves, BandPass(None, 150), 0, (0, 0, 512, 512))
    kept: Any = _smooth.cache
    assert kept.currsize == sum(background.nbytes for background in kept.values()) > 0
