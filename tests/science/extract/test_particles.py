from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picking.science.extract.particles import extract, extract_in_parts, kept
from picking.science.extract.settings import ExtractSettings
from tests.science.extract import reference

PLAIN = ExtractSettings(16, invert=False, normalise=False)
BOXES = st.integers(4, 16).map(lambda half: 2 * half)
SIDES = st.integers(20, 60)
PLACES = st.lists(st.tuples(st.floats(-40, 100), st.floats(-40, 100)), min_size=1, max_size=5)


def noise(ny: int, nx: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(40, 7, (ny, nx)).astype(np.float32)


@settings(deadline=None, max_examples=60)
@given(SIDES, SIDES, BOXES, st.integers(2, 16), st.booleans(), st.booleans(), PLACES, st.integers(0, 99))
def test_particles_are_those_of_relions_formulas(
    ny: int, nx: int, box: int, half: int, ramp: bool, invert: bool, xy: list[tuple[float, float]], seed: int
) -> None:
    image = noise(ny, nx, seed)
    asked = ExtractSettings(box, min(box, 2 * half), invert=invert, ramp=ramp)
    found, which = extract(image, np.array(xy), asked)
    assert found.dtype == np.float32
    for particle, (x, y) in zip(found, np.array(xy)[which], strict=True):
        small = reference.cropped(reference.boxed(image, x, y, box), asked.size)
        if np.ptp(small) < 1e-6:
            continue  # a box that repeats one pixel: nothing is left but rounding
        wanted = reference.normalised(small, asked.background_radius, ramp)
        if np.abs(wanted).max() < 1e3:  # else the background is nearly flat: a box that only repeats a border
            np.testing.assert_allclose(particle, -wanted if invert else wanted, atol=2e-3)


@pytest.mark.parametrize("xy", [(10.0, 12.0), (10.9, 12.9)])
def test_decimals_are_cut_off_and_the_centre_is_pixel_half_the_box(xy: tuple[float, float]) -> None:
    image = noise(50, 40)
    image[12, 10] = 1000
    found, _ = extract(image, np.array([xy]), PLAIN)
    assert np.unravel_index(found[0].argmax(), (16, 16)) == (8, 8)


def test_a_box_partly_outside_repeats_the_nearest_pixels() -> None:
    image = noise(50, 40)
    (particle,), _ = extract(image, np.array([(1.0, 2.0)]), PLAIN)
    np.testing.assert_array_equal(particle[6:, 7:], image[:10, :9])
    np.testing.assert_array_equal(particle[6:, :7], np.repeat(image[:10, :1], 7, axis=1))
    np.testing.assert_array_equal(particle[:6], np.repeat(particle[6:7], 6, axis=0))


@pytest.mark.parametrize(
    ("xy", "inside"),
    [((-8, 0), False), ((-7, 0), True), ((47, 0), True), ((48, 0), False), ((0, 58), False), ((0, 57), True)],
)
def test_a_box_wholly_outside_is_left_out(xy: tuple[float, float], inside: bool) -> None:
    found, which = extract(noise(50, 40), np.array([(5.0, 5.0), xy, (6.0, 6.0)]), PLAIN)
    assert which.tolist() == ([0, 1, 2] if inside else [0, 2])
    assert len(found) == len(which)


def test_there_may_be_no_particles() -> None:
    found, which = extract(noise(50, 40), np.empty((0, 2)), replace(PLAIN, binned_box=8))
    assert (found.shape, which.shape) == ((0, 8, 8), (0,))


def test_contrast_is_inverted_after_normalisation() -> None:
    image, xy = noise(90, 80), np.array([(40.0, 40.0)])
    dark, _ = extract(image, xy, ExtractSettings(32, invert=False))
    light, _ = extract(image, xy, ExtractSettings(32))
    np.testing.assert_array_equal(light, -dark)


def test_what_comes_in_parts_is_what_comes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    image, xy = noise(90, 80), np.random.default_rng(1).uniform(0, 80, (7, 2))
    asked = ExtractSettings(32, 16)
    whole, which = extract(image, xy, asked)
    monkeypatch.setattr("picking.science.extract.particles._BYTES_CUT", 2 * 4 * 32**2)
    parts = list(extract_in_parts(image, xy[which], asked))
    assert [len(part) for part in parts] == [2, 2, 2, 1]
    np.testing.assert_allclose(np.concatenate(parts), whole, atol=1e-5)


def test_the_micrograph_is_not_changed() -> None:
    image = noise(50, 40)
    before = image.copy()
    extract(image, np.array([(20.0, 20.0)]), ExtractSettings(16, white_dust=2))
    np.testing.assert_array_equal(image, before)


def test_which_are_kept_needs_no_pixels() -> None:
    assert kept((50, 40), np.array([(5.0, 5.0), (500.0, 5.0)]), PLAIN).tolist() == [0]
