import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from picking.science.evaluate import (
    Agreement,
    agreement,
    at_threshold,
    average_precision,
    best_f1,
    match,
    on_contamination,
    paired,
    precision_recall,
)
from picking.science.picks import Points, as_points

REFEREE = Path(__file__).parents[3] / "shared" / "bench" / "score.py"
DIAMETER = 100.0
TRUTH = as_points([[100, 100], [300, 100], [500, 100]])


def test_a_pick_within_four_tenths_of_a_diameter_is_right() -> None:
    places = as_points([[140, 100], [300, 141], [500, 100]])
    assert match(places, np.array([0.9, 0.8, 0.7]), TRUTH, DIAMETER).tolist() == [True, False, True]


def test_a_centre_is_claimed_once_by_the_highest_score() -> None:
    places = as_points([[101, 100], [130, 100]])
    assert match(places, np.array([0.2, 0.9]), TRUTH, DIAMETER).tolist() == [False, True]


def test_a_pick_between_two_centres_claims_the_nearer_free_one() -> None:
    truth = as_points([[100, 100], [150, 100]])
    places = as_points([[120, 100], [118, 100], [122, 100]])
    assert match(places, np.array([0.9, 0.8, 0.7]), truth, DIAMETER).tolist() == [True, True, False]


def test_without_truth_nothing_is_right() -> None:
    assert not match(TRUTH, np.ones(3), as_points([]), DIAMETER).any()


def test_precision_and_recall_by_hand() -> None:
    curve = precision_recall(np.array([0.5, 0.9, 0.7]), np.array([True, True, False]), 4)
    assert curve.scores.tolist() == [0.9, 0.7, 0.5]
    assert curve.precision == pytest.approx([1, 1 / 2, 2 / 3])
    assert curve.recall == pytest.approx([1 / 4, 1 / 4, 2 / 4])
    assert average_precision(curve) == pytest.approx((1 + 2 / 3) / 4)
    best = best_f1(curve)
    assert (best.threshold, best.picks) == (0.5, 3)
    assert best.f1 == pytest.approx(4 / 7)
    assert at_threshold(curve, 0.7).precision == pytest.approx(1 / 2)


def test_no_picks_are_worth_nothing() -> None:
    curve = precision_recall(np.zeros(0), np.zeros(0, bool), 5)
    assert average_precision(curve) == 0
    assert best_f1(curve).f1 == 0
    assert at_threshold(curve, 0.5).picks == 0


def test_only_wrong_picks_sit_on_contamination() -> None:
    places = as_points([[100, 100], [110, 100], [160, 100]])
    on = on_contamination(places, np.array([True, False, False]), as_points([[120, 100]]), DIAMETER)
    assert on.tolist() == [False, True, False]


def test_agreement_pairs_the_nearest_first_and_each_place_once() -> None:
    found = as_points([[130, 100], [105, 100], [300, 100], [900, 900]])
    assert agreement(TRUTH, found, DIAMETER) == Agreement(reference=3, found=4, matched=2)


@pytest.mark.parametrize("step", [0.0, 10.0])
def test_pairs_are_those_that_one_finds_by_taking_the_nearest_again_and_again(step: float) -> None:
    random = np.random.default_rng(3)
    for _ in range(50):
        one, other = (random.uniform(0, 100, (random.integers(1, 40), 2)) for _ in range(2))
        if step:  # many are equally far
            one, other = (np.round(each / step) * step for each in (one, other))
        apart = np.hypot(*(one[:, None] - other[None]).transpose(2, 0, 1))
        expected = set()
        while apart.min() <= 25:
            i, j = np.unravel_index(int(apart.argmin()), apart.shape)
            expected.add((int(i), int(j)))
            apart[i], apart[:, j] = np.inf, np.inf
        assert {(int(i), int(j)) for i, j in paired(one, other, 25)} == expected


def test_agreement_adds_up_over_micrographs() -> None:
    total = Agreement(3, 4, 2) + Agreement(1, 0, 0)
    assert (total.precision, total.recall, total.f1) == (0.5, 0.5, 0.5)


def test_agreement_with_nothing_is_zero() -> None:
    assert agreement(as_points([]), TRUTH, DIAMETER).f1 == 0
    assert Agreement().precision == 0


def write_rows(path: Path, header: str, rows: list[tuple[Any, ...]]) -> None:
    path.write_text("\n".join([header, *("\t".join(map(str, row)) for row in rows)]) + "\n")


@pytest.mark.skipif(not REFEREE.exists(), reason="the benchmark's referee (../shared/bench/score.py) is not here")
@pytest.mark.parametrize("seed", range(5))
def test_the_figures_are_those_of_the_benchmark_referee(seed: int, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("referee", REFEREE)
    assert spec is not None and spec.loader is not None
    referee = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(referee)

    random = np.random.default_rng(seed)
    names = ["b", "a"]
    truth = {name: random.uniform(0, 2000, (200, 2)) for name in names}
    dirt = {name: random.uniform(0, 2000, (60, 2)) for name in names}
    places: dict[str, Points] = {
        name: np.concatenate([truth[name][:150] + random.normal(0, 25, (150, 2)), random.uniform(0, 2000, (150, 2))])
        for name in names
    }
    scores = {name: random.integers(0, 50, 300) / 50 for name in names}  # many ties
    (tmp_path / "dataset.json").write_text(
        json.dumps({"test": names, "particle_diameter_angstrom": 150, "pixel_size_angstrom": 1.5})
    )
    for file, points in (("particles.tsv", truth), ("contamination.tsv", dirt)):
        rows = [(name, x, y) for name in names for x, y in points[name].tolist()]
        write_rows(tmp_path / file, "image_name\tx_coord\ty_coord", rows)
    picks = {name: np.column_stack([places[name], scores[name]]) for name in names}
    expected = referee.score(tmp_path, picks, threshold=0.5)

    hits = [match(places[name], scores[name], truth[name], DIAMETER) for name in names]
    on = [on_contamination(places[n], h, dirt[n], DIAMETER) for n, h in zip(names, hits, strict=True)]
    ranked = np.concatenate([scores[name] for name in names])
    curve = precision_recall(ranked, np.concatenate(hits), 400)
    best = best_f1(curve)
    on_dirt = int(np.concatenate(on)[np.argsort(-ranked, kind="stable")[: best.picks]].sum())
    assert average_precision(curve) == pytest.approx(expected["AP"], abs=1e-4)
    assert best.f1 == pytest.approx(expected["best_F1"], abs=1e-4)
    assert best.precision == pytest.approx(expected["precision"], abs=1e-4)
    assert best.recall == pytest.approx(expected["recall"], abs=1e-4)
    assert at_threshold(curve, 0.5).f1 == pytest.approx(expected["F1_at_threshold"], abs=1e-4)
    assert on_dirt == expected["picks_on_contamination"]
