"""Which rule of names is likely."""

from unicodedata import normalize

import pytest

from picking.science.formats import NameRule
from picking.science.formats.names import base_name
from picking.science.incoming.suggested import suggest_rules

OURS = [f"FoilHole_{n * 7919 % 1000:04}_Data_{n}_20240101" for n in range(40)]


def rule(written: list[str], micrographs: list[str] = OURS) -> NameRule:
    return suggest_rules(written, micrographs)[0].rule


def test_names_that_all_match_need_no_rule_and_no_other_is_offered() -> None:
    (only,) = suggest_rules([f"MotionCorr/job002/Movies/{name}.mrc" for name in OURS], OURS)
    assert (only.rule, only.matched, only.unmatched) == (NameRule(), 40, 0)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{}_DW.mrc", NameRule((), ("_DW",))),
        ("S1/{}_aligned.mrc", NameRule((), ("_aligned",))),
        ("J3/motioncorrected/{}_patch_aligned_doseweighted.mrc", NameRule((), ("_patch_aligned_doseweighted",))),
        ("000123456789012345678_{}.tif", NameRule(("#_",))),
        (
            "000123456789012345678_{}_fractions_patch_aligned_doseweighted.mrc",
            NameRule(("#_",), ("_patch_aligned_doseweighted", "_fractions")),
        ),
        ("{}_ourway.mrc", NameRule((), ("_ourway",))),
        ("nice_{}", NameRule(("nice_",))),
        ("nice_{}_DW", NameRule(("nice_",), ("_DW",))),
    ],
)
def test_what_was_added_to_every_name_is_found_whichever_side_has_it(pattern: str, expected: NameRule) -> None:
    theirs = [pattern.format(name) for name in OURS]
    assert rule(theirs) == expected
    assert rule(OURS, [base_name(name) for name in theirs]) == expected


def test_different_endings_of_both_sides_are_found() -> None:
    assert set(rule(["x_aaa", "y_aaa"], ["x_bbb", "y_bbb"]).ends) == {"_aaa", "_bbb"}


def test_rules_come_with_how_many_they_match_the_best_first() -> None:
    written = [f"{name}_DW" if n % 4 else f"{name}_other" for n, name in enumerate(OURS)]
    both, known, other, none = suggest_rules(written, OURS)
    assert (set(both.rule.ends), both.matched) == ({"_DW", "_other"}, 40)
    assert (known.rule.ends, known.matched, known.unmatched) == (("_DW",), 30, 10)
    assert (other.rule.ends, other.matched) == (("_other",), 10)
    assert (none.rule, none.matched) == (NameRule(), 0)


@pytest.mark.parametrize(
    ("written", "micrographs"),
    [
        (["grid12_001"], ["grid1_001", "grid2_001"]),
        (["001_2", "002_2"], ["001_3", "002_3"]),
        (["1_a", "2_a"], ["3_a", "4_a"]),
        (["gridB_001", "gridB_002"], ["gridA_001", "gridA_002"]),
        (["a b", "c"], ["x"]),
        ([], ["a"]),
        (["a"], []),
    ],
)
def test_numbers_that_tell_micrographs_apart_are_never_ignored(written: list[str], micrographs: list[str]) -> None:
    assert rule(written, micrographs) == NameRule()


def test_an_ending_that_tells_two_micrographs_apart_is_not_ignored() -> None:
    (best, *_) = suggest_rules(["a_DW"], ["a", "a_aligned"])
    assert (best.rule, best.matched, best.ambiguous) == (NameRule((), ("_DW",)), 1, 0)


def test_the_same_name_in_two_folders_is_matched_by_folder() -> None:
    (best, *_) = suggest_rules(["g1/001_DW", "g2/001_DW"], ["g1/001", "g2/001"])
    assert (best.rule.ends, best.matched) == (("_DW",), 2)


def test_composed_and_decomposed_umlauts_are_the_same_where_a_suffix_differs() -> None:
    written = [normalize("NFD", f"größe_{number}_DW.mrc") for number in range(3)]
    assert suggest_rules(written, [f"größe_{number}" for number in range(3)])[0].matched == 3
