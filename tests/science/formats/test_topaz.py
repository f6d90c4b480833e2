"""Topaz's tables, and those of VIA."""

import pytest
from hypothesis import given

from picking.science.formats import Coordinate, UnreadableCoordinates
from tests.science.formats.exports import PICKS, export, micrograph, places, read, written


def test_a_row_holds_the_name_without_extension_whole_pixels_and_the_score() -> None:
    picks = [Coordinate(100.5, 50.4, 0.75, 0.5, "network")]
    files = written("topaz", export(micrograph("a b", picks), micrograph("g1/001", picks)))
    assert files == {
        "picks_topaz.txt": b"image_name\tx_coord\ty_coord\tscore\na b\t101\t50\t0.375\ng1/001\t101\t50\t0.375\n"
    }


@given(PICKS)
def test_at_most_half_a_pixel_is_lost(picks: list[Coordinate]) -> None:
    back = read("topaz", written("topaz", export(micrograph("a", picks))), ["a"]).coordinates["a"]
    for (x, y), (x0, y0) in zip(places(back), places(picks), strict=True):
        assert abs(x - x0) <= 0.5
        assert abs(y - y0) <= 0.5


@pytest.mark.parametrize(
    "content",
    [
        b"image_name\tx_coord\ty_coord\tscore\na\t10\t20\t-1.5\n",
        b"\xef\xbb\xbfimage_name\tx_coord\ty_coord\tscore\r\n\r\na\t10\t20\t-1.5\r\n",
        b"score\tdiameter\ty_coord\tx_coord\timage_name\n-1.5\t8\t20\t10\ta",
        b"image_name x_coord y_coord score\n\na 10 20 -1.5\n",
        b"a\t10\t20\t-1.5\n",
        b"\na 10 20 -1.5",
    ],
)
def test_tabs_or_spaces_and_any_order_of_columns_are_read(content: bytes) -> None:
    found = read("topaz", {"x.txt": content}, ["a"]).coordinates["a"]
    assert list(found) == [Coordinate(10.0, 20.0, -1.5)]


@pytest.mark.parametrize("content", [b"image_name\tx_coord\ty_coord\na\t10\t20\n", b"a 10 20\n"])
def test_scores_may_be_missing(content: bytes) -> None:
    assert list(read("topaz", {"x.txt": content}, ["a"]).coordinates["a"]) == [Coordinate(10.0, 20.0)]


VIA = (
    b"filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes\n"
    b'a.png,-1,{},2,0,"{""name"":""point"",""cx"":10,""cy"":20}","{""score"":-1.5}"\n'
    b'a.png,-1,{},2,1,"{""name"":""circle"",""cx"":30.5,""cy"":40,""r"":9}",{}\n'
    b'b.png,-1,"{}",0,0,"{}","{}"\n'
)


def test_regions_of_via_are_read_and_micrographs_without_any_are_there() -> None:
    found = read("topaz", {"x.csv": VIA}, ["a", "b"]).coordinates
    assert found == {"a": [Coordinate(10.0, 20.0, -1.5), Coordinate(30.5, 40.0)], "b": []}


def test_a_score_may_be_a_text_as_topaz_writes_it() -> None:
    found = read("topaz", {"x.csv": VIA.replace(b'""score"":-1.5', b'""score"":""-1.5""')}, ["a"]).coordinates
    assert found["a"][0].particle_score == -1.5


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "line 1: the columns of Topaz are"),
        (b"image_name\tx\n", "line 1: the columns of Topaz are"),
        (b"image_name\tx_coord\ty_coord\na\t1\t2\n\na\t1\n", "line 4: expected 3 values"),
        (b"image_name\tx_coord\ty_coord\na\t1\tnan\n", "line 2: 'nan' is not a number"),
        (b"image_name\tx_coord\ty_coord\n\t1\t2\n", "line 2 does not name a micrograph"),
        (b'image_name\tx_coord\ty_coord\n"a\t1\t2\n', "line 2: unexpected end of data"),
        (b"image_name x_coord y_coord\na b 1 2\n", "line 2: expected 3 values.*need tabs"),
        (VIA.replace(b'""cx"":10', b'""x"":10'), "line 2: only points and circles"),
        (VIA.replace(b'""cx"":10', b'""cx"":null'), "line 2: 'None' is not a number"),
        (VIA.replace(b'"{""name""', b'"{name', 1), "line 2: .* is not what VIA writes"),
        (VIA.replace(b"\na.png", b"\n", 1), "line 2 does not name a micrograph"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableCoordinates, match=rf"x\.txt.*{reason}"):
        read("topaz", {"x.txt": content}, ["a"])
