from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from picking.science.nets import HeldOut, TooFewLabels, TrainingSet, Validation, split, validate
from picking.science.nets.training import validate as module
from picking.science.picks import Points, as_picks, as_points
from tests.science.nets.scenes import DIAMETER, DISCS, EDGES, QUICK, SIDE, scene

SCENE = scene(stripe=True)
GAPS = DISCS[:12] + 21.0


def spread(micrographs: int, each: int = 4) -> TrainingSet:
    """`each` particles and background labels on every micrograph, contamination on the first one."""
    names = [str(number) for number in range(micrographs)]
    regions = {name: [as_points([(0, 0), (9, 0), (9, 9)])] for name in names}
    inputs = dict.fromkeys(names, SCENE)
    particles, background = (dict.fromkeys(names, places[:each]) for places in (DISCS, GAPS))
    return TrainingSet(inputs, particles, background, {"0": EDGES[:1]}, regions)


def count(by_name: Mapping[str, Points]) -> int:
    return sum(map(len, by_name.values()))


def places(*, particle: list[float], background: list[float]) -> list[HeldOut]:
    return [HeldOut("particle", score, 0) for score in particle] + [HeldOut("background", s, 0) for s in background]


@pytest.mark.parametrize("micrographs", [1, 3, 10])
def test_each_label_is_either_held_out_or_left(micrographs: int) -> None:
    examples = spread(micrographs, each=12)
    for seed in range(3):
        rest, held_out = split(examples, seed)
        for kind in ("particles", "background"):
            parts = count(getattr(rest, kind)), count(getattr(held_out, kind))
            every = count(getattr(examples, kind))
            assert sum(parts) == every
            assert parts[1] == round(every / 5)


def test_labels_on_many_micrographs_are_held_out_by_whole_micrographs_with_their_regions() -> None:
    rest, held_out = split(spread(10), seed=1)
    out = {name for name, points in held_out.particles.items() if len(points)}
    assert len(out) == 2
    assert not out & {name for name, points in rest.particles.items() if len(points)}
    assert out == set(spread(10).regions) - set(rest.regions)


def test_labels_on_one_micrograph_are_held_out_one_by_one() -> None:
    rest, held_out = split(spread(1, each=12), seed=1)
    assert (len(rest.particles["0"]), len(held_out.particles["0"])) == (10, 2)
    assert not {*map(tuple, rest.particles["0"])} & {*map(tuple, held_out.particles["0"])}
    assert list(rest.regions) == ["0"]


def test_held_out_labels_keep_their_weights() -> None:
    weighed = np.column_stack([np.vstack([DISCS, DISCS + 5]), np.linspace(0.1, 0.9, 2 * len(DISCS))])
    halves = split(replace(spread(1, each=12), particles={"0": weighed}), 0)
    rows = np.vstack([half.particles["0"] for half in halves])
    assert sorted(rows[:, 2].tolist()) == weighed[:, 2].tolist()


def test_another_seed_holds_other_labels_out() -> None:
    first, same, other = (split(spread(1, each=12), seed)[1].particles["0"] for seed in (1, 1, 2))
    assert np.array_equal(first, same)
    assert not np.array_equal(first, other)


def test_too_few_labels_are_refused_with_how_many_it_takes() -> None:
    with pytest.raises(TooFewLabels, match="at least 10 particle and 10 background labels; this training had 9 and 9"):
        split(spread(1, each=9), seed=0)


def test_of_many_sets_of_micrographs_the_one_nearest_to_a_fifth_is_held_out() -> None:
    names = [str(number) for number in range(1, 13)]
    labels = {name: DISCS[: int(name)] for name in names}
    for seed in range(5):
        _, held_out = split(TrainingSet(dict.fromkeys(names, SCENE), labels, labels), seed)
        assert count(held_out.particles) / count(labels) == pytest.approx(0.2, abs=0.01)


def test_the_companion_learns_from_what_is_not_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[TrainingSet] = []
    monkeypatch.setattr(module, "train", lambda examples, *_: given.append(examples))
    monkeypatch.setattr(module, "pick", lambda *_: as_picks([]))
    examples = spread(1, each=12)
    places = validate(examples, seed=1).places
    assert given[0].particles["0"].tolist() == split(examples, seed=1)[0].particles["0"].tolist()
    assert len(places) == 2 + 2


def test_a_place_has_the_scores_of_the_best_pick_near_it_in_the_micrographs_own_pixels(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    half_as_fine = replace(SCENE, width=2 * SIDE, height=2 * SIDE, right=2 * SIDE, bottom=2 * SIDE)
    particles, background = 2 * DISCS[:12], 2 * GAPS
    near = particles + np.array([0.35 * 2 * DIAMETER, 0])
    picks = [(x, y, 0.75, 0.25) for x, y in near] + [(x, y, 0.5, 0.5) for x, y in particles]
    monkeypatch.setattr(module, "train", lambda *_: None)
    monkeypatch.setattr(module, "pick", lambda *_: as_picks(picks))
    found = validate(TrainingSet({"0": half_as_fine}, {"0": particles}, {"0": background}))
    assert {(each.kind, each.particle, each.contamination) for each in found.places} == {
        ("particle", 0.75, 0.25),
        ("background", 0, 0),
    }


def test_the_companion_tells_held_out_discs_from_empty_places() -> None:
    examples = TrainingSet({"0": SCENE}, {"0": DISCS}, {"0": GAPS}, {"0": EDGES})
    validation = validate(examples, QUICK, seed=0)
    kinds = [place.kind for place in validation.places]
    assert [kinds.count(kind) for kind in ("particle", "background", "contamination")] == [5, 2, 2]
    assert validation.average_precision > 0.9
    assert validation.best_f1 > 0.9
    assert not validation.whole_micrographs


def test_a_place_without_a_pick_scores_nothing_and_is_never_found() -> None:
    validation = Validation(places(particle=[0.9, 0.0], background=[0.0]), whole_micrographs=False)
    assert validation.curve.recall.tolist() == [0.5]
    assert validation.average_precision == 0.5


def test_a_high_contamination_score_ranks_a_place_last() -> None:
    doubted = [HeldOut("contamination", 0.9, 0.9), HeldOut("particle", 0.6, 0.1)]
    assert Validation(doubted, whole_micrographs=False).best_f1 == 1.0


def test_no_pick_at_all_gives_zero() -> None:
    nothing = Validation(places(particle=[0.0], background=[0.0]), whole_micrographs=False)
    assert (nothing.average_precision, nothing.best_f1) == (0.0, 0.0)
