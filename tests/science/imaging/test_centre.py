"""Boxes find the middle of what they are put around."""

import numpy as np
import pytest

from picking.science.imaging.centre import level_for, local_centres
from picking.science.picks import as_points

DIAMETER = 60.0


def blob(x: float, y: float, height: float, side: int = 300) -> np.ndarray:
    """(side, side) uint8: a disc of 40 pixels in noise, `height` above (or below) its ground."""
    rows, columns = np.mgrid[:side, :side]
    image = np.random.default_rng(0).normal(128, 10, (side, side))
    image[np.hypot(columns - x, rows - y) < 20] += height
    return image.clip(0, 255).astype(np.uint8)


@pytest.mark.parametrize("height", [-40, 40])
def test_a_press_beside_a_blob_finds_its_centre_dark_or_bright(height: float) -> None:
    found = local_centres(blob(150.5, 140.0, height), 0, as_points([(141, 148)]), DIAMETER, as_points([]))
    assert found[0] == pytest.approx([150.5, 140.0], abs=1)


def test_a_press_at_the_centre_found_stays_there() -> None:
    pixels = blob(150, 140, -40)
    once = local_centres(pixels, 0, as_points([(141, 148)]), DIAMETER, as_points([]))
    assert local_centres(pixels, 0, once, DIAMETER, as_points([])) == pytest.approx(once, abs=0.3)


def test_labels_decide_that_particles_are_dark_where_something_bright_is_nearer() -> None:
    pixels = blob(150, 150, -40)
    pixels[140:160, 172:180] = 255
    found = local_centres(pixels, 0, as_points([(165, 150)]), DIAMETER, as_points([(150, 150)]))
    assert found[0] == pytest.approx([150, 150], abs=2)


def test_nothing_to_see_leaves_the_place_as_it_was() -> None:
    flat = np.full((200, 200), 100, np.uint8)
    assert local_centres(flat, 0, as_points([(50.25, 60.5)]), DIAMETER, as_points([])).tolist() == [[50.25, 60.5]]


def test_places_on_the_border_are_answered_too() -> None:
    found = local_centres(blob(8, 8, -40), 0, as_points([(0, 0)]), DIAMETER, as_points([]))
    assert np.isfinite(found).all()


def test_a_level_of_the_pyramid_gives_places_in_full_resolution() -> None:
    halved = blob(75, 70, -40)
    found = local_centres(halved, 1, as_points([(140.5, 150.5)]), 2 * DIAMETER, as_points([]))
    assert found[0] == pytest.approx([150.5, 140.5], abs=2)


def test_large_particles_are_looked_at_on_coarser_levels() -> None:
    assert [level_for(diameter, 5) for diameter in (20, 48, 100, 10_000)] == [0, 1, 2, 4]
