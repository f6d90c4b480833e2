import torch

from picking.science.nets.model.particle import ParticleNet, load_simulated
from picking.science.nets.model.shallow import Shape, seeded

NARROW = Shape(kernels=(3,), dilations=(2,), channels=(4, 8))


def test_both_parts_see_the_same_places_and_are_weighed() -> None:
    own, simulated = seeded(NARROW, 0).eval(), seeded(Shape(), 1).eval()
    pixels = torch.randn(1, 40, 46)
    net = ParticleNet(own, simulated, 0.25)
    cut_off = (Shape().receptive_field - NARROW.receptive_field) // 2
    inner = pixels[:, cut_off:-cut_off, cut_off:-cut_off]
    assert torch.allclose(net(pixels), 0.75 * own(inner) + 0.25 * simulated(pixels))


def test_a_negative_weight_shows_the_simulated_part_the_negative_image() -> None:
    own, simulated = seeded(Shape(), 0).eval(), seeded(Shape(), 1).eval()
    pixels = torch.randn(1, 40, 40)
    expected = 0.75 * own(pixels) + 0.25 * simulated(-pixels)
    assert torch.allclose(ParticleNet(own, simulated, -0.25)(pixels), expected)


def test_the_simulated_network_is_one_of_the_shallow() -> None:
    assert load_simulated().parameter_count() < 100_000
