import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picking.science.extract.rescale import fourier_cropped

HALVES = st.integers(2, 24)


def waves(box: int, seed: int, highest: int, shift: float = 0) -> np.ndarray:
    """A band-limited image sampled at `box` points along a side, float64: the same function for every box."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:box, :box] / box - shift
    image = np.full((box, box), random.normal())
    for _ in range(6):
        p, q = random.integers(-highest, highest + 1, 2)
        image += random.normal() * np.cos(2 * np.pi * (p * x + q * y) + random.uniform(0, 6))
    return image


@given(HALVES, st.integers(0, 24), st.integers(0, 999))
def test_waves_below_the_new_limit_keep_height_place_and_phase(half: int, more: int, seed: int) -> None:
    box, size = 2 * (half + more), 2 * half
    found = fourier_cropped(waves(box, seed, half - 1)[None].astype(np.float32), size)
    np.testing.assert_allclose(found[0], waves(size, seed, half - 1), atol=1e-4)


def test_waves_above_the_new_limit_are_gone() -> None:
    wave = np.cos(2 * np.pi * 20 * np.arange(64) / 64).astype(np.float32)
    np.testing.assert_allclose(fourier_cropped(np.tile(wave, (1, 64, 1)), 32), 0, atol=1e-6)


@given(HALVES, st.integers(1, 24))
def test_the_mean_grey_stays(half: int, more: int) -> None:
    boxes = np.random.default_rng(half).normal(100, 5, (2, 2 * (half + more), 2 * (half + more))).astype(np.float32)
    found = fourier_cropped(boxes, 2 * half)
    np.testing.assert_allclose(found.mean(axis=(1, 2)), boxes.mean(axis=(1, 2)), rtol=1e-5)


def test_a_blob_on_the_centre_stays_on_the_centre() -> None:
    y, x = np.mgrid[:64, :64] - 32
    blob = np.exp(-(x**2 + y**2) / 50)[None].astype(np.float32)
    found = fourier_cropped(blob, 16)[0]
    assert np.unravel_index(found.argmax(), (16, 16)) == (8, 8)
    np.testing.assert_allclose(found[1:, 1:], found[1:, 1:][::-1, ::-1], atol=1e-5)


@pytest.mark.parametrize("size", [2, 30, 32])
def test_one_pixel_at_the_same_size_or_less_is_still_float32(size: int) -> None:
    boxes = np.ones((3, 32, 32), np.float32)
    found = fourier_cropped(boxes, size)
    assert found.dtype == np.float32
    assert found.shape == (3, size, size)
