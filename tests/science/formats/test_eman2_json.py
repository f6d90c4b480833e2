import json

import pytest

from picking.science.formats import Coordinate, UnreadableCoordinates
from tests.science.formats.exports import export, micrograph, places, read, written


def test_boxes_are_centres_with_their_origin_and_score() -> None:
    picks = [Coordinate(10.5, 20.25, 0.75, 0.5, "network"), Coordinate(1.0, 2.0, 0.25, 0.5, "verdict")]
    files = written("eman2_json", export(micrograph("a", picks)))
    boxes = [[10.5, 20.25, "auto_convnet", 0.375], [1.0, 2.0, "manual", 1.0]]
    assert json.loads(files["info/a_info.json"]) == {"boxes": boxes, "cryoweb_micrograph": "a"}


@pytest.mark.parametrize(
    ("name", "info"),
    [
        ("a__ctf_flip", "a"),
        ("a_ptcls", "a"),
        ("a_info_2", "a_2"),
        ("a.b", "a.b"),
        ("foo.tif", "foo.tif"),
        ("g1/a__1", "g1-a__1"),
        ("b/g1/a", "g1-a"),
        ("raw/a__1", "a"),
    ],
)
def test_files_are_named_as_eman2_would(name: str, info: str) -> None:
    files = written("eman2_json", export(micrograph(name)))
    assert list(files) == [f"info/{info}_info.json"]
    assert list(read("eman2_json", files, [name]).coordinates) == [name]


def test_micrographs_that_eman2_takes_for_one_keep_their_own_files() -> None:
    files = written("eman2_json", export(micrograph("a__1"), micrograph("a__2", [Coordinate(1.0, 2.0)])))
    assert list(files) == ["info/a_info.json", "info/a__2_info.json"]
    assert places(read("eman2_json", files, ["a__1", "a__2"]).coordinates["a__2"]) == [(1.0, 2.0)]


def test_a_file_of_eman2_for_several_micrographs_belongs_to_none_of_them() -> None:
    with pytest.raises(UnreadableCoordinates, match="matches a__1, a__2"):
        read("eman2_json", {"info/a_info.json": b'{"boxes": [[1, 2, "manual"]]}'}, ["a__1", "a__2"])


@pytest.mark.parametrize(
    ("path", "name"), [("foo.tif", "foo.tif"), ("g1-001", "g1/001"), ("a", "a__ctf"), ("foo.mrc", "foo")]
)
def test_a_file_of_eman2_is_found_by_its_name(path: str, name: str) -> None:
    content = b'{"boxes": [[1, 2, "manual"]]}'
    assert list(read("eman2_json", {f"info/{path}_info.json": content}, ["other", name]).coordinates) == [name]


def test_boxes_without_a_score_and_other_keys_are_read() -> None:
    content = b'{"ctf": [1], "boxes": [[1, 2, "manual"], [3.5, 4, "auto_local", 0.5]]}'
    found = read("eman2_json", {"info/a_info.json": content}, ["a"]).coordinates["a"]
    assert places(found) == [(1, 2), (3.5, 4)]
    assert [each.particle_score for each in found] == [None, 0.5]


def test_an_info_file_without_boxes_has_no_picks() -> None:
    assert read("eman2_json", {"info/a_info.json": b'{"ctf": [1]}'}, ["a"]).coordinates == {"a": []}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[1]",
        b'{"boxes": 3}',
        b'{"boxes": [[1]]}',
        b'{"boxes": [["x", 2]]}',
        b'{"boxes": [[1, 5, 2, "manual"]]}',
        b"\xff",
    ],
)
def test_a_broken_file_is_refused_with_its_path(content: bytes) -> None:
    with pytest.raises(UnreadableCoordinates, match=r"a_info\.json"):
        read("eman2_json", {"info/a_info.json": content}, ["a"])
