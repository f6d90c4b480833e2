import pytest
from hypothesis import given, settings

from picking.science.formats import Coordinate, UnreadableCoordinates
from tests.science.formats.exports import PICKS, export, micrograph, read, written


@settings(max_examples=30)
@given(PICKS)
def test_all_that_is_known_of_a_pick_comes_back(picks: list[Coordinate]) -> None:
    files = written("csv", export(micrograph("a", picks)))
    assert read("csv", files, ["a"]).coordinates["a"] == picks


def test_the_columns_are_those_of_the_documentation() -> None:
    pick = Coordinate(10.5, 20.25, 0.75, None, "verdict", 'Ann, "the picker"', "2024-05-06T07:08:09Z")
    lines = written("csv", export(micrograph("a", [pick])))["picks.csv"].decode().splitlines()
    assert lines == [
        "micrograph,x,y,particle_score,contamination_score,source,author,created",
        'a.mrc,10.5,20.25,0.75,,verdict,"Ann, ""the picker""",2024-05-06T07:08:09Z',
    ]


def test_a_table_of_names_and_places_is_enough() -> None:
    content = b"\xef\xbb\xbfy,x,micrograph\n2.5,1.5,some/folder/a.tif\n"
    assert read("csv", {"x.csv": content}, ["a"]).coordinates == {"a": [Coordinate(1.5, 2.5)]}


@pytest.mark.parametrize(
    ("content", "reason"), [(b"name,x,y\n", "no columns"), (b"micrograph,x,y\na,1\n", "line 2: '' is no number")]
)
def test_a_broken_table_is_refused_with_its_path(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableCoordinates, match=rf"x\.csv.*{reason}"):
        read("csv", {"x.csv": content}, ["a"])
