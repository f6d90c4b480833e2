"""What a person sees of coordinates before anything is kept."""

import numpy as np
import pytest

from picking.science.formats import Coordinates, Found, NameRule, Placing, UnreadableCoordinates
from picking.science.imaging.micrograph import Header
from picking.science.incoming.incoming import receive

OURS = {"a": Header(1000, 800, 2.0), "b": Header(1000, 800, 2.0)}


def found(name: str, *xy: tuple[float, float], size: tuple[int, int] | None = None) -> Found:
    return Found(name, Coordinates.at(np.array(xy, np.float64).reshape(-1, 2)), size)


def test_rule_and_scale_are_taken_from_the_files_themselves() -> None:
    come = receive([found("7_a_DW.mrc", (100, 50), size=(500, 400))], OURS, 200)
    assert come.rule == NameRule(("#_",), ("_DW",))
    (only,) = come.micrographs
    assert (only.name, only.inside.xy.tolist()) == ("a", [[200.0, 100.0]])
    assert come.warnings == []


def test_flipped_coordinates_are_scaled_first() -> None:
    come = receive([found("a", (100, 50))], OURS, 200, placing=Placing(2.0, flip_y=True))
    assert come.micrographs[0].inside.xy.tolist() == [[200.0, 699.0]]


def test_coordinates_outside_are_counted_by_micrograph_and_stay_where_they_are() -> None:
    come = receive(
        [found("a", (-0.5, 799.5), (-0.6, 5), (5, 799.6)), found("b", (1, 1), (1001, 1))], OURS, 200, placing=Placing()
    )
    assert (come.picks, come.outside) == (2, 3)
    assert come.micrographs[0].outside.xy.tolist() == [[-0.6, 5.0], [5.0, 799.6]]
    expected = "3 of 5 coordinates lie outside their micrographs: a (2), b (1). Scale or flip are probably wrong."
    assert expected in come.warnings


def test_doubled_picks_are_counted_by_the_diameter() -> None:
    come = receive([found("a", (100, 100), (109, 100), (200, 200))], OURS, 200, placing=Placing(1.0))
    assert (come.doubled, come.micrographs[0].near) == (1, 10.0)
    assert "1 of 3 lie nearer than a tenth of a diameter to another one." in come.warnings


def test_parts_of_one_micrograph_are_put_together_and_two_names_of_one_are_told() -> None:
    come = receive(
        [found("a", (1, 1)), found("a", (9, 9)), found("a_DW", (50, 50))], OURS, 20, rule=NameRule((), ("_DW",))
    )
    assert len(come.micrographs[0].inside) == 3
    assert "2 names mean a: a, a_DW. Their coordinates are put together." in come.warnings


def test_names_that_match_nothing_are_told_and_nothing_is_raised() -> None:
    come = receive([found("x", (1, 1)), found("y", (1, 1))], OURS, 200)
    assert come.micrographs == []
    assert come.warnings == [
        "2 of 2 names match no micrograph: x, y.",
        "There are no coordinates for these micrographs.",
    ]


def test_a_scale_that_the_coordinates_contradict_is_told() -> None:
    spread = np.random.default_rng(1).uniform(0, 1, (100, 2)) * (250, 200)
    come = receive([Found("a", Coordinates.at(spread))], OURS, 0, placing=Placing(1.0))
    assert "they were probably picked on micrographs binned by 4" in come.warnings[0]


def test_an_unsure_scale_is_said_but_not_used() -> None:
    come = receive([found("a", (10, 10), (61, 49))], OURS, 200)
    assert come.placing == Placing()
    assert "they were perhaps picked on micrographs binned by 16" in come.warnings[0]


def test_angstrom_need_a_pixel_size() -> None:
    with pytest.raises(UnreadableCoordinates, match="The pixel size of a is not known"):
        receive([found("a", (1, 1))], {"a": Header(10, 10, None)}, 0, placing=Placing(unit="angstrom"))


@pytest.mark.parametrize(
    "written", ["MotionCorr/job002/Movies/x_undosed.mrc", "/data/MotionCorr/job002/Movies/x_undosed.mrc", "x_undosed"]
)
def test_the_name_without_dose_weighting_means_the_micrograph(written: str) -> None:
    come = receive(
        [found(written, (1, 1)), found("b", (2, 2))], OURS, 200, others={"MotionCorr/job002/Movies/x_undosed": "a"}
    )
    assert come.names.micrographs == {written: "a", "b": "b"}
    assert not come.rule


def test_a_micrographs_own_name_comes_before_the_other_name_of_another() -> None:
    come = receive([found("b", (1, 1))], OURS, 200, others={"b": "a"})
    assert come.names.micrographs == {"b": "b"}
