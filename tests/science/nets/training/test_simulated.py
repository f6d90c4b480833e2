import pytest
import torch

from picking.science.nets.training.crops import Patches
from picking.science.nets.training.simulated import trust_in
from tests.science.nets.scenes import Copying


def patches(row: int = 0, column: int = 0, value: float = 0.0) -> Patches:
    """One patch of seven by seven cells with a value so many cells from its middle."""
    pixels = torch.zeros(1, 14, 14)
    pixels[0, 6 + 2 * row, 6 + 2 * column] = value
    return Patches(pixels, torch.full((1, 2), 6.5))


@pytest.mark.parametrize(("row", "column"), [(2, 0), (-2, 0), (0, 2), (0, -2)])
def test_a_particle_counts_where_it_is_seen_within_reach_of_its_place(row: int, column: int) -> None:
    off = patches(row, column, 1.0)
    assert [trust_in(Copying(), off, patches(), reach) for reach in (1, 2, 3)] == [0, 1, 1]


def test_a_network_that_sees_the_negative_is_trusted_with_the_negative() -> None:
    assert trust_in(Copying(), patches(value=-1.0), patches()) == -1
