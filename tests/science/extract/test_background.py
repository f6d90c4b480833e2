import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picking.science.extract.background import normalise
from picking.science.extract.settings import ExtractSettings


def normalised(boxes: np.ndarray, asked: ExtractSettings) -> np.ndarray:
    result = boxes.astype(np.float32)
    normalise(result, asked, np.random.default_rng(0))
    return result


def background(size: int, radius: int) -> np.ndarray:
    i, j = np.mgrid[:size, :size] - size // 2
    return np.asarray(i**2 + j**2 > radius**2)


@given(st.integers(8, 40), st.booleans(), st.floats(-1e4, 1e4), st.floats(0.01, 1e3), st.integers(0, 99))
def test_the_background_has_mean_0_and_deviation_1(
    half: int, ramp: bool, offset: float, sigma: float, seed: int
) -> None:
    size = 2 * half
    boxes = np.random.default_rng(seed).normal(0, 1, (3, size, size)) * sigma + offset * sigma
    asked = ExtractSettings(size, ramp=ramp)
    found = normalised(boxes, asked)[:, background(size, asked.background_radius)].astype(np.float64)
    np.testing.assert_allclose(found.mean(axis=1), 0, atol=1e-3)
    np.testing.assert_allclose(found.std(axis=1), 1, rtol=1e-3)


def test_what_lies_in_the_circle_does_not_count() -> None:
    boxes = np.random.default_rng(0).normal(5, 2, (1, 64, 64)).astype(np.float32)
    brighter = np.where(background(64, 24), boxes, boxes + 100)
    outside = background(64, 24)
    found, wanted = (normalised(each, ExtractSettings(64))[:, outside] for each in (brighter, boxes))
    np.testing.assert_allclose(found, wanted, atol=1e-3)


def test_a_slope_is_removed_with_the_ramp_only() -> None:
    noise = np.random.default_rng(0).normal(0, 1, (1, 64, 64))
    y, x = np.mgrid[:64, :64]
    sloping = noise + 0.3 * x - 0.2 * y + 7
    straight = normalised(noise, ExtractSettings(64))
    np.testing.assert_allclose(normalised(sloping, ExtractSettings(64)), straight, atol=1e-4)
    left = normalised(sloping, ExtractSettings(64, ramp=False))
    assert left[0, :, -8:].mean() - left[0, :, :8].mean() > 2


@pytest.mark.parametrize("ramp", [True, False])
def test_a_background_of_one_value_is_not_divided(ramp: bool) -> None:
    found = normalised(np.full((1, 16, 16), 1234.5), ExtractSettings(16, ramp=ramp))
    np.testing.assert_allclose(found, 0 if ramp else 1234.5, atol=1e-2)


WHITE, BLACK = ExtractSettings(64, white_dust=5), ExtractSettings(64, black_dust=5)


@pytest.mark.parametrize(("asked", "other", "value"), [(WHITE, BLACK, 60), (BLACK, WHITE, -60)])
def test_dust_is_replaced_by_noise_where_asked_for(asked: ExtractSettings, other: ExtractSettings, value: int) -> None:
    boxes = np.random.default_rng(0).normal(0, 1, (1, 64, 64))
    boxes[0, 32, 32] = value
    assert abs(normalised(boxes, ExtractSettings(64))[0, 32, 32]) > 50
    assert abs(normalised(boxes, asked)[0, 32, 32]) < 5
    assert abs(normalised(boxes, other)[0, 32, 32]) > 50
