import numpy as np
import pytest

from picking.science.averages.mean import mean_images, turned_back
from picking.science.averages.settings import CropSettings
from tests.science.averages.planted import crops_of, turned, views


def test_turning_back_undoes_a_turn_and_a_shift() -> None:
    image = views(1, seed=1)[0]
    moved = np.stack([turned(image, 50, (2.5, -1)), turned(image, 300, (0, 3))])
    back = turned_back(moved, np.array([50, 300], np.float32), np.array([[2.5, -1], [0, 3]], np.float32))
    assert np.abs(back - image).max() < 0.15 * np.abs(image).max()


def test_the_mean_is_of_the_members_of_a_class() -> None:
    crops, view, angle, shift = crops_of(views(2, seed=1), 100, noise=0.5)
    members = np.where(np.arange(100) < 90, view, -1)
    images, resolutions = mean_images(
        crops, members, angle.astype(np.float32), shift.astype(np.float32), 3.0, CropSettings(), 5
    )
    for k in range(2):
        assert np.corrcoef(images[k].ravel(), views(2, seed=1)[k].ravel())[0, 1] > 0.95
    assert (resolutions < 20).all()


def test_a_class_too_small_for_halves_has_no_resolution() -> None:
    crops, *_ = crops_of(views(1, seed=1), 12, noise=0.5)
    members = np.array([0] * 10 + [1] * 2)
    zeros = np.zeros((12, 2), np.float32)
    resolutions = mean_images(crops, members, zeros[:, 0], zeros, 3.0, CropSettings(), 5)[1]
    assert np.isfinite(resolutions).tolist() == [True, False]
    assert resolutions[0] >= 6 - 1e-9 or pytest.fail("finer than two pixels")
