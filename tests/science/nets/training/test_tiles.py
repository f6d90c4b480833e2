import numpy as np
import pytest

from picking.science.imaging.network_input import NetworkInput
from picking.science.nets.training.scenes import Scene
from picking.science.nets.training.tiles import FAR, Ground, TileSettings, grain, grounds, tile

PLAIN = TileSettings(overlaid=0, grain=0, blurred=0, contrast=0, noise=0)


def planted() -> Scene:
    """A particle at 40, 30, a piece of dirt at 80, 70 and two particles on top of one another at 20, 90."""
    random = np.random.default_rng(1)
    pixels = random.standard_normal((120, 120), np.float32)
    pixels[28:33, 38:43] = -5
    image = NetworkInput(pixels, 120, 120, 0, 0, 120, 120, 16.0)
    contamination = np.array([[80.0, 70.0, 6.0], [20.0, 90.0, 8.0]])
    return Scene(image, np.array([[40.0, 30.0]]), contamination, contamination[1:])


def test_the_truth_is_that_of_places_half_a_pixel_on() -> None:
    [ground] = grounds([planted()], PLAIN, np.random.default_rng(1))
    assert ground.away[30, 40] == pytest.approx(np.hypot(0.5, 0.5))
    assert ground.away[29, 39] == pytest.approx(np.hypot(0.5, 0.5))
    assert ground.away[100, 100] == FAR


def test_overlapping_particles_are_unsure_and_not_dirty() -> None:
    [ground] = grounds([planted()], PLAIN, np.random.default_rng(1))
    assert ground.dirty[70, 80]
    assert not ground.unsure[70, 80]
    assert ground.unsure[90, 20]
    assert not ground.dirty[90, 20]


def test_truth_is_turned_and_mirrored_with_the_image() -> None:
    every = grounds([planted()], PLAIN, np.random.default_rng(1))
    random = np.random.default_rng(2)
    for _ in range(20):
        cut = tile(every, grain(PLAIN, random, 1, 130), 120, PLAIN, random)
        dark = np.argwhere(cut.pixels == -5).mean(0)
        nearest = np.argwhere(np.isclose(cut.away, np.hypot(0.5, 0.5))).mean(0)
        assert (dark == nearest + 0.5).all()


def test_overlaid_tiles_have_the_particles_of_both() -> None:
    every = grounds([planted()], PLAIN, np.random.default_rng(1))
    random = np.random.default_rng(3)
    both = TileSettings(overlaid=1, grain=0, blurred=0, contrast=0, noise=0)
    counts = {int((tile(every, grain(both, random, 1, 130), 120, both, random).away < 0.8).sum()) for _ in range(20)}
    assert max(counts) == 2 * min(counts)


def test_some_micrographs_are_seen_again_blurred() -> None:
    settings = TileSettings(blurred=1.0)
    sharp, blurred = grounds([planted()], settings, np.random.default_rng(1))
    assert np.diff(blurred.pixels).std() < np.diff(sharp.pixels).std()
    assert (sharp.away == blurred.away).all()


def test_grain_is_coarse_and_of_standard_deviation_one() -> None:
    for noise in grain(TileSettings(), np.random.default_rng(1), 3):
        assert noise.std() == pytest.approx(1, abs=0.01)
        assert np.diff(noise).std() < 0.9


def test_grey_values_stay_within_the_clamp() -> None:
    settings = TileSettings(noise=3.0)
    random = np.random.default_rng(1)
    every: list[Ground] = grounds([planted()], settings, random)
    assert np.abs(tile(every, grain(settings, random, 1, 130), 96, settings, random).pixels).max() <= settings.clamp
