"""The format of a file, by its content."""

import pytest

from picking.science.formats import FORMATS, UnreadableCoordinates
from picking.science.formats.detect import doubt, format_of, format_of_all, may_be, without_beside
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


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"001\t100\t200\t1.5\n002\t7\t9\t-2.25\n", "topaz"),
        (b"1 100 200\n1 5 6\n", "topaz"),
        (b"100 200 180 180\n5 6 180 180\n", "eman_box"),
        (b"100 200 180 190\n5 6 170 180\n", "eman_box"),
        (b"-9.5 200 180.5 180.5\n5 6 180 180\n", "eman_box"),
        (b"100 200 0.0\n5 6 0.0\n", "coords"),
        (b"100.5 200 3\n5 6 4\n", "coords"),
        (b"100 200\n5 6\n", "coords"),
    ],
)
def test_a_table_of_bare_numbers_is_told_by_what_its_last_column_can_be(content: bytes, key: str) -> None:
    files = in_memory({"x.txt": content})
    assert format_of_all(files) == key
    assert bool(doubt(key, files)) == (key == "topaz")


def test_a_table_that_names_its_columns_or_micrographs_leaves_no_doubt() -> None:
    files = in_memory({"a.txt": b"image_name\tx_coord\ty_coord\n1\t2\t3\n", "b.txt": b"mic_1\t2\t3\n"})
    assert (format_of_all(files), doubt("topaz", files)) == ("topaz", "")


@pytest.mark.parametrize("key", ["eman_box", "coords", "topaz"])
def test_bare_numbers_may_be_read_in_another_format_that_somebody_chose(key: str) -> None:
    assert may_be(key, b"1 100 200 0.5\n")
    assert not may_be(key, b"micrograph,x,y\n")


def test_what_programs_put_beside_coordinates_is_left_out_and_named() -> None:
    job = b"data_job\n\n_rlnJobTypeLabel relion.autopick.log\n"
    files = in_memory({"a.box": b"1 2 3 4\n", "job.star": job, "cryoweb_manifest.json": b'{"program": "CryoWeb"}'})
    kept, beside = without_beside(files)
    assert (list(kept), beside) == (["a.box"], ["job.star", "cryoweb_manifest.json"])
    alone = in_memory({"job.star": job})
    assert without_beside(alone) == (alone, [])


@pytest.mark.parametrize("key", FORMATS)
def test_no_file_of_a_format_is_taken_for_one_that_lies_beside(key: str) -> None:
    files = in_memory(written(key, export(micrograph("a"), micrograph("b"))))
    assert without_beside(files) == (files, [])
