import pytest
import torch

from picking.science import simulate
from picking.science.imaging.network_input import make_network_input
from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.settings import Recipe, ShippedSettings
from picking.science.nets.training.crops import Patches, cut
from picking.science.nets.training.simulated import trust_in, with_simulated
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


OWN, SHIPPED = seeded(Shape(power=True), 0), ShippedSettings()


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


@pytest.mark.parametrize("dark", [True, False])
def test_the_simulated_network_is_trusted_with_dark_and_with_bright_particles(dark: bool) -> None:
    net, unlabelled = with_simulated(OWN, *marked(dark), SHIPPED, labels=10, fair=10)
    assert 0.6 < (net.weight if dark else -net.weight) <= 0.75
    assert unlabelled == abs(net.weight)


def test_the_simulated_network_counts_the_less_the_more_labels_there_are() -> None:
    few, many = (with_simulated(OWN, *marked(True), SHIPPED, number, number) for number in (5, 60))
    assert few[0].weight > 0.8
    assert many[0].weight <= SHIPPED.least
    assert many[1] == 0


def test_particles_that_were_chosen_by_their_scores_leave_the_threshold_to_what_is_told_without_labels() -> None:
    net, unlabelled = with_simulated(OWN, *marked(True), SHIPPED, labels=60, fair=0)
    assert net.weight <= SHIPPED.least
    assert unlabelled == 1


def test_the_simulated_network_is_not_trusted_where_they_are_no_better_than_chance() -> None:
    _, same = marked(True)
    net, unlabelled = with_simulated(OWN, same, same, SHIPPED, 20, 20)
    assert abs(net.weight) < 0.2 * SHIPPED.least
    assert unlabelled == 0
