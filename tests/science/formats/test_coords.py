import pytest

from picking.science.formats import Coordinate, UnreadableCoordinates
from tests.science.formats.exports import export, micrograph, places, read, written


def test_a_line_holds_the_centre_and_a_z_of_0() -> None:
    files = written("coords", export(micrograph("g1/001", [Coordinate(100.5, 50.25)])))
    assert files == {"COORDS/g1/001.coords": b"100.500000 50.250000 0.000000\n"}


@pytest.mark.parametrize("content", [b"# x y\n1.5 2\n", b"1.5 2\r\n", b"\xef\xbb\xbf\n1.5\t2\t7", b"1.5e0 2 0"])
def test_two_or_three_numbers_are_read_whatever_is_between_them(content: bytes) -> None:
    assert places(read("coords", {"a.coords": content}, ["a"]).coordinates["a"]) == [(1.5, 2.0)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"1 2 0\n1 2 3\n", "of a tomogram"),
        (b"1 2 0\n1\n", "line 2: expected x, y and perhaps z, found '1'"),
        (b"1 2 0\n1 2\n", "line 2: expected x, y and z"),
        (b"1 2\n1 2 3 4\n", "line 2: expected"),
        (b"1 2\n1 x\n", "line 2: 'x' is not a number"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableCoordinates, match=rf"a\.coords.*{reason}"):
        read("coords", {"a.coords": content}, ["a"])
