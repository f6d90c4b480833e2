"""Which picks are shown to the networks."""

import numpy as np
import pytest

from picking.science.picks import Points, as_picks, as_points
from picking.science.teach import MOST, MOST_MICROGRAPHS, evenly, few_judged, taught


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


def judged(number: int, weight: float) -> Points:
    """So many labels in one row, (number, 3)."""
    return np.column_stack([np.arange(number), np.zeros(number), np.full(number, weight)])


def test_no_label_that_counts_whole_is_left_out() -> None:
    labels = {1: judged(3000, 1.0), 2: judged(5, 1.0)}
    assert {m: len(rows) for m, rows in few_judged(labels).items()} == {1: 3000, 2: 5}


def test_of_what_classes_judged_only_so_many_are_shown_behind_the_others() -> None:
    rows = few_judged({1: np.concatenate([judged(3000, 0.5), judged(5, 1.0)])})[1]
    assert len(rows) == MOST + 5
    assert rows[:6, 2].tolist() == [1.0] * 5 + [0.5]


def test_what_classes_judged_comes_from_so_many_micrographs() -> None:
    found = few_judged({m: judged(100, 0.5) for m in range(200)} | {200: judged(1, 1.0)})
    assert len(found) == MOST_MICROGRAPHS + 1
    assert sum(map(len, found.values())) == MOST + 1
