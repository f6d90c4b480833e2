"""What a rule of names ignores."""

import pytest

from picking.science.formats import NameRule, match_names

RULE = NameRule(("#_", "mc2_"), ("_DW", "_aligned"))


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("a_DW", "a"),
        ("a_dw", "a"),
        ("a_aligned_DW", "a"),
        ("000012345_a_DW", "a"),
        ("MC2_a", "a"),
        ("12_34_a", "34_a"),
        ("a_DW_b", "a_DW_b"),
        ("_DW", "_DW"),
        ("12_", "12_"),
        ("a", "a"),
    ],
)
def test_one_beginning_and_every_ending_are_ignored_and_something_stays(name: str, bare: str) -> None:
    assert RULE.bare(name) == bare


def test_a_rule_is_typed_as_texts_between_commas_or_spaces() -> None:
    assert NameRule.of(" #_ , mc2_", "_DW _aligned,_DW") == RULE
    assert not NameRule.of("", " , ")


def test_a_rule_says_what_it_ignores() -> None:
    assert str(RULE) == "Ignore #_ or mc2_ at the start and _DW or _aligned at the end"
    assert str(NameRule()) == "Names as they are"


def test_signs_in_a_rule_are_no_pattern() -> None:
    assert NameRule((), (".*", "(x")).bare("abc") == "abc"


def test_a_name_as_it_is_written_comes_before_the_rule() -> None:
    names = match_names(["a_DW", "a", "b_DW.mrc"], ["a_DW", "a", "b"], rule=RULE)
    assert names.micrographs == {"a_DW": "a_DW", "a": "a", "b_DW.mrc": "b"}
    assert names.shared == {}


def test_both_sides_may_have_what_is_ignored() -> None:
    assert match_names(["x/7_a_DW.mrc"], ["a_aligned"], rule=RULE).micrographs == {"x/7_a_DW.mrc": "a_aligned"}


def test_folders_still_tell_micrographs_apart() -> None:
    names = match_names(["Movies/g1/001_DW.mrc", "001_DW"], ["g1/001", "g2/001"], rule=NameRule((), ("_DW",)))
    assert names.micrographs == {"Movies/g1/001_DW.mrc": "g1/001"}
    assert names.ambiguous == {"001_DW": "“001_DW” matches g1/001, g2/001. Add its folder to the name."}


def test_two_micrographs_that_a_rule_makes_alike_get_nothing() -> None:
    names = match_names(["a", "c"], ["a_DW", "a_aligned"], rule=RULE)
    assert names.ambiguous["a"].startswith("“a” matches a_DW, a_aligned.")
    assert names.unmatched == ["c"]


def test_names_that_mean_one_micrograph_are_told() -> None:
    names = match_names(["a.mrc", "a_DW.mrc"], ["a"], rule=RULE)
    assert names.shared == {"a": ["a.mrc", "a_DW.mrc"]}
