"""Lists of micrographs by RELION."""

from pathlib import Path

import pytest

from picking.science.imaging.ctf import CtfValues
from picking.science.lists import ListedMicrograph, UnreadableList, read_list

RELION_3_0 = """
data_

loop_
_rlnMicrographName #1
_rlnCtfImage #2
_rlnDefocusU #3
_rlnDefocusV #4
_rlnDefocusAngle #5
_rlnVoltage #6
_rlnSphericalAberration #7
_rlnAmplitudeContrast #8
_rlnMagnification #9
_rlnDetectorPixelSize #10
_rlnCtfMaxResolution #11
MotionCorr/job002/Movies/a.mrc CtfFind/job003/a.ctf:mrc 10864.146 10575.793 77.99 200.0 1.4 0.1 10000.0 0.885 4.8
"""
RELION_3_1 = """
# version 30001

data_optics

loop_
_rlnOpticsGroupName #1
_rlnOpticsGroup #2
_rlnMicrographOriginalPixelSize #3
_rlnVoltage #4
_rlnSphericalAberration #5
_rlnAmplitudeContrast #6
_rlnMicrographPixelSize #7
tiltedA 1 0.4425 200.0 1.4 0.1 0.885
tiltedB 2 0.5 300.0 2.7 0.07 1.0


# version 30001

data_micrographs

loop_
_rlnMicrographName #1
_rlnMicrographNameNoDW #2
_rlnOpticsGroup #3
_rlnDefocusU #4
_rlnDefocusV #5
_rlnDefocusAngle #6
MotionCorr/job002/Movies/a.mrc MotionCorr/job002/Movies/a_noDW.mrc 2 10864.1 10575.7 77.9
MotionCorr/job002/Movies/b.mrc MotionCorr/job002/Movies/b_noDW.mrc 1 nan 9000.0 12.0
"""


def listed(tmp_path: Path, content: str) -> list[ListedMicrograph]:
    (tmp_path / "micrographs.star").write_text(content)
    return list(read_list(tmp_path / "micrographs.star").micrographs)


def refusal(tmp_path: Path, content: str | bytes) -> str:
    path = tmp_path / "list.star"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UnreadableList) as refused:
        read_list(path)
    return str(refused.value)


def test_one_table_of_3_0_has_the_pixel_size_of_detector_and_magnification(tmp_path: Path) -> None:
    (only,) = listed(tmp_path, RELION_3_0)
    ctf = CtfValues(10864.146, 10575.793, 77.99, 200, 1.4, 0.1, 0, 4.8)
    assert only == ListedMicrograph("MotionCorr/job002/Movies/a.mrc", pixel_size=0.885, ctf=ctf)


def test_each_micrograph_has_the_pixel_size_and_name_of_its_optics_group_and_not_that_of_the_movies(
    tmp_path: Path,
) -> None:
    first, second = listed(tmp_path, RELION_3_1)
    assert (first.optics_group, first.pixel_size) == ("tiltedB", 1.0)
    assert (second.optics_group, second.pixel_size) == ("tiltedA", 0.885)
    assert first.ctf and (first.ctf.voltage, first.ctf.amplitude_contrast) == (300, 0.07)


def test_the_name_without_dose_weighting_is_kept(tmp_path: Path) -> None:
    assert listed(tmp_path, RELION_3_1)[0].undosed == "MotionCorr/job002/Movies/a_noDW.mrc"


def test_a_micrograph_whose_ctf_cannot_be_used_stays_in_the_list_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "ctf.star").write_text(RELION_3_1)
    found = read_list(tmp_path / "ctf.star")
    assert found.micrographs[1].ctf is None
    assert found.no_ctf == {"MotionCorr/job002/Movies/b.mrc": "defocus_u: 'nan' is not a number."}


def test_a_list_without_ctf_is_read(tmp_path: Path) -> None:
    assert listed(tmp_path, "data_\nloop_\n_rlnMicrographName\na.mrc\n'b c.mrc'\n") == [
        ListedMicrograph("a.mrc"),
        ListedMicrograph("b c.mrc"),
    ]


@pytest.mark.parametrize("size", ["0", "-1", "72", "nan", "x"])
def test_a_senseless_pixel_size_is_unknown(tmp_path: Path, size: str) -> None:
    (only,) = listed(tmp_path, f"data_\nloop_\n_rlnMicrographName\n_rlnMicrographPixelSize\na.mrc {size}\n")
    assert only.pixel_size is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("data_particles\nloop_\n_rlnMicrographName\n_rlnCoordinateX\na.mrc 5\n", "lists particles"),
        ("data_movies\nloop_\n_rlnMicrographMovieName\na.tif\n", "lists movies"),
        ("data_global\nloop_\n_rlnTomoName\nt1\n", "lists tomograms"),
        ("data_x\nloop_\n_rlnDefocusU\n100\n", "no table with _rlnMicrographName"),
        ("hello", "line 1"),
        (b"\xff\xfe\0binary", "neither a STAR file"),
        ("data_\nloop_\n_rlnMicrographName\n_rlnMicrographNameNoDW\na.mrc b.mrc\nc.mrc\n", "line 6"),
        (RELION_3_1.replace("a_noDW.mrc 2", "a_noDW.mrc 3"), "no optics group 3"),
    ],
)
def test_a_file_of_something_else_is_refused_with_what_to_give(tmp_path: Path, content: str | bytes, said: str) -> None:
    assert said in refusal(tmp_path, content)
