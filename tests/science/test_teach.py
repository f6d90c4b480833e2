"""Which picks are shown to the networks."""

import numpy as np
import pytest

from picking.science.picks import as_picks, as_points
from picking.science.teach import evenly, taught


def test_a_score_equal_to_the_threshold_reaches_it() -> None:
    picks = as_picks([(0, 0, 0.1, 0), (100, 0, 0.2, 0)])
    assert taught(picks, float(np.float32(0.2)), as_points([]), [], 10, 9).tolist() == [[100, 0]]


def test_two_places_at_0_4_diameters_are_one() -> None:
    picks = as_picks([(4, 0, 1, 0), (0, 4.5, 1, 0)])
    assert taught(picks, None, as_points([(0, 0)]), [], 10, 9).tolist() == [[0, 4.5]]


@pytest.mark.parametrize(("count", "most"), [(0, 5), (5, 5), (7, 5), (1000, 40)])
def test_evenly_chosen_are_distinct_in_order_and_reach_both_ends(count: int, most: int) -> None:
    chosen = evenly(count, most).tolist()
    assert len(chosen) == len(set(chosen)) == min(count, most)
    assert chosen == sorted(chosen)
    assert not count or (chosen[0], chosen[-1]) == (0, count - 1)
