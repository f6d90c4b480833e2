"""How two people's labels agree, and where they differ."""

import numpy as np
import pytest

from picking.science.compare.people import Difference, Labelled, Twice, agree, differences, kappa
from picking.science.picks import as_points

P, B, C = "particle", "background", "contamination"
Row = tuple[float, float, str]


def labelled(rows: list[Row]) -> Labelled:
    return Labelled(as_points([(x, y) for x, y, _ in rows]), np.array([kind for *_, kind in rows], np.str_))


def twice(first: list[Row], second: list[Row], key: int = 1) -> Twice:
    """Diameter 100 px, 2 Å a pixel."""
    return Twice(key, labelled(first), labelled(second), height=1000, diameter_px=100.0, pixel_size=2.0)


def test_particles_are_counted_both_ways_and_other_labels_are_not() -> None:
    found = agree([twice([(100, 100, P), (500, 500, P), (800, 100, B)], [(106, 100, P)])]).particles.total
    assert (found.reference, found.found, found.matched) == (2, 1, 1)
    assert (found.precision, found.recall) == (1.0, 0.5)


def test_the_offset_is_of_matched_particles_in_angstrom() -> None:
    found = agree([twice([(100, 100, P)], [(106, 97, P)])]).particles
    assert found.offsets.tolist() == [[12, -6]]


def test_the_surplus_is_the_median_over_micrographs() -> None:
    one, two = [(100.0, 100.0, P)], [(100.0, 100.0, P), (500.0, 500.0, P)]
    assert agree([twice(one, two), twice(one, two), twice(two, one)]).surplus == 1
    assert agree([]).surplus == 0


def test_kinds_are_compared_where_both_labelled() -> None:
    first, second = agree([twice([(100, 100, P), (300, 100, B), (500, 100, C)], [(101, 100, P), (301, 100, C)])]).kinds
    assert (first.tolist(), second.tolist()) == ([P, B], [P, C])


def test_particles_match_one_another_before_other_labels_do() -> None:
    """A background label that is nearer takes no particle away."""
    assert differences(twice([(100, 100, P)], [(101, 100, B), (130, 100, P)])) == []


def test_kappa_is_cohens() -> None:
    """60 of 100 agree; 0.6 × 0.7 + 0.4 × 0.3 would by chance."""
    first = np.array([P] * 60 + [B] * 40)
    second = np.array([P] * 45 + [B] * 15 + [P] * 25 + [B] * 15)
    assert kappa(first, second).value == pytest.approx((0.6 - 0.54) / 0.46)
    assert kappa(first, first).value == 1


def test_kappa_is_not_known_where_all_are_of_one_kind() -> None:
    nothing, alike = np.empty(0, np.str_), np.array([P, P])
    assert kappa(nothing, nothing).value is None
    assert kappa(alike, alike).value is None


def test_differences_are_what_one_alone_has_other_kinds_and_particles_that_lie_apart() -> None:
    first: list[Row] = [(100, 100, P), (300, 100, P), (500, 100, P), (700, 100, P), (850, 100, B)]
    second: list[Row] = [(101, 100, P), (300, 110, C), (570, 100, P), (900, 700, P)]
    assert differences(twice(first, second)) == [
        Difference("kind", 1, 1),
        Difference("apart", 2, 2),
        Difference("only_first", 3, None),
        Difference("only_second", None, 3),
    ]


def test_nobody_differs_about_nothing() -> None:
    assert differences(twice([], [])) == []
