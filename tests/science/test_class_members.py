from pathlib import Path

import numpy as np

from picking.science.class_members import FILE, ClassMembers, shared
from tests.averages import PICKS, members


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    held = members(PICKS)
    (tmp_path / FILE).write_bytes(held.as_bytes())
    read = ClassMembers.read(tmp_path / FILE)
    assert all(np.array_equal(column, read.columns()[name], equal_nan=True) for name, column in held.columns().items())


def test_the_best_fit_comes_first() -> None:
    assert members(PICKS).of_class(1).fit.tolist() == [0.8, 0.5]


def test_means_are_of_those_that_have_a_score() -> None:
    held = members([(1, 0, 0, 0.9, np.nan, 1, 0), (1, 0, 0, 0.6, np.nan, 1, 0), (1, 0, 0, 0.2, 0.4, 2, 0)])
    assert held.means(held.particle) == [0.75, 0.2]
    assert held.means(held.contamination) == [None, 0.4]


def test_picks_that_wait_are_in_no_class() -> None:
    held = members([(1, 0, 0, 0.9, 0.1, 0, 0), (1, 0, 0, 0.5, 0.1, 1, 0)])
    assert held.means(held.particle) == [0.5]
    assert len(held.of_class(1)) == 1


def placed(*rows: tuple[int, float, int]) -> ClassMembers:
    """Micrograph, x and class."""
    return members([(micrograph, x, 0, 0.9, 0.1, number, 0.5) for micrograph, x, number in rows])


def test_picks_are_the_same_where_they_lie_near_each_other_on_the_same_micrograph() -> None:
    one = placed((1, 0, 1), (1, 100, 1), (1, 200, 2), (2, 0, 2))
    other = placed((1, 8, 2), (1, 112, 1), (1, 195, 2), (3, 0, 2))
    assert shared(one, other, {1: 10.0, 2: 10.0, 3: 10.0}).tolist() == [[0, 1], [0, 1]]


def test_micrographs_that_are_gone_are_left_out() -> None:
    one = placed((1, 0, 1), (2, 0, 1))
    assert shared(one, one, {2: 10.0}).tolist() == [[1]]


def test_a_pick_has_one_partner() -> None:
    assert shared(placed((1, 0, 1)), placed((1, -2, 1), (1, 1, 2)), {1: 10.0}).tolist() == [[0, 1]]
