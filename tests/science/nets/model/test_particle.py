import pytest
import torch

from picking.science import simulate
from picking.science.imaging.network_input import make_network_input
from picking.science.nets.model.particle import ParticleNet, load_simulated
from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.settings import Recipe, Settings
from picking.science.nets.training.crops import Patches, cut
from picking.science.nets.training.simulated import with_simulated

OWN, WEIGHT = Shape(power=True), Settings().simulated_weight
NARROW = Shape(kernels=(3,), dilations=(2,), channels=(4, 8))


def marked(dark: bool) -> tuple[Patches, Patches]:
    """Particles and empty ice of a simulated micrograph."""
    settings = simulate.Simulation(width=640, height=640, pixel_size=7, particles=30, ice_crystals=0, dark=dark)
    micrograph = simulate.simulate_micrograph(settings, 3)
    image = make_network_input(micrograph.pixels, settings.pixel_size, settings.diameter)
    particles, background = (
        cut({"one": image}, {"one": image.to_input(places)}, Recipe())
        for places in (micrograph.particles, micrograph.background)
    )
    return particles, background


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


@pytest.mark.parametrize("dark", [True, False])
def test_the_simulated_network_is_trusted_with_dark_and_with_bright_particles(dark: bool) -> None:
    particles, background = marked(dark)
    net = with_simulated(seeded(OWN, 0), particles, background, WEIGHT)
    assert 0.8 * WEIGHT < (net.weight if dark else -net.weight) <= WEIGHT


def test_the_simulated_network_is_not_trusted_where_it_is_no_better_than_chance() -> None:
    _, same = marked(True)
    net = with_simulated(seeded(OWN, 0), same, same, WEIGHT)
    assert abs(net.weight) < 0.2 * WEIGHT


def test_the_simulated_network_is_one_of_the_shallow() -> None:
    assert load_simulated().parameter_count() < 100_000
