"""The scale of coordinates, as they show it."""

import numpy as np
import pytest

from picking.science.formats import Coordinates, Found, Placing
from picking.science.imaging.micrograph import Header
from picking.science.incoming.guess import Guess, Reach, guess_placing

HEADER = Header(5760, 4092, 1.5)


def spread(number: int = 200, header: Header = HEADER) -> np.ndarray:
    return np.random.default_rng(1).uniform(0, 1, (number, 2)) * (header.width, header.height)


def guess(xy: np.ndarray, size: tuple[int, int] | None = None, header: Header = HEADER) -> Guess:
    return guess_placing([reach(xy, size, header)])


def reach(xy: np.ndarray, size: tuple[int, int] | None = None, header: Header = HEADER) -> Reach:
    return Reach.of(Found("a", Coordinates.at(xy), size), header)


@pytest.mark.parametrize("binning", [2, 3, 4, 8, 16])
def test_coordinates_of_binned_micrographs_are_told(binning: int) -> None:
    found = guess(spread() / binning)
    assert found.placing == Placing(float(binning))
    assert found.sure == "probable"
    assert found.sentence == (
        f"The coordinates reach over 1/{binning} of the images: "
        f"they were probably picked on micrographs binned by {binning}."
    )


def test_full_size_coordinates_are_left_alone() -> None:
    assert guess(spread()).placing == Placing(1.0)
    assert guess(spread()).sure == "probable"


def test_a_few_coordinates_beyond_one_image_of_many_do_not_change_the_scale() -> None:
    reaches = [*(reach(spread()) for _ in range(100)), reach(spread() * 3)]
    assert guess_placing(reaches).placing == Placing(1.0)


def test_coordinates_of_super_resolution_are_told() -> None:
    found = guess(spread() * 2)
    assert found.placing == Placing(0.5)
    assert "2 times as large" in found.sentence


def test_fractions_are_told() -> None:
    assert guess(spread() / (5760, 4092)).placing == Placing(unit="fractions")


def test_angstrom_are_told() -> None:
    found = guess(spread() * 1.5)
    assert found.placing == Placing(unit="angstrom")
    assert "in Å" in found.sentence


def test_where_pixels_and_angstrom_are_both_likely_neither_is_said_to_be_probable() -> None:
    found = guess(spread() * 0.85, header=Header(5760, 4092, 0.85))
    assert (found.placing, found.sure) == (Placing(1.0), "unsure")
    assert "or in Å" in found.sentence


@pytest.mark.parametrize("xy", [np.array([[100.0, 200.0]]), spread() * 0.4, spread() * (0.25, 0.1)])
def test_what_cannot_be_told_is_not_sure(xy: np.ndarray) -> None:
    assert guess(xy).sure == "unsure"


def test_the_size_that_files_name_is_exact() -> None:
    found = guess(spread() / 4, (1440, 1023))
    assert (found.placing, found.sure) == (Placing(), "exact")
    assert found.sentence.endswith("coordinates are multiplied by 4.")
    assert guess(spread(), (5760, 4092)).sentence == "The files name images of the same size as the micrographs."


def test_images_of_another_shape_are_told() -> None:
    found = guess(spread(), (4092, 5760))
    assert found.sure == "unsure"
    assert "shapes differ" in found.sentence


def test_nothing_is_guessed_without_coordinates_or_sizes() -> None:
    assert guess_placing([]).sure == "unsure"
    assert guess(spread(), header=Header(0, 0, None)).sure == "unsure"
