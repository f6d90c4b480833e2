"""What every format must do."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from picking.science.formats import (
    FORMATS,
    Coordinate,
    Export,
    ExportMicrograph,
    NoMicrographMatches,
    UnreadableCoordinates,
)
from tests.science.formats.exports import (
    HEIGHT,
    LOST,
    ODD_NAMES,
    PICKS,
    WIDTH,
    export,
    micrograph,
    places,
    read,
    written,
)

ONE_FILE = {"csv", "relion_particles", "cryosparc", "topaz"}
"""Formats whose picks are all in one file, of which the first piece holds a megabyte."""


@pytest.mark.parametrize("key", FORMATS)
@settings(max_examples=30)
@given(picks=PICKS)
def test_coordinates_come_back(key: str, picks: list[Coordinate]) -> None:
    back = read(key, written(key, export(micrograph("a", picks))), ["a"]).coordinates["a"]
    np.testing.assert_allclose(places(back), places(picks), rtol=0, atol=LOST.get(key, 1e-3))


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_come_back(key: str, name: str) -> None:
    files = written(key, export(micrograph("other"), micrograph(name)))
    found = read(key, files, ["other", name])
    assert found.coordinates.keys() == {"other", name}
    assert found.unmatched == []


ALIKE = ["001", "001__1", "001__2", "g1-001", "g1/001", "g2/001", "a/g1/001", *("L" * 241 + each for each in "abc")]


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize("order", [1, -1])
def test_names_that_are_alike_have_files_of_their_own_and_come_back(key: str, order: int) -> None:
    picks = {name: [Coordinate(float(at), 1.0)] for at, name in enumerate(ALIKE[::order])}
    pairs = list(FORMATS[key].write(export(*(micrograph(name, each) for name, each in picks.items()))))
    assert len(dict(pairs)) == len(pairs)
    back = read(key, dict(pairs), ["002", *picks]).coordinates
    assert back.keys() == picks.keys()
    for name, each in back.items():
        np.testing.assert_allclose(places(each), places(picks[name]), rtol=0, atol=1e-3)


@pytest.mark.parametrize("key", FORMATS)
@given(name=st.text(st.characters(exclude_characters="/\\\0", exclude_categories=["C", "Z"]), min_size=1, max_size=250))
def test_no_part_of_a_path_is_longer_than_file_systems_take(key: str, name: str) -> None:
    name = name.encode()[:251].decode(errors="ignore")
    files = written(key, export(micrograph(name)))
    assert max(len(part.encode()) for path in files for part in path.split("/")) <= 255
    assert list(read(key, files, ["other", name]).coordinates) == [name]


@pytest.mark.parametrize("key", FORMATS)
def test_no_name_leads_out_of_the_zip(key: str) -> None:
    for path in written(key, export(micrograph("../../etc/passwd"), micrograph(".."))):
        assert ".." not in path.split("/")


@pytest.mark.parametrize(
    ("key", "path", "content"),
    [
        ("relion", "x/{}_autopick.star", b"data_\nloop_\n_rlnCoordinateX\n_rlnCoordinateY\n1 2\n"),
        ("eman_box", "boxfiles/{}.box", b"1 2 3 4\n"),
        ("eman2_json", "info/{}_info.json", b'{"boxes": [[1, 2, "manual"]]}'),
        ("topaz", "{}.txt", b"image_name\tx_coord\ty_coord\n001\t1\t2\n"),
        ("coords", "COORDS/{}.coords", b"1 2 0\n"),
        ("csv", "{}.csv", b"micrograph,x,y\n001,1,2\n"),
        (
            "relion_particles",
            "{}.star",
            b"data_\nloop_\n_rlnMicrographName\n_rlnCoordinateX\n_rlnCoordinateY\n001 1 2\n",
        ),
        ("cryolo", "{}.cbox", b"data_cryolo\nloop_\n_CoordinateX\n_CoordinateY\n_Width\n_Height\n1 2 3 4\n"),
    ],
)
def test_a_file_that_may_belong_to_two_micrographs_is_given_to_neither(key: str, path: str, content: bytes) -> None:
    with pytest.raises(UnreadableCoordinates, match="g1/001"):
        read(key, {path.format("001"): content}, ["g1/001", "g2/001"])


def test_what_may_belong_to_two_micrographs_is_said_beside_what_was_found() -> None:
    found = read("csv", {"x.csv": b"micrograph,x,y\n001,1,2\nb,3,4\n"}, ["g1/001", "g2/001", "b"])
    assert (list(found.coordinates), found.unmatched) == (["b"], [])
    assert found.ambiguous == {"001": "“001” matches g1/001, g2/001. Add its folder to the name."}


@pytest.mark.parametrize("key", FORMATS)
def test_rows_can_be_counted_from_the_other_end(key: str) -> None:
    picks = [Coordinate(100.0, 200.0)]
    upside_down = written(key, export(micrograph("a", picks), flip_y=True))
    as_written = read(key, upside_down, ["a"]).coordinates["a"]
    np.testing.assert_allclose(places(as_written), [(100.0, HEIGHT - 1 - 200.0)], rtol=0, atol=1e-3)
    again = read(key, upside_down, ["a"], flip_y=True).coordinates["a"]
    np.testing.assert_allclose(places(again), places(picks), rtol=0, atol=1e-3)


@pytest.mark.parametrize("key", FORMATS)
def test_centres_outside_the_image_are_left_out(key: str) -> None:
    inside = [Coordinate(0.0, 0.0), Coordinate(WIDTH - 1.0, HEIGHT - 1.0)]
    outside = [Coordinate(-0.6, 5.0), Coordinate(5.0, HEIGHT - 0.4)]
    files = written(key, export(micrograph("a", inside + outside)))
    back = read(key, files, ["a"]).coordinates["a"]
    np.testing.assert_allclose(places(back), places(inside), rtol=0, atol=1e-3)


@pytest.mark.parametrize("key", FORMATS)
def test_when_no_name_fits_both_sides_are_told(key: str) -> None:
    files = written(key, export(*(micrograph(f"theirs{i}") for i in range(5))))
    with pytest.raises(NoMicrographMatches) as refused:
        read(key, files, ["ours1", "ours2"])
    assert "theirs0" in str(refused.value)
    assert "and 2 more" in str(refused.value)
    assert "ours1, ours2" in str(refused.value)


@pytest.mark.parametrize("key", FORMATS)
def test_names_without_a_micrograph_are_told_beside_the_others(key: str) -> None:
    files = written(key, export(micrograph("ours"), micrograph("theirs")))
    found = read(key, files, ["ours"])
    assert list(found.coordinates) == ["ours"]
    assert len(found.unmatched) == 1
    assert "theirs" in found.unmatched[0]


@pytest.mark.parametrize("key", FORMATS)
def test_micrographs_are_taken_one_at_a_time(key: str) -> None:
    taken = []

    def micrographs() -> Iterator[ExportMicrograph]:
        for name in "ab":
            taken.append(name)
            yield micrograph(name)

    next(FORMATS[key].write(Export(180, micrographs())))
    assert taken == (["a", "b"] if key in ONE_FILE else ["a"])
