"""What a browser says over a socket."""

import json
from typing import Any
from uuid import uuid4

import pytest

from picking.actions.marks.operations import PutLabel
from picking.live.said import Ask, Follow, Look, Point, Said, See, read


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
    ("text", "said"),
    [
        ('"see", "micrograph": 7, "at": [1.23, 2], "view": [0, 1, 2, 3.5]', See(7, (1.2, 2), (0, 1, 2, 3.5))),
        ('"see", "micrograph": 7, "at": null, "view": [-10, 0, 9, 9]', See(7, None, (-10, 0, 9, 9))),
        ('"point", "micrograph": 7, "at": [3, 4]', Point(7, (3, 4))),
        ('"follow", "person": 5', Follow(5)),
        ('"follow", "person": null', Follow(None)),
    ],
)
def test_a_browser_says_what_it_sees_where_it_points_and_whom_it_follows(text: str, said: Said) -> None:
    assert read(f'{{"type": {text}}}') == said


@pytest.mark.parametrize(
    "text",
    [
        '"see", "micrograph": true, "at": null, "view": [0, 0, 1, 1]',
        '"see", "micrograph": 7, "at": [1], "view": [0, 0, 1, 1]',
        '"see", "micrograph": 7, "at": [NaN, 1], "view": [0, 0, 1, 1]',
        '"see", "micrograph": 7, "at": null, "view": [0, 0, 1, Infinity]',
        '"see", "micrograph": 7, "at": null, "view": [0, 0, 1]',
        '"see", "micrograph": 7, "at": null',
        '"point", "micrograph": 7, "at": [1e9, 0]',
        '"point", "micrograph": 7, "at": null',
        '"point", "micrograph": 7, "at": [true, "1"]',
        '"follow", "person": "5"',
        '"follow", "person": -1',
    ],
)
def test_places_and_people_that_cannot_be_are_ignored(text: str) -> None:
    assert read(f'{{"type": {text}}}') is None


@pytest.mark.parametrize(
    "text",
    ["", "not json", '["look"]', "7", "null", '{"type": "stare"}', '{"type": ["look"]}', "9" * 5000, '"\\ud800"'],
)
def test_all_else_says_nothing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("bracket", ["[", '{"type":'])
def test_brackets_without_end_say_nothing(bracket: str) -> None:
    assert read(bracket * 100_000) is None


def asked(**change: Any) -> str:
    put = {"type": "label.put", "operation": str(uuid4()), "id": str(uuid4()), "micrograph": 3, "kind": "particle"}
    return json.dumps({"type": "operations", "request": 7, "operations": [{**put, "x": 1.5, "y": 2.0, **change}]})


def test_a_browser_asks_for_operations_under_a_number_of_its_own() -> None:
    ask = read(asked())
    assert isinstance(ask, Ask)
    assert ask.request == 7
    assert isinstance(ask.operations[0], PutLabel)


@pytest.mark.parametrize("change", [{"type": "label.stare"}, {"x": "far"}, {"operation": "7"}, {"kind": None}])
def test_operations_that_cannot_be_read_are_asked_for_all_the_same(change: dict[str, Any]) -> None:
    """So that they can be answered."""
    assert read(asked(**change)) == Ask(7, [])


@pytest.mark.parametrize("operations", ["[]", "[7]", "{}", "null", "[" + "{}," * 1000 + "{}]"])
def test_what_is_no_list_of_operations_is_answered_too(operations: str) -> None:
    assert read(f'{{"type": "operations", "request": 7, "operations": {operations}}}') == Ask(7, [])


@pytest.mark.parametrize("request_number", ["null", "true", '"7"', "1.5"])
def test_without_a_number_operations_cannot_be_answered_and_are_ignored(request_number: str) -> None:
    assert read(f'{{"type": "operations", "request": {request_number}, "operations": []}}') is None
