"""The format of a file, by its content."""

import pytest

from picking.science.formats import FORMATS, UnreadableCoordinates
from picking.science.formats.detect import format_of, format_of_all
from picking.science.formats.files import HEAD, in_memory
from tests.science.formats.exports import export, micrograph, written


@pytest.mark.parametrize("key", FORMATS)
def test_what_a_format_writes_is_recognised_as_it_whatever_it_is_called(key: str) -> None:
    files = written(key, export(micrograph("a"), micrograph("b")))
    assert format_of_all(in_memory({f"{n}.txt": content for n, content in enumerate(files.values())})) == key


@pytest.mark.parametrize("head", [b"", b"\n\n", b"some words\n", b"\x00\x01\x02", b"data_\nloop_\n_rlnVoltage\n300\n"])
def test_a_file_of_another_kind_is_refused_by_name(head: bytes) -> None:
    with pytest.raises(UnreadableCoordinates, match=r"x\.star is in no coordinate format"):
        format_of("x.star", head)


def test_a_line_that_the_first_bytes_cut_off_does_not_matter() -> None:
    line = b"10\t20\t180\t180\n"
    head = (line * (HEAD // len(line) + 1))[: HEAD - 1] + "é".encode()[:1]
    assert format_of("x", head) == "eman_box"


def test_files_of_different_formats_are_refused_together() -> None:
    files = in_memory({"a.box": b"1 2 3 4\n", "b.csv": b"micrograph,x,y\na,1,2\n"})
    with pytest.raises(UnreadableCoordinates, match=r"a\.box is EMAN \(\.box\), b\.csv is CSV"):
        format_of_all(files)


def test_no_files_are_refused() -> None:
    with pytest.raises(UnreadableCoordinates, match="no coordinates to read"):
        format_of_all({})


def test_an_empty_file_is_passed_over_among_others() -> None:
    assert format_of_all(in_memory({"a.box": b"\n", "b.box": b"1 2 3 4\n"})) == "eman_box"
    with pytest.raises(UnreadableCoordinates, match="all of them are empty"):
        format_of_all(in_memory({"a.box": b""}))
