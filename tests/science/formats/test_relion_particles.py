from dataclasses import replace
from pathlib import Path

import pytest
import starfile

from picking.science.formats import Coordinate, UnreadableCoordinates
from picking.science.formats.files import in_memory
from picking.science.formats.relion_particles import parse
from picking.science.formats.whence import Whence
from picking.science.imaging.ctf import CtfValues
from tests.science.formats.exports import export, micrograph, places, read, written

PICKS = [Coordinate(10.5, 20.25, 0.75, 0.5, "network"), Coordinate(100.0, 200.0, 0.25, 0.5, "label")]
CTF = CtfValues(15_000, 14_500, 30, 300, 2.7, 0.1, 90)


def test_the_starfile_package_reads_optics_and_particles(tmp_path: Path) -> None:
    first = replace(micrograph("a b", PICKS), ctf=CTF)
    second = replace(micrograph("c", PICKS[:1]), pixel_size=2.0, ctf=replace(CTF, voltage=200))
    files = written("relion_particles", export(first, second, folder="MotionCorr/job002"))
    (tmp_path / "x.star").write_bytes(files["particles.star"])
    blocks = starfile.read(tmp_path / "x.star")
    assert blocks["optics"].to_dict("list") == {
        "rlnOpticsGroupName": ["opticsGroup1", "opticsGroup2"],
        "rlnOpticsGroup": [1, 2],
        "rlnMicrographPixelSize": [1.5, 2.0],
        "rlnImagePixelSize": [1.5, 2.0],
        "rlnVoltage": [300, 200],
        "rlnSphericalAberration": [2.7, 2.7],
        "rlnAmplitudeContrast": [0.1, 0.1],
    }
    assert blocks["particles"].to_dict("list") == {
        "rlnMicrographName": ["MotionCorr/job002/a b.mrc"] * 2 + ["MotionCorr/job002/c.mrc"],
        "rlnCoordinateX": [10.5, 100.0, 10.5],
        "rlnCoordinateY": [20.25, 200.0, 20.25],
        "rlnAutopickFigureOfMerit": [0.375, 1.0, 0.375],
        "rlnOpticsGroup": [1, 1, 2],
        "rlnDefocusU": [15_000] * 3,
        "rlnDefocusV": [14_500] * 3,
        "rlnDefocusAngle": [30] * 3,
        "rlnPhaseShift": [90] * 3,
    }


def test_with_provenance_the_starfile_package_reads_where_each_comes_from(tmp_path: Path) -> None:
    by = [*PICKS, Coordinate(7.0, 8.0, 0.5, 0.5, "verdict", "ann lee")]
    rows = replace(micrograph("a", by), whence=Whence(0.5, 0.25, 3), ctf=CTF)
    files = written("relion_particles", export(rows))
    assert places(read("relion_particles", files, ["a"]).coordinates["a"]) == places(by)
    (tmp_path / "x.star").write_bytes(files["particles.star"])
    table = starfile.read(tmp_path / "x.star")["particles"]
    assert table["cryowebOrigin"].tolist() == ["pick", "label", "accepted"]
    assert table["cryowebPerson"].tolist() == ["-", "-", "ann lee"]
    assert table["cryowebTraining"].tolist() == [3, 3, 3]
    assert table["cryowebParticleThreshold"].fillna(-1).tolist() == [0.5, -1, -1]
    assert table["cryowebContaminationThreshold"].fillna(-1).tolist() == [0.25, -1, -1]
    assert table["rlnOpticsGroup"].tolist() == [1, 1, 1]
    assert table["rlnPhaseShift"].tolist() == [90] * 3


def test_where_one_micrograph_has_no_ctf_values_no_row_has_them_but_all_have_a_microscope() -> None:
    known = replace(micrograph("a"), ctf=replace(CTF, voltage=200))
    content = written("relion_particles", export(micrograph("b"), known))["particles.star"]
    assert b"Defocus" not in content
    assert b"opticsGroup1\t1\t1.500000\t1.500000\t200.000000\t2.700000\t0.100000\n\n" in content
    assert b"300.000000\t2.7" in written("relion_particles", export(micrograph("b")))["particles.star"]
    assert read("relion_particles", {"x.star": content}, ["a", "b"]).coordinates.keys() == {"a", "b"}


def test_a_scaled_export_has_the_pixel_size_of_the_smaller_images() -> None:
    content = written("relion_particles", export(micrograph("a", PICKS[:1]), scale=4.0))["particles.star"]
    assert b"opticsGroup1\t1\t6.000000\t6.000000" in content
    (found,) = parse(in_memory({"x.star": content}))
    assert (found.pixel_size, places(found.coordinates)) == (6.0, [(2.625, 5.0625)])


def test_a_file_of_relion_3_0_has_no_optics() -> None:
    star = (
        "data_images\n\nloop_\n_rlnVoltage #1\n_rlnMicrographName #2\n_rlnCoordinateX #3\n_rlnCoordinateY #4\n"
        "300.0 Micrographs/a.mrc 1.5 2.5\n300.0 Micrographs/b.mrc 3 4\n300.0 Micrographs/a.mrc 5 6\n"
    )
    found = read("relion_particles", {"x.star": star.encode()}, ["a", "b"]).coordinates
    assert {name: places(each) for name, each in found.items()} == {"a": [(1.5, 2.5), (5, 6)], "b": [(3, 4)]}


@pytest.mark.parametrize(
    ("row", "reason"),
    [("a.mrc 1.5 x", r"line 6: 'x' is not a number"), ("a.mrc 1.5", "line 6: expected 3 values, found 2")],
)
def test_a_broken_row_is_refused_with_its_line(row: str, reason: str) -> None:
    star = f"data_particles\nloop_\n_rlnMicrographName\n_rlnCoordinateX\n_rlnCoordinateY\n{row}\n"
    with pytest.raises(UnreadableCoordinates, match=rf"x\.star, {reason}"):
        read("relion_particles", {"x.star": star.encode()}, ["a"])
