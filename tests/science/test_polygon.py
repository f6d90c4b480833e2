import numpy as np
import pytest

from picking.science.picks import Points, as_points
from picking.science.polygon import clipped, inside

WIDTH, HEIGHT = 60, 40


def same_places(one: Points, other: Points) -> bool:
    """Whether both cover the same pixels of the image."""
    x, y = np.meshgrid(np.arange(WIDTH) + 0.21, np.arange(HEIGHT) + 0.17)
    places = np.stack([x.ravel(), y.ravel()], 1)
    return bool((inside(places, one) == inside(places, other)).all())


@pytest.mark.parametrize(
    "polygon",
    [
        [(5, 5), (50, 8), (30, 35)],
        [(0, 0), (40, 30), (40, 0), (0, 30)],  # an eight: its signed area is none
        [(-0.5, -0.5), (59.5, -0.5), (59.5, 39.5), (-0.5, 39.5)],
    ],
)
def test_a_polygon_on_the_image_stays_as_it_is(polygon: list[tuple[float, float]]) -> None:
    assert clipped(as_points(polygon), WIDTH, HEIGHT).tolist() == as_points(polygon).tolist()


@pytest.mark.parametrize("seed", range(20))
def test_what_is_cut_covers_the_same_places_of_the_image_and_none_beyond(seed: int) -> None:
    random = np.random.default_rng(seed)
    polygon = random.uniform(-60, 120, (random.integers(3, 12), 2))
    cut = clipped(polygon, WIDTH, HEIGHT)
    assert (cut >= -0.5).all() and (cut <= (WIDTH - 0.5, HEIGHT - 0.5)).all()
    if len(cut):
        assert same_places(cut, polygon)
    assert clipped(cut, WIDTH, HEIGHT).tolist() == cut.tolist()


@pytest.mark.parametrize("far", [1e6, 1e300, 1.7e308])
def test_corners_however_far_away_are_cut_off(far: float) -> None:
    whole = as_points([(-far, -far), (far, -far), (far, far), (-far, far)])
    assert same_places(clipped(whole, WIDTH, HEIGHT), as_points([(-1, -1), (60, -1), (60, 40), (-1, 40)]))
    corner = clipped(as_points([(10, 10), (far, 10), (10, far)]), WIDTH, HEIGHT)
    assert same_places(corner, as_points([(10, 10), (90, 10), (90, 90), (10, 90)]))


@pytest.mark.parametrize(
    "polygon",
    [
        [(100, 0), (200, 0), (200, 100)],
        [(-10, -10), (-20, 50), (-5, 50)],
        [(7, 7)] * 5,
        [(0, 0), (10, 10), (20, 20)],
        [(5, 5), (9, 5), (20, 5), (7, 5)],
        [(-9, -9), (-9, 60), (90, 60), (90, -9), (80, -9), (80, 50), (-2, 50), (-2, -9)],  # goes round the image
        [(np.nan, 1), (2, 2), (3, 9)],
        [(np.inf, 1), (2, 2), (3, 9)],
        [(1, 1), (2, 5)],
    ],
)
def test_nothing_is_left_of_what_covers_nothing_of_the_image(polygon: list[tuple[float, float]]) -> None:
    assert len(clipped(as_points(polygon), WIDTH, HEIGHT)) == 0
