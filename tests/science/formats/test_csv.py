import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picking.science.formats import Coordinate, UnreadableCoordinates
from picking.science.formats.csv import parse
from picking.science.formats.files import in_memory
from picking.science.formats.whence import Whence
from tests.science.formats.exports import PICKS, export, micrograph, places, read, written

PICK = Coordinate(10.5, 20.25, 0.75, 0.5, "network")


@settings(max_examples=30)
@given(PICKS)
def test_all_that_is_known_of_a_pick_comes_back(picks: list[Coordinate]) -> None:
    files = written("csv", export(micrograph("a", picks)))
    assert read("csv", files, ["a"]).coordinates["a"] == picks


WHENCE = Whence(0.5, 0.25, 3, {(30.0, 40.0)})
EACH = [
    Coordinate(10.5, 20.25, 0.75, 0.125, "network"),
    Coordinate(30.0, 40.0, 0.5, 0.5, "verdict", "ann"),
    Coordinate(50.0, 60.0, None, None, "label", "ben"),
    Coordinate(70.0, 80.0, 0.9, None, "other program"),
]


@pytest.mark.parametrize("placed", [{}, {"flip_y": True, "scale": 3.0}])
def test_with_provenance_each_row_says_its_origin_its_training_and_the_thresholds(placed: dict[str, Any]) -> None:
    rows = written("csv", export(replace(micrograph("a", EACH), whence=WHENCE), **placed))["picks.csv"].decode()
    table = list(csv.DictReader(io.StringIO(rows, newline="")))
    columns = ("origin", "training", "particle_threshold", "contamination_threshold")
    assert [[row[name] for name in columns] for row in table] == [
        ["pick", "3", "0.5", "0.25"],
        ["moved", "3", "", ""],
        ["label", "", "", ""],
        ["import", "", "", ""],
    ]


def test_with_provenance_the_same_is_read_back_and_without_nothing_is_added() -> None:
    with_it = written("csv", export(replace(micrograph("a", EACH), whence=WHENCE)))
    assert read("csv", with_it, ["a"]).coordinates["a"] == EACH
    without = written("csv", export(micrograph("a", EACH)))["picks.csv"]
    assert without.split(b"\r\n")[0].endswith(b",source,author,created")


FORMULAS = st.from_regex(r"[=+\-@\t\r\n＝＋－＠'a]{0,4}[^\0\ud800-\udfff/\\]{0,5}", fullmatch=True)


@given(FORMULAS.filter(bool), FORMULAS)
def test_no_text_is_a_formula_and_each_comes_back(name: str, author: str) -> None:
    pick = replace(PICK, author=author)
    content = written("csv", export(micrograph(name, [pick])))["picks.csv"]
    cells = [cell for row in csv.reader(io.StringIO(content.decode(), newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n＝＋－＠")]
    (found,) = parse(in_memory({"picks.csv": content}))
    assert (found.name, list(found.coordinates)) == (f"{name}.mrc", [pick])


def test_a_number_below_0_stays_a_number() -> None:
    content = written("csv", export(micrograph("-a", [Coordinate(-0.25, 1.0)])))["picks.csv"]
    assert b"\n'-a.mrc,-0.25,1.0," in content


def test_micrographs_of_one_file_name_are_told_by_their_folder() -> None:
    files = written("csv", export(micrograph("g1/001"), micrograph("g2/001", [PICK])))
    assert b"\ng2/001.mrc," in files["picks.csv"]
    assert read("csv", files, ["g1/001", "g2/001"]).coordinates["g2/001"] == [PICK]


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
    "content",
    [
        b"micrograph,x,y\na,1,2\nb,3,4\n",
        b"micrograph,x,y\r\na,1,2\r\nb,3,4\r\n",
        b"micrograph,x,y\ra,1,2\rb,3,4\r",
        b"micrograph,x,y\na,1,2\r\nb,3,4",
        b'micrograph,x,y\na,1,2\n\n"b",3,4\n',
        b"micrograph,x,y,x\na,1,2,9\nb,3,4,9\n",
    ],
)
def test_rows_are_read_whatever_their_ends_and_quotes(content: bytes) -> None:
    found = read("csv", {"x.csv": content}, ["a", "b"]).coordinates
    assert {name: places(each) for name, each in found.items()} == {"a": [(1.0, 2.0)], "b": [(3.0, 4.0)]}


def test_a_fault_after_many_plain_rows_is_found_at_its_line() -> None:
    rows = b"a,1,2\n" * 60_000
    for row, line in ((b'"a",1,\n', 60_002), (b'a,1,"2\n', 60_002), (b"a,1\n", 60_002)):
        with pytest.raises(UnreadableCoordinates, match=rf"x\.csv, line {line}:"):
            read("csv", {"x.csv": b"micrograph,x,y\n" + rows + row}, ["a"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name,x,y\n", "no columns"),
        (b"x,y,micrograph\n1,2,\n", "line 2 does not name a micrograph"),
        (b"micrograph,x,y\na,1,\n", "line 2: '' is not a number"),
        (b"micrograph,x,y\na,1\n", "line 2: expected 3 values, found 2"),
        (b"micrograph,x,y\na,1,5,2\n", "line 2: expected 3 values, found 4"),
        (b'micrograph,x,y\n"a,1,2\n', "line 2: unexpected end of data"),
    ],
)
def test_a_broken_table_is_refused_with_its_path(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableCoordinates, match=rf"x\.csv.*{reason}"):
        read("csv", {"x.csv": content}, ["a"])
