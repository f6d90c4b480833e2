"""The rule itself is in tests/data/final_picks.json, which the browser's tests run too."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from picking.science.final import Rule, Verdict, final_picks
from picking.science.picks import as_picks, as_points

CASES = json.loads((Path(__file__).parents[1] / "data" / "final_picks.json").read_text())


def rule_of(case: dict[str, Any]) -> Rule:
    width, height = case.get("size", (1e9, 1e9))
    distance, margin = (case.get(name, 0) * case["diameter"] for name in ("minimum_distance", "margin"))
    return Rule(case["particle_threshold"], case["contamination_threshold"], distance, margin, width, height)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_final_picks_follow_the_rule(case: dict[str, Any]) -> None:
    found = final_picks(
        as_picks(case["picks"]),
        as_points(case["particles"]),
        as_points(case["others"]),
        [Verdict(**verdict) for verdict in case["verdicts"]],
        [as_points(region) for region in case["regions"]],
        case["diameter"],
        rule_of(case),
    )
    assert len(found) == len(case["expected"])
    for pick, expected in zip(found, case["expected"], strict=True):
        assert {field: getattr(pick, field) for field in expected} == pytest.approx(expected)


def test_twenty_thousand_picks_between_marks_of_all_kinds_are_decided() -> None:
    random = np.random.default_rng(0)
    picks = as_picks(random.uniform(0, [8192, 8192, 1, 1], (20_000, 4)))
    places = random.uniform(0, 8192, (2_000, 2))
    verdicts = [Verdict("accept", x, y) for x, y in places[:1_000].tolist()]
    region = as_points([[0, 0], [4000, 0], [4000, 4000], [0, 4000]])
    found = final_picks(
        picks,
        places[1_000:1_500],
        places[1_500:],
        verdicts,
        [region] * 20,
        100,
        Rule(0.2, 0.9, minimum_distance=0, border_margin=0, width=8192, height=8192),
    )
    assert len(found) > 1_000


def test_picks_far_from_all_marks_are_the_same_with_and_without_marks() -> None:
    """Without marks no object is made for a pick; the rule is the same."""
    random = np.random.default_rng(1)
    picks = as_picks(random.uniform(0, [2000, 2000, 1, 1], (1_000, 4)))
    rule = Rule(0.3, 0.8, minimum_distance=60, border_margin=25, width=2000, height=2000)
    nothing, far = as_points([]), as_points([[1e6, 1e6]])
    bare = final_picks(picks, nothing, nothing, [], [], 100, rule)
    marked = final_picks(picks, nothing, far, [Verdict("reject", 1e6, 1e6)], [], 100, rule)
    assert len(bare) > 100
    assert list(bare) == list(marked)


def test_a_million_picks_without_marks_are_decided() -> None:
    picks = as_picks(np.random.default_rng(0).uniform(0, [8192, 8192, 1, 1], (1_000_000, 4)))
    rule = Rule(0.2, 0.9, minimum_distance=0, border_margin=10, width=8192, height=8192)
    assert len(final_picks(picks, as_points([]), as_points([]), [], [], 100, rule)) > 700_000
