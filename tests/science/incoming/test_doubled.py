"""Picks found twice."""

import numpy as np

from picking.science.formats import Coordinate, Coordinates
from picking.science.incoming.doubled import doubled, merged


def test_the_best_of_two_near_picks_is_kept() -> None:
    picks = Coordinates.of([Coordinate(10, 10, 0.3), Coordinate(12, 10, 0.9), Coordinate(40, 10, 0.1)])
    assert doubled(picks, 3).tolist() == [True, False, False]
    assert [each.particle_score for each in merged(picks, 3)] == [0.9, 0.1]


def test_without_scores_the_first_is_kept() -> None:
    assert doubled(Coordinates.of([Coordinate(10, 10), Coordinate(11, 10)]), 3).tolist() == [False, True]


def test_in_a_chain_only_what_is_near_a_kept_pick_is_left_out() -> None:
    chain = Coordinates.of([Coordinate(x, 0, score) for x, score in ((0, 0.9), (2, 0.8), (4, 0.7))])
    assert doubled(chain, 3).tolist() == [False, True, False]


def test_picks_that_are_apart_and_none_at_all_are_not_doubled() -> None:
    assert not doubled(Coordinates.of([Coordinate(0, 0), Coordinate(4, 0)]), 3).any()
    assert len(doubled(Coordinates.of([]), 3)) == 0


def test_a_heap_of_picks_in_one_place_costs_little_and_leaves_the_best() -> None:
    score = np.linspace(0, 1, 50_000)
    kept = merged(Coordinates.at(np.full((50_000, 2), 7.0), score), 3)
    assert [(each.x, each.particle_score) for each in kept] == [(7.0, 1.0)]
