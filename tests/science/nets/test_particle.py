import pytest
import torch

from picking.science.imaging.network_input import make_network_input
from picking.science.nets.examples import Patches, cut
from picking.science.nets.fit import CELLS
from picking.science.nets.particle import WEIGHT, ParticleNet, load_simulated, with_simulated
from picking.science.nets.shallow import Shape, seeded
from picking.science.simulate import Settings, simulate_micrograph

LEARNT = Shape(power=True)
NARROW = Shape(kernels=(3,), dilations=(2,), channels=(4, 8))


def marked(dark: bool) -> tuple[Patches, Patches]:
    """Particles and empty ice of a simulated micrograph."""
    settings = Settings(width=640, height=640, pixel_size=7, particles=30, ice_crystals=0, dark=dark)
    micrograph = simulate_micrograph(settings, 3)
    image = make_network_input(micrograph.pixels, settings.pixel_size, settings.diameter)
    particles, background = (
        cut({"one": image}, {"one": image.to_input(places)}, LEARNT.side(CELLS))
        for places in (micrograph.particles, micrograph.background)
    )
    return particles, background


def test_both_parts_see_the_same_places_and_are_weighed() -> None:
    learnt, simulated = seeded(NARROW, 0).eval(), seeded(Shape(), 1).eval()
    pixels = torch.randn(1, 40, 46)
    net = ParticleNet(learnt, simulated, 0.25)
    cut_off = (Shape().field - NARROW.field) // 2
    inner = pixels[:, cut_off:-cut_off, cut_off:-cut_off]
    assert torch.allclose(net(pixels), 0.75 * learnt(inner) + 0.25 * simulated(pixels))


def test_a_negative_weight_shows_the_simulated_part_the_negative_image() -> None:
    learnt, simulated = seeded(Shape(), 0).eval(), seeded(Shape(), 1).eval()
    pixels = torch.randn(1, 40, 40)
    expected = 0.75 * learnt(pixels) + 0.25 * simulated(-pixels)
    assert torch.allclose(ParticleNet(learnt, simulated, -0.25)(pixels), expected)


@pytest.mark.parametrize("dark", [True, False])
def test_the_simulated_network_is_trusted_with_dark_and_with_bright_particles(dark: bool) -> None:
    particles, background = marked(dark)
    net = with_simulated(seeded(LEARNT, 0), particles, background)
    assert (net.weight if dark else -net.weight) > 0.8 * WEIGHT


def test_the_simulated_network_is_not_trusted_where_it_is_no_better_than_chance() -> None:
    _, same = marked(True)
    net = with_simulated(seeded(LEARNT, 0), same, same)
    assert abs(net.weight) < 0.2 * WEIGHT


def test_the_simulated_network_is_one_of_the_shallow() -> None:
    assert load_simulated().parameter_count() < 100_000
