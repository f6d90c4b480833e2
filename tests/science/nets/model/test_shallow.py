import pytest
import torch

from picking.science.nets.model.shallow import LocalPower, Shape, seeded
from picking.science.nets.settings import Settings


def test_the_networks_stay_shallow() -> None:
    for recipe in (Settings().particle, Settings().contamination):
        assert seeded(recipe.shape, 0).parameter_count() < 200_000


@pytest.mark.parametrize("power", [False, True])
def test_a_crop_of_the_receptive_field_gives_one_cell_and_two_more_pixels_one_more(power: bool) -> None:
    shape = Shape(kernels=(5, 3), dilations=(1, 2), channels=(4, 4, 4), power=power)
    net = seeded(shape, 0).eval()
    assert net(torch.zeros(2, shape.receptive_field, shape.receptive_field)).shape == (2, 1, 1)
    assert net(torch.zeros(2, shape.side(5), shape.side(9))).shape == (2, 5, 9)


def test_the_same_seed_gives_the_same_weights() -> None:
    one, two, other = (seeded(Shape(), seed).state_dict()["layers.0.weight"] for seed in (1, 1, 2))
    assert torch.equal(one, two)
    assert not torch.equal(one, other)


def test_local_power_is_told_from_the_middle_of_the_receptive_field() -> None:
    pixels = torch.zeros(1, 1, 26, 26)
    level = LocalPower(Shape()).eval()
    pixels[..., 12:14, 12:14] = 3
    middle = level(pixels)[0, 0, 0, 0]
    corner = level(pixels.roll((-12, -12), (2, 3)))[0, 0, 0, 0]
    assert middle > corner
    assert torch.isclose(level(pixels)[0, 1, 0, 0], middle**2)


def test_a_new_network_draws_none_of_the_random_numbers_of_others() -> None:
    torch.manual_seed(0)
    expected = torch.rand(1)
    torch.manual_seed(0)
    seeded(Shape(), 1)
    assert torch.rand(1) == expected


def test_an_empty_place_has_a_finite_power() -> None:
    assert torch.isfinite(LocalPower(Shape()).eval()(torch.zeros(1, 1, 26, 26))).all()
