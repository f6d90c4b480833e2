import pytest
from hypothesis import given

from picking.science.formats import Coordinate, UnreadableCoordinates
from tests.science.formats.exports import PICKS, export, micrograph, places, read, written


@given(PICKS)
def test_at_most_half_a_pixel_is_lost(picks: list[Coordinate]) -> None:
    back = read("eman_box", written("eman_box", export(micrograph("a", picks))), ["a"]).coordinates["a"]
    for (x, y), (x0, y0) in zip(places(back), places(picks), strict=True):
        assert abs(x - x0) <= 0.5
        assert abs(y - y0) <= 0.5


def test_a_line_holds_the_corner_and_an_even_box_of_one_and_a_half_diameters() -> None:
    files = written("eman_box", export(micrograph("a", [Coordinate(100.0, 50.4)])))  # 180 Å at 1.5 Å: 120 px
    assert files == {"boxfiles/a.box": b"10\t-40\t180\t180\n"}


def test_fractions_spaces_and_a_fifth_column_are_read() -> None:
    found = read("eman_box", {"a.box": b" 10.25  -4.5 180 180 0.875\n\n"}, ["a"])
    assert places(found.coordinates["a"]) == [(100.25, 85.5)]


@pytest.mark.parametrize("line", [b"1 2 3", b"1 2 x 4"])
def test_a_broken_line_is_refused_with_its_number(line: bytes) -> None:
    with pytest.raises(UnreadableCoordinates, match=r"a\.box, line 2"):
        read("eman_box", {"a.box": b"1 2 3 4\n" + line}, ["a"])
