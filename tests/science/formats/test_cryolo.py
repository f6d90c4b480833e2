from pathlib import Path

import pytest
import starfile

from picking.science.formats import Coordinate, UnreadableCoordinates
from tests.science.formats.exports import export, micrograph, places, read, written

PICK = Coordinate(100.25, 50.5, 0.75, 0.5, "network")


def test_the_starfile_package_reads_corners_and_confidence(tmp_path: Path) -> None:
    files = written("cryolo", export(micrograph("g1/a b", [PICK])))
    (tmp_path / "x.star").write_bytes(files["CBOX/g1/a b.cbox"])
    blocks = starfile.read(tmp_path / "x.star", always_dict=True)
    assert list(blocks) == ["global", "cryolo", "cryolo_include"]
    (row,) = blocks["cryolo"].to_dict("records")
    corner = (row["CoordinateX"], row["CoordinateY"], row["Width"], row["Height"], row["Confidence"])
    assert corner == (10.25, -39.5, 180, 180, 0.375)  # 180 Å at 1.5 Å: a box of 180 px


def test_an_odd_box_has_its_centre_between_two_pixels() -> None:
    files = written("cryolo", export(micrograph("a", [PICK]), box_px=91))
    assert b"54.750000\t5.000000\t<NA>\t91.000000" in files["CBOX/a.cbox"]
    assert places(read("cryolo", files, ["a"]).coordinates["a"]) == [(100.25, 50.5)]


def test_boxes_without_confidence_have_no_score() -> None:
    star = b"data_cryolo\nloop_\n_CoordinateX\n_CoordinateY\n_Width\n_Height\n_Confidence\n1 2 10 20 <NA>\n"
    assert read("cryolo", {"a.cbox": star}, ["a"]).coordinates["a"] == [Coordinate(6, 12)]


def test_a_file_without_heights_is_refused() -> None:
    star = b"data_cryolo\nloop_\n_CoordinateX\n_CoordinateY\n_Width\n1 2 10\n"
    with pytest.raises(UnreadableCoordinates, match=r"a\.cbox: the block data_cryolo has no column _Height"):
        read("cryolo", {"a.cbox": star}, ["a"])
