from pathlib import Path

import numpy as np
import pytest

from picking.science.imaging.pyramid import level_shapes, open_level, write_pyramid


def test_levels_halve_upwards_until_the_longer_side_is_512() -> None:
    assert level_shapes(2047, 1025) == [(1025, 2047), (513, 1024), (257, 512)]
    assert level_shapes(512, 100) == [(100, 512)]


def test_the_file_holds_every_level_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "pyramid"
    write_pyramid(np.random.default_rng(0).normal(size=(601, 1203)).astype(np.float32), path)
    assert path.stat().st_size == sum(ny * nx for ny, nx in level_shapes(1203, 601))


def test_each_level_is_the_area_average_of_the_one_before(tmp_path: Path) -> None:
    ny, nx = 1000, 800
    ramp = np.add.outer(np.arange(ny), 2 * np.arange(nx)).astype(np.float32)
    write_pyramid(ramp, tmp_path / "pyramid")
    averaged = ramp.reshape(ny // 2, 2, nx // 2, 2).mean((1, 3))
    low, high = np.percentile(averaged, [0.5, 99.5])
    expected = np.clip(255 * (averaged - low) / (high - low), 0, 255)
    assert np.abs(open_level(tmp_path / "pyramid", nx, ny, 1) - expected).max() < 1


def test_each_level_has_its_own_stretch(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).normal(size=(1100, 1100)).astype(np.float32)
    write_pyramid(noise, tmp_path / "pyramid")
    spreads = [open_level(tmp_path / "pyramid", 1100, 1100, level).std() for level in range(3)]
    assert max(spreads) < 1.2 * min(spreads)


def test_outliers_do_not_flatten_the_picture(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).normal(size=(500, 500)).astype(np.float32)
    noise[3, 4] = 1e6
    write_pyramid(noise, tmp_path / "pyramid")
    assert open_level(tmp_path / "pyramid", 500, 500, 0).std() > 40


def test_a_last_odd_row_keeps_its_brightness(tmp_path: Path) -> None:
    pixels = np.zeros((601, 601), np.float32)
    pixels[-1] = 1
    write_pyramid(pixels, tmp_path / "pyramid")
    assert (open_level(tmp_path / "pyramid", 601, 601, 1)[-1] == 255).all()


def test_a_level_is_mapped_and_cannot_be_written(tmp_path: Path) -> None:
    write_pyramid(np.eye(64, dtype=np.float32), tmp_path / "pyramid")
    level = open_level(tmp_path / "pyramid", 64, 64, 0)
    assert isinstance(level, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        level[0, 0] = 1


def test_a_level_that_does_not_exist_is_an_index_error(tmp_path: Path) -> None:
    write_pyramid(np.eye(64, dtype=np.float32), tmp_path / "pyramid")
    with pytest.raises(IndexError, match="level 1 of 1"):
        open_level(tmp_path / "pyramid", 64, 64, 1)
