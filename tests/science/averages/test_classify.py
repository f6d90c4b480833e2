from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from picking.science.averages.averages import UNSORTED, Averages
from picking.science.averages.classify import BadPicks, classify, number_of_classes
from picking.science.averages.purity import purity
from picking.science.averages.settings import AverageSettings, ClassifySettings
from tests.science.averages.planted import crops_of, turned, views

NOISE = np.random.default_rng(7).normal(size=(60, 64, 64)).astype(np.float32)


def turns_apart(angles: NDArray[np.floating], others: NDArray[np.floating]) -> NDArray[np.float64]:
    """Degrees by which two lists of angles differ, once one is turned as a whole."""
    apart = np.exp(1j * np.radians(np.asarray(angles, np.float64) - others))
    return np.asarray(np.abs(np.degrees(np.angle(apart / apart.sum()))))


def test_a_rotated_copy_comes_back_with_its_angle() -> None:
    image = views(1, seed=3)[0]
    angles = np.arange(0, 360, 9.0)
    crops = np.stack([turned(image, angle) for angle in angles]) + NOISE[: len(angles)] / 5
    found = classify(np.asarray(crops * 5, np.float32), 3.0, classes=1)
    assert turns_apart(found.angles, angles).max() < 3


@pytest.fixture(scope="module")
def mix() -> tuple[Averages, NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Two specimens of three views each, noise of twice their standard deviation, off the centre."""
    crops, view, angle, shift = crops_of(views(6, seed=1), 600, noise=2.0, off=1.2)
    return classify(crops, 3.0), view, angle, shift


def test_two_specimens_are_separated(mix: tuple[Averages, NDArray[np.int64], object, object]) -> None:
    found, view, _, _ = mix
    assert purity(found.members, view // 3) >= 0.95


def test_members_have_the_angles_and_shifts_they_were_given(
    mix: tuple[Averages, NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]],
) -> None:
    found, view, angle, shift = mix
    inside = (found.members == 0) & (view == np.bincount(view[found.members == 0]).argmax())
    assert np.median(turns_apart(found.angles[inside], angle[inside])) < 3
    off = found.shifts[inside] - shift[inside]
    # A class may lie off its middle as a whole; its members then are, in the direction they are turned.
    turn = np.exp(-1j * np.radians(found.angles[inside]))
    placed = (off[:, 0] + 1j * off[:, 1]) * turn
    assert np.median(np.abs(placed - np.median(placed.real) - 1j * np.median(placed.imag))) < 1


def test_an_average_shows_its_view(mix: tuple[Averages, NDArray[np.int64], object, object]) -> None:
    found, view, _, _ = mix
    seen = views(6, seed=1)[np.bincount(view[found.members == 0]).argmax()]
    average = ndimage.gaussian_filter(found.images[0], 1)
    best = max(
        np.corrcoef(np.roll(turned(seen, angle), (dy, dx), (0, 1)).ravel(), average.ravel())[0, 1]
        for angle in range(0, 360, 5)
        for dy in range(-2, 3)
        for dx in range(-2, 3)
    )
    assert best > 0.8


def test_classes_come_by_size_and_tell_their_resolution(mix: tuple[Averages, object, object, object]) -> None:
    found = mix[0]
    assert (np.diff(found.counts) <= 0).all()
    assert found.counts.sum() == 600
    assert 6 <= np.nanmin(found.resolutions) < 20


def test_a_crop_of_its_class_fits_better_than_noise() -> None:
    crops, *_ = crops_of(views(2, seed=5), 300, noise=1.0)
    crops[:30] = NOISE[:30]
    found = classify(crops, 3.0)
    assert np.median(found.fits[30:]) > np.percentile(found.fits[:30], 90)


def test_averages_stream_while_they_sharpen() -> None:
    crops, *_ = crops_of(views(3, seed=2), 150, noise=2.0)
    told: list[tuple[float, int]] = []
    found = classify(crops, 3.0, watch=lambda averages, done: told.append((done, int(averages.counts.sum()))))
    done = [part for part, _ in told]
    assert done == sorted(done)
    assert done[0] < 0.15
    assert told[-1] == (1, 150)
    assert (found.members != UNSORTED).all()


def test_what_the_watcher_raises_ends_the_work() -> None:
    def stop(averages: Averages, done: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        classify(crops_of(views(2, seed=2), 100, noise=1.0)[0], 3.0, watch=stop)


def test_the_same_crops_and_seed_give_the_same_classes() -> None:
    crops, *_ = crops_of(views(2, seed=2), 100, noise=2.0)
    first, again = (classify(crops, 3.0, seed=4) for _ in range(2))
    assert (first.members == again.members).all()


def test_more_picks_make_more_classes_within_limits() -> None:
    settings = ClassifySettings()
    assert [number_of_classes(n, settings) for n in (20, 1000, 10**6)] == [settings.fewest, 20, settings.most]


@pytest.mark.parametrize(
    ("crops", "message"),
    [
        (NOISE[:3], "20 picks at least, and here are 3"),
        (np.repeat(NOISE[:1], 40, axis=0), "All 40 picks show the same image"),
        (np.ones((40, 64, 64), np.float32), "one grey value"),
        (np.where(NOISE > 4, np.nan, NOISE), "no numbers"),
    ],
)
def test_picks_that_cannot_be_averaged_are_refused_with_a_reason(crops: NDArray[np.float32], message: str) -> None:
    with pytest.raises(BadPicks, match=message):
        classify(crops, 3.0)


def test_pure_noise_ends_well() -> None:
    settings = AverageSettings()
    try:
        found = classify(NOISE, 3.0, settings=replace(settings, classify=replace(settings.classify, rounds=3)))
    except BadPicks as error:
        assert "noise" in str(error)
    else:
        assert np.isfinite(found.images).all()
