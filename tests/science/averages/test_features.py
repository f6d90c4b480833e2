import numpy as np
import pytest
import torch

from picking.science.averages.features import PolarGrid, Steerable, noise_by_ring, steerable_components
from picking.science.averages.settings import AverageSettings
from picking.science.extract.boxes import Boxes
from tests.science.averages.planted import crops_of, turned, views

ABOUT = AverageSettings()
GRID = PolarGrid(ABOUT.crops, ABOUT.features, torch.device("cpu"))


@pytest.fixture(scope="module")
def steerable() -> Steerable:
    return components(crops_of(views(4, seed=1), 400, noise=1.0)[0])


def components(crops: Boxes) -> Steerable:
    return steerable_components(crops, GRID.polar(crops), GRID, ABOUT.crops, ABOUT.features)


def seen(steerable: Steerable, image: Boxes, shift: tuple[float, float] = (0, 0)) -> np.ndarray:
    """Complex, (components,)"""
    real, imaginary = steerable.features(GRID.polar(image[None]), torch.tensor([shift], dtype=torch.float32))[0]
    return np.asarray(real + 1j * imaginary)


def test_a_turn_changes_phases_only(steerable: Steerable) -> None:
    image = views(1, seed=8)[0]
    before, after = (seen(steerable, each) for each in (image, turned(image, 37)))
    expected = before * np.exp(-1j * steerable.frequency.numpy() * np.radians(37))
    assert np.abs(after - expected).max() < 0.03 * np.abs(before).max()


def test_a_shift_is_undone(steerable: Steerable) -> None:
    image = views(1, seed=8)[0]
    moved = seen(steerable, turned(image, 0, (2, -1)), (2, -1))
    assert np.abs(moved - seen(steerable, image)).max() < 0.05 * np.abs(moved).max()


def test_noise_has_variance_1_in_every_component(steerable: Steerable) -> None:
    noise = np.random.default_rng(2).normal(size=(800, 64, 64)).astype(np.float32)
    found = steerable.features(GRID.polar(noise), torch.zeros(800, 2))
    assert (found**2).sum(1).mean(0).numpy() == pytest.approx(1, abs=0.25)


def test_components_that_signal_makes_stand_out(steerable: Steerable) -> None:
    assert steerable.variance.max() > 20
    assert steerable.variance.min() > 1
    assert 10 < len(steerable.variance) < 250


def test_noise_alone_leaves_next_to_nothing() -> None:
    noise = np.random.default_rng(2).normal(size=(1000, 64, 64)).astype(np.float32)
    assert len(components(noise).variance) < 10


def test_the_power_of_white_noise_is_its_variance() -> None:
    noise = 3 * np.random.default_rng(2).normal(size=(200, 64, 64)).astype(np.float32)
    assert noise_by_ring(noise, ABOUT.crops, 26)[3:] == pytest.approx(9, rel=0.15)
