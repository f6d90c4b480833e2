"""What every format must do."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from picking.science.formats import FORMATS, Coordinate, Export, ExportMicrograph, NoMicrographMatches
from tests.science.formats.exports import HEIGHT, ODD_NAMES, PICKS, WIDTH, export, micrograph, places, read, written

EXACT = sorted(FORMATS.keys() - {"eman_box"})


@pytest.mark.parametrize("key", EXACT)
@settings(max_examples=30)
@given(picks=PICKS)
def test_every_digit_of_a_coordinate_comes_back(key: str, picks: list[Coordinate]) -> None:
    files = written(key, export(micrograph("a", picks)))
    assert places(read(key, files, ["a"]).coordinates["a"]) == places(picks)


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_come_back(key: str, name: str) -> None:
    files = written(key, export(micrograph("other"), micrograph(name)))
    found = read(key, files, ["other", name])
    assert found.coordinates.keys() == {"other", name}
    assert found.unmatched == []


@pytest.mark.parametrize("key", FORMATS)
def test_rows_can_be_counted_from_the_other_end(key: str) -> None:
    picks = [Coordinate(100.0, 200.0)]
    upside_down = written(key, export(micrograph("a", picks), flip_y=True))
    assert places(read(key, upside_down, ["a"]).coordinates["a"]) == [(100.0, HEIGHT - 1 - 200.0)]
    assert places(read(key, upside_down, ["a"], flip_y=True).coordinates["a"]) == [(100.0, 200.0)]


@pytest.mark.parametrize("key", FORMATS)
def test_centres_outside_the_image_are_left_out(key: str) -> None:
    inside = [Coordinate(0.0, 0.0), Coordinate(WIDTH - 1.0, HEIGHT - 1.0)]
    outside = [Coordinate(-0.6, 5.0), Coordinate(5.0, HEIGHT - 0.4)]
    files = written(key, export(micrograph("a", inside + outside)))
    assert places(read(key, files, ["a"]).coordinates["a"]) == places(inside)


@pytest.mark.parametrize("key", FORMATS)
def test_when_no_name_fits_both_sides_are_told(key: str) -> None:
    files = written(key, export(*(micrograph(f"theirs{i}") for i in range(5))))
    with pytest.raises(NoMicrographMatches) as refused:
        read(key, files, ["ours1", "ours2"])
    assert "theirs0" in str(refused.value)
    assert "and 2 more" in str(refused.value)
    assert "ours1, ours2" in str(refused.value)


@pytest.mark.parametrize("key", FORMATS)
def test_names_without_a_micrograph_are_told_beside_the_others(key: str) -> None:
    files = written(key, export(micrograph("ours"), micrograph("theirs")))
    found = read(key, files, ["ours"])
    assert list(found.coordinates) == ["ours"]
    assert len(found.unmatched) == 1
    assert "theirs" in found.unmatched[0]


@pytest.mark.parametrize("key", FORMATS)
def test_micrographs_are_taken_one_at_a_time(key: str) -> None:
    taken = []

    def micrographs() -> Iterator[ExportMicrograph]:
        for name in "ab":
            taken.append(name)
            yield micrograph(name)

    next(FORMATS[key].write(Export(180, micrographs())))
    assert taken == (["a", "b"] if key == "csv" else ["a"])
