"""The one pixel size of a micrograph, and what follows from it. No database: rows in memory say it all."""

import pytest

from picking.models import Micrograph, Project


def micrograph(typed: float | None, header: float | None) -> Micrograph:
    return Micrograph(project=Project(particle_diameter=160.0, pixel_size=typed), header_pixel_size=header)


@pytest.mark.parametrize(("typed", "header", "in_force"), [(2.0, 4.0, 2.0), (2.0, None, 2.0), (None, 4.0, 4.0)])
def test_what_a_person_typed_wins_over_the_header(typed: float | None, header: float | None, in_force: float) -> None:
    assert micrograph(typed, header).pixel_size == in_force


def test_the_diameter_is_in_pixels_of_the_size_in_force() -> None:
    assert micrograph(None, 4.0).diameter_px == 40.0
    assert micrograph(2.0, 4.0).diameter_px == 80.0


def test_nothing_is_guessed_while_nobody_says_the_pixel_size() -> None:
    unknown = micrograph(None, None)
    assert (unknown.pixel_size, unknown.diameter_px) == (None, None)
