"""Where a label would teach most."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest

from picking.science.picks import Picks, Points, as_picks, as_points
from picking.science.suggest import PickedMicrograph, Suggestion, spread, suggest

DIAMETER = 40.0


def candidates(
    name: str, picks: Picks, marked: Points | None = None, regions: tuple[Points, ...] = ()
) -> PickedMicrograph[str]:
    return PickedMicrograph(name, picks, as_points([]) if marked is None else marked, regions, DIAMETER, 0.5, 0.5)


def chosen(*micrographs: PickedMicrograph[str], count: int = 15) -> list[Suggestion[str]]:
    return suggest(micrographs, count)


def row(*scores: tuple[float, float]) -> Picks:
    """Picks far apart from each other with these particle and contamination scores."""
    return as_picks([(100.0 * i, 50.0, particle, dirt) for i, (particle, dirt) in enumerate(scores)])


def scattered(seed: int, number: int = 1000) -> Picks:
    random = np.random.default_rng(seed)
    return as_picks(np.column_stack([random.uniform(0, 4000, (number, 2)), random.uniform(0, 1, (number, 2))]))


def test_the_first_places_are_those_nearest_to_the_threshold() -> None:
    places = chosen(candidates("one", row((0.95, 0.1), (0.52, 0.1), (0.3, 0.1), (0.47, 0.1), (0.7, 0.1))), count=2)
    assert [(place.x, place.question) for place in places] == [(300.0, "background"), (100.0, "background")]


def test_where_the_particle_network_is_sure_doubtful_contamination_is_asked_about() -> None:
    places = chosen(candidates("one", row((0.9, 0.45), (0.1, 0.5), (0.95, 0.9))))
    assert [(place.x, place.question) for place in places if place.question == "contamination"] == [
        (0.0, "contamination")
    ]


def test_without_a_contamination_network_nobody_is_asked_about_contamination() -> None:
    picks = scattered(0)
    picks[:, 3] = 0
    places = chosen(replace(candidates("one", picks), contamination_threshold=0.1))
    assert {place.question for place in places} == {"background", "sure"}


def test_a_fifth_of_the_places_are_those_the_networks_are_most_sure_of() -> None:
    places = chosen(*(candidates(str(seed), scattered(seed)) for seed in range(15)))
    assert Counter(place.question for place in places) == {"background": 6, "contamination": 6, "sure": 3}


def test_sure_places_are_no_more_where_nobody_doubts_contamination() -> None:
    micrographs = [scattered(seed) for seed in range(15)]
    for picks in micrographs:
        picks[:, 3] = 0.01
    places = chosen(*(candidates(str(seed), picks) for seed, picks in enumerate(micrographs)))
    assert Counter(place.question for place in places) == {"background": 12, "sure": 3}


def test_nothing_is_asked_about_what_is_surely_no_particle() -> None:
    assert chosen(candidates("one", row((0.05, 0.1), (0.1, 0.9), (0.9, 0.95)))) == []


def test_places_keep_a_diameter_from_labels_and_from_each_other() -> None:
    picks = scattered(1)
    marked = as_points(picks[:200, :2])
    places = chosen(candidates("one", picks, marked), count=20)
    assert len(places) == 20
    for place in places:
        assert np.hypot(*(marked - (place.x, place.y)).T).min() > DIAMETER
    for one, other in combinations(places, 2):
        assert np.hypot(one.x - other.x, one.y - other.y) > DIAMETER


def test_nothing_is_asked_within_a_region() -> None:
    square = as_points([(-10, -10), (150, -10), (150, 150), (-10, 150)])
    places = chosen(candidates("one", row((0.5, 0.1), (0.5, 0.1), (0.5, 0.1)), regions=(square,)))
    assert [place.x for place in places] == [200.0]


def test_micrographs_take_turns_and_the_places_of_each_come_together() -> None:
    places = chosen(*(candidates(str(seed), scattered(seed)) for seed in range(4)), count=14)
    assert Counter(place.micrograph for place in places) == {"0": 4, "1": 4, "2": 3, "3": 3}
    changes = [one.micrograph != other.micrograph for one, other in pairwise(places)]
    assert sum(changes) == 3


def test_a_micrograph_with_nothing_to_ask_leaves_its_turn_to_the_others() -> None:
    places = chosen(candidates("empty", row()), candidates("full", scattered(0)), count=10)
    assert [place.micrograph for place in places] == ["full"] * 10


def test_the_same_picks_give_the_same_places() -> None:
    micrographs = [candidates(str(seed), scattered(seed)) for seed in range(3)]
    assert chosen(*micrographs) == chosen(*micrographs)


def test_no_more_micrographs_are_read_than_are_asked_about() -> None:
    read: list[int] = []

    def thousand() -> Iterator[PickedMicrograph[str]]:
        for seed in range(1000):
            read.append(seed)
            yield candidates(str(seed), scattered(seed % 3))

    assert len(suggest(thousand())) == 15
    assert len(read) <= 16


@pytest.mark.parametrize("number", [1, 2, 7, 64, 1000])
def test_the_first_turns_lie_evenly_along_the_list(number: int) -> None:
    order = spread(range(number), ())
    assert sorted(order) == list(range(number))
    first = sorted(order[:8])
    gaps = np.diff([0, *first, number])
    assert gaps.max() <= 2 * -(-number // len(first))


def test_micrographs_without_labels_come_first() -> None:
    assert set(spread(["a", "b", "c", "d"], labelled=["a", "c"])[:2]) == {"b", "d"}
