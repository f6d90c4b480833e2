from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from picking.science.imaging.network_input import NetworkInput, make_network_input

DIAMETER_PX = 40.0


def noise(ny: int, nx: int) -> NDArray[np.float32]:
    return np.random.default_rng(0).normal(100, 10, (ny, nx)).astype(np.float32)


def with_blob(x: float, y: float, depth: float = 30.0) -> NDArray[np.float32]:
    pixels = noise(600, 900)
    rows, columns = np.mgrid[:600, :900]
    pixels -= depth * np.exp(-0.5 * np.hypot(columns - x, rows - y) ** 2 / (DIAMETER_PX / 4) ** 2).astype(np.float32)
    return pixels


def made(pixels: NDArray[np.float32]) -> NetworkInput:
    return make_network_input(pixels, 2.0, 2.0 * DIAMETER_PX)


def test_the_particle_is_sixteen_pixels_wide_in_a_micrograph_that_is_not_square() -> None:
    image = made(noise(600, 900))
    assert image.pixels.shape == (240, 360)
    assert image.pixels.dtype == np.float32
    assert image.diameter == pytest.approx(16)


@pytest.mark.parametrize(("depth", "extreme"), [(12.0, np.argmin), (-12.0, np.argmax)])
def test_a_blob_dark_or_bright_lies_where_to_input_says(depth: float, extreme: np.ufunc) -> None:
    image = made(with_blob(300.0, 200.0, depth))
    x, y = image.to_input(np.array([[300.0, 200.0]]))[0]
    row, column = np.unravel_index(int(extreme(image.pixels)), image.pixels.shape)
    assert np.hypot(column - x, row - y) < 0.2 * image.diameter


def test_coordinates_survive_the_way_to_the_input_and_back() -> None:
    image = made(noise(601, 907))
    points = np.array([[0.0, 0.0], [123.4, 567.8], [906.0, 600.0]])
    assert image.to_micrograph(image.to_input(points)) == pytest.approx(points)


def test_smeared_borders_are_left_out() -> None:
    pixels = noise(800, 1000)
    pixels[:20] = pixels[20]
    pixels[:, -30:] = pixels[:, -31:-30]
    image = made(pixels)
    assert (image.left, image.top) == (0, 20)
    assert 968 <= image.right <= 970
    assert image.to_micrograph(np.array([[-0.5, -0.5]]))[0] == pytest.approx((-0.5, 19.5))


def test_a_wide_frame_of_one_value_is_left_out_and_what_is_smeared_inside_it() -> None:
    pixels = noise(800, 1000)
    pixels[:, 880:] = pixels[:, 879:880]
    pixels[:120] = 7
    pixels[:, 900:] = 7
    image = made(pixels)
    assert (image.left, image.top, image.bottom) == (0, 120, 800)
    assert 878 <= image.right <= 880


def test_the_sides_are_known_on_which_a_border_was_cut_off() -> None:
    pixels = noise(800, 1000)
    pixels[:20] = pixels[20]
    pixels[:, 900:] = 7
    assert made(pixels).cut_off.tolist() == [[False, True], [True, False]]


def test_what_whole_blocks_leave_over_is_no_border() -> None:
    image = make_network_input(noise(859, 959), 2.0, 2.0 * 160)  # blocks of 5, input pixels of 10
    assert (image.right, image.bottom) == (955, 855)
    assert not image.cut_off.any()


def test_what_is_blank_but_for_its_middle_is_taken_whole() -> None:
    pixels = np.full((800, 1000), 7, np.float32)
    pixels[390:410] = noise(20, 1000)
    image = made(pixels)
    assert (image.left, image.top, image.right, image.bottom) == (0, 0, 1000, 800)


def test_a_hot_pixel_leaves_no_mark_half_a_particle_away() -> None:
    pixels = noise(600, 900)
    hot = pixels.copy()
    hot[300, 400] = 1e6
    change = np.abs(made(hot).pixels - made(pixels).pixels)
    change[112:128, 152:168] = 0
    assert change.max() < 0.05


def with_hot_pixels(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """One in five hundred: more than the outer percentiles take."""
    hot = pixels.copy()
    hot[np.random.default_rng(1).random(pixels.shape) < 0.002] = 1e6
    return hot


def test_many_hot_pixels_change_little() -> None:
    pixels = noise(600, 900)
    assert np.corrcoef(made(with_hot_pixels(pixels)).pixels.ravel(), made(pixels).pixels.ravel())[0, 1] > 0.9


def test_hot_pixels_do_not_hide_a_smeared_border() -> None:
    pixels = with_hot_pixels(noise(800, 1000))
    pixels[:20] = pixels[20]
    assert made(pixels).top == 20


def test_few_electrons_a_pixel_are_no_outliers() -> None:
    counted = np.random.default_rng(0).poisson(0.02, (600, 900)).astype(np.float32)
    assert made(counted).pixels.std() > 0.5


def test_slow_waves_of_the_ice_are_removed() -> None:
    waves = 200 * np.linspace(-1, 1, 900, dtype=np.float32)[None]
    image = made(noise(600, 900) + waves)
    left, right = image.pixels[:, 20:120].mean(), image.pixels[:, -120:-20].mean()
    assert abs(left - right) < 0.05


def test_a_constant_image_gives_zeros() -> None:
    assert not made(np.full((600, 900), 7, np.float32)).pixels.any()


def test_a_particle_larger_than_the_micrograph_is_refused() -> None:
    with pytest.raises(ValueError, match="fit into the micrograph"):
        make_network_input(noise(100, 200), 1.0, 150.0)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    image = made(noise(600, 900))
    image.save(tmp_path / "input.bin")
    loaded = NetworkInput.load(tmp_path / "input.bin")
    assert np.array_equal(loaded.pixels, image.pixels)
    assert loaded.to_micrograph(np.array([[5.0, 6.0]])) == pytest.approx(image.to_micrograph(np.array([[5.0, 6.0]])))
