"""What several sets agree on."""

import numpy as np
import pytest

from picking.science.compare.consensus import consensus
from picking.science.picks import as_points

A = as_points([(0, 0), (100, 0), (200, 0)])
B = as_points([(2, 0), (102, 0)])
C = as_points([(101, 3), (400, 0)])


@pytest.mark.parametrize(("at_least", "number"), [(1, 4), (2, 2), (3, 1), (4, 0)])
def test_places_that_enough_sets_have_are_kept(at_least: int, number: int) -> None:
    assert len(consensus([A, B, C], at_least, 10)[0]) == number


def test_a_place_is_the_mean_of_its_picks_and_its_score_the_share_of_sets() -> None:
    places, shares = consensus([A, B, C], 3, 10)
    np.testing.assert_allclose(places, [(101, 1)])
    assert shares.tolist() == [1.0]


def test_two_picks_of_one_set_are_one_voice() -> None:
    places, _ = consensus([as_points([(0, 0), (3, 0)]), as_points([(1, 0)])], 2, 10)
    assert places.tolist() == [[0.5, 0.0]]


def test_empty_sets_agree_on_nothing() -> None:
    places, shares = consensus([as_points([]), as_points([])], 1, 10)
    assert (places.shape, shares.shape) == ((0, 2), (0,))
