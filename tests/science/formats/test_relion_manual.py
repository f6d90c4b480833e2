from picking.science.formats import Coordinate
from tests.science.formats.exports import export, micrograph, read, written


def test_rows_are_as_relion_saves_manual_picks() -> None:
    files = written("relion_manual", export(micrograph("a", [Coordinate(10.5, 20.25, 0.75, 0.5, "network")])))
    assert list(files) == ["CryoWeb/a_manualpick.star", "CryoWeb/manualpick.star"]
    row = files["CryoWeb/a_manualpick.star"].split(b"#5\n")[1].strip()
    assert row == b"10.500000\t20.250000\t1\t-999.000000\t0.000000"


def test_the_figure_of_merit_of_a_manual_pick_is_no_score() -> None:
    files = written("relion_manual", export(micrograph("a", [Coordinate(10.5, 20.25, 0.75)])))
    assert read("relion_manual", files, ["a"]).coordinates["a"] == [Coordinate(10.5, 20.25)]
