from dataclasses import replace
from pathlib import Path

import pytest
import starfile

from picking.science.formats import Coordinate, UnreadableCoordinates
from tests.science.formats.exports import export, micrograph, places, read, written

PICKS = [Coordinate(10.5, 20.25, 0.75, 0.5, "network"), Coordinate(100.0, 200.0, 0.25, 0.5, "label")]


def test_the_starfile_package_reads_the_index_and_the_coordinates(tmp_path: Path) -> None:
    for path, content in written("relion", export(micrograph("a b", PICKS), micrograph("c", PICKS[:1]))).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    index = starfile.read(tmp_path / "CryoWeb" / "autopick.star", always_dict=True)["coordinate_files"]
    assert index["rlnMicrographName"].tolist() == ["a b.mrc", "c.mrc"]
    first = starfile.read(tmp_path / index["rlnMicrographCoordinates"][0], always_dict=True)[""]
    assert first["rlnCoordinateX"].tolist() == [10.5, 100.0]
    assert first["rlnCoordinateY"].tolist() == [20.25, 200.0]
    assert first["rlnAutopickFigureOfMerit"].tolist() == [0.375, 1.0]


def test_the_folder_stands_in_the_index_and_what_is_below_the_job_in_the_paths() -> None:
    files = written("relion", export(micrograph("a"), folder="MotionCorr/job002/Movies/square1/"))
    assert list(files) == ["CryoWeb/Movies/square1/a_autopick.star", "CryoWeb/autopick.star"]
    assert (
        b"MotionCorr/job002/Movies/square1/a.mrc\tCryoWeb/Movies/square1/a_autopick.star"
        in files["CryoWeb/autopick.star"]
    )


def test_no_folder_leads_out_of_the_zip() -> None:
    files = written("relion", export(micrograph("a"), folder="/../../etc"))
    assert "CryoWeb/etc/a_autopick.star" in files


def test_micrographs_without_picks_have_no_file() -> None:
    assert list(written("relion", export(micrograph("a", []), micrograph("b")))) == [
        "CryoWeb/b_autopick.star",
        "CryoWeb/autopick.star",
    ]


@pytest.mark.parametrize("suffix", ["_manualpick", "_topazpick", ""])
def test_coordinates_are_found_by_the_name_of_their_file(suffix: str) -> None:
    star = b"data_\nloop_\n_rlnCoordinateX #1\n_rlnCoordinateY #2\n1.5 2.5\n"
    found = read("relion", {f"ManualPick/job001/Movies/a{suffix}.star": star}, ["a"])
    assert places(found.coordinates["a"]) == [(1.5, 2.5)]


def test_the_index_wins_over_the_name_of_the_file() -> None:
    star = b"data_\nloop_\n_rlnCoordinateX #1\n_rlnCoordinateY #2\n1.5 2.5\n"
    index = b"data_coordinate_files\nloop_\n_rlnMicrographName #1\n_rlnMicrographCoordinates #2\nM/a.mrc P/one.star\n"
    assert list(read("relion", {"one.star": star, "autopick.star": index}, ["a"]).coordinates) == ["a"]


def test_the_index_tells_files_of_one_name_apart_by_their_folders() -> None:
    star = "data_\nloop_\n_rlnCoordinateX #1\n_rlnCoordinateY #2\n{} 2.5\n"
    index = b"data_\nloop_\n_rlnMicrographName\n_rlnMicrographCoordinates\nM/a.mrc P/g1/x.star\nM/b.mrc P/g2/x.star\n"
    files = {f"zip/P/g{i}/x.star": star.format(i).encode() for i in (1, 2)} | {"zip/P/autopick.star": index}
    found = read("relion", files, ["a", "b"]).coordinates
    assert {name: places(each) for name, each in found.items()} == {"a": [(1, 2.5)], "b": [(2, 2.5)]}
    with pytest.raises(UnreadableCoordinates, match=r"matches P/g1/x\.star, P/g2/x\.star"):
        read("relion", {"x.star": files["zip/P/g1/x.star"], "autopick.star": index}, ["a", "b"])


def test_folders_of_micrographs_are_folders_of_coordinates() -> None:
    files = written("relion", export(micrograph("g1/001"), folder="MotionCorr/job002/Movies"))
    assert next(iter(files)) == "CryoWeb/Movies/g1/001_autopick.star"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"data_\nloop_\n_rlnCoordinateX #1\n1.5\n", "_rlnCoordinateY"),
        (b"data_\nloop_\n_rlnCoordinateX #1\n_rlnCoordinateY #2\n1.5 nan\n", "'nan' is not a number"),
        (b"\xff\xfe\x00", "not a text file"),
    ],
)
def test_a_broken_file_is_refused_with_its_path(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableCoordinates, match=rf"a_autopick\.star.*{reason}"):
        read("relion", {"a_autopick.star": content}, ["a"])


def test_a_micrograph_of_a_list_has_the_name_that_it_has_there_unless_a_folder_is_given() -> None:
    listed = replace(micrograph("a"), listed_as="MotionCorr/job002/Movies/a.mrc")
    assert b"MotionCorr/job002/Movies/a.mrc\t" in written("relion", export(listed))["CryoWeb/autopick.star"]
    assert b"\nraw/a.mrc\t" in written("relion", export(listed, folder="raw"))["CryoWeb/autopick.star"]
    particles = written("relion_particles", export(listed))
    assert all(b"MotionCorr/job002/Movies/a.mrc" in content for content in particles.values())
