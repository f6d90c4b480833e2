"""What a browser says over a socket."""

import pytest

from picking.live.said import Look, read


@pytest.mark.parametrize(
    ("text", "look"),
    [('{"type": "look", "micrograph": 7}', Look(7)), ('{"type": "look", "micrograph": null}', Look(None))],
)
def test_a_browser_says_which_micrograph_it_shows(text: str, look: Look) -> None:
    assert read(text) == look


@pytest.mark.parametrize(
    "micrograph", ["true", "false", "1.0", "1e3", "NaN", '"1"', "[1]", "{}", "0", "-1", str(2**63)]
)
def test_only_a_whole_number_that_a_database_can_hold_names_a_micrograph(micrograph: str) -> None:
    assert read(f'{{"type": "look", "micrograph": {micrograph}}}') is None


@pytest.mark.parametrize(
    "text",
    ["", "not json", '["look"]', "7", "null", '{"type": "stare"}', '{"type": ["look"]}', "9" * 5000, '"\\ud800"'],
)
def test_all_else_says_nothing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("bracket", ["[", '{"type":'])
def test_brackets_without_end_say_nothing(bracket: str) -> None:
    assert read(bracket * 100_000) is None
