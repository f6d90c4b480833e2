import pytest

from picking.science.imaging.file_name import extension, micrograph_name


@pytest.mark.parametrize(
    ("file_name", "name", "ending"),
    [
        ("x.mrc", "x", ".mrc"),
        ("X_01.MRC", "X_01", ".MRC"),
        ("x.mrc.gz", "x", ".mrc.gz"),
        ("x.mrc.BZ2", "x", ".mrc.BZ2"),
        ("x.tif.mrc", "x.tif", ".mrc"),
        ("MotionCorr/job002/x.mrc", "MotionCorr/job002/x", ".mrc"),
        ("x_1.06", "x_1.06", ""),
        ("x.gz", "x.gz", ""),
        ("x.tif.gz", "x.tif.gz", ""),
        (".mrc", ".mrc", ""),
        ("", "", ""),
    ],
)
def test_a_micrograph_is_called_as_its_file_without_a_known_extension(file_name: str, name: str, ending: str) -> None:
    assert (micrograph_name(file_name), extension(file_name)) == (name, ending)
