"""Two sets of picks beside one another."""

import numpy as np
import pytest
from numpy.typing import ArrayLike

from picking.science.compare.comparison import Pairs, Side, compare
from picking.science.picks import Points, as_points

DIAMETER = 60.0
HEIGHT = 1500
RANDOM = np.random.default_rng(4)


def scattered(seed: int = 0) -> Points:
    """Forty places of a grid, a diameter and a half apart or more; upside down they are others."""
    random = np.random.default_rng(seed)
    grid = as_points([(x, y) for x in range(10) for y in range(8)]) * 1.9 * DIAMETER + 80
    return grid[random.permutation(len(grid))[:40]] + random.uniform(-0.2, 0.2, (40, 2)) * DIAMETER


def side(first: ArrayLike, second: ArrayLike, key: int = 1) -> Side:
    return Side(key, as_points(first), as_points(second), HEIGHT, DIAMETER, 2.0)


def test_places_are_paired_and_the_others_stay_alone() -> None:
    pairs = Pairs.of(side([(0, 0), (100, 0), (500, 5)], [(101, 0), (3, 4), (300, 0)]))
    assert sorted(map(tuple, pairs.first.tolist())) == [(0, 0), (100, 0)]
    assert sorted(map(tuple, pairs.second.tolist())) == [(3, 4), (101, 0)]
    assert (pairs.only_first.tolist(), pairs.only_second.tolist()) == ([[500, 5]], [[300, 0]])


def test_numbers_of_all_micrographs_add_up_and_the_worst_comes_first() -> None:
    found = compare([side([(0, 0)], [(0, 0)], 1), side([(0, 0), (99, 0)], [(300, 0)], 2)])
    assert (found.total.matched, found.total.reference, found.total.found) == (1, 3, 2)
    assert (found.total.precision, found.total.recall, found.total.f1) == (1 / 2, 1 / 3, 2 / 5)
    assert [key for key, _ in found.micrographs] == [2, 1]


def test_the_offset_is_the_median_in_angstrom() -> None:
    places = scattered()
    found = compare([side(places, places + np.array([3, -4]))])
    assert found.median == pytest.approx((6, -8))
    assert len(found.offsets) == 40


def test_nothing_beside_nothing_is_no_error() -> None:
    assert compare([]).total.f1 == 0
    empty = compare([side([], [(1, 1)])])
    assert (empty.median, empty.shift, empty.total.recall) == ((0, 0), None, 0)


def test_half_a_box_is_told_though_no_pick_is_near_its_own() -> None:
    places = scattered()
    found = compare([side(places, places + 45 + RANDOM.normal(0, 0.2, (40, 2)))], ("Networks", "crYOLO"))
    (sentence,) = found.sentences
    assert sentence.startswith("crYOLO is shifted by (+45, +45) px or (")
    assert "from Networks: half of a 90 px box. Probably corners of boxes were taken for centres" in sentence


def test_picks_upside_down_are_told() -> None:
    places = scattered()
    found = compare([side(places, places * (1, -1) + (0, HEIGHT - 1))])
    assert found.sentences == ["B fits A upside down: import it again with “Flip y”."]


def test_a_small_shift_is_told_and_the_scatter_of_picking_is_not() -> None:
    places = scattered()
    shifted = compare([side(places, places + np.array([6, 0]))])
    assert shifted.sentences == ["B is shifted by (+6, +0) px or (+12, +0) Å from A."]
    assert compare([side(places, places + RANDOM.normal(0, 3, (40, 2)))]).sentences == []


def test_sets_with_nothing_in_common_are_not_shifted() -> None:
    assert compare([side(RANDOM.uniform(0, 1400, (60, 2)), RANDOM.uniform(0, 1400, (60, 2)))]).shift is None
