import numpy as np
import pytest

from picking.science.diameter.judge import load_network
from picking.science.diameter.look import Scales, looks
from picking.science.simulate import Simulation, simulate_micrograph

MICROGRAPH = Simulation(width=600, height=600, pixel_size=6, diameter=200, particles=80, contrast=0.015, ice_crystals=0)


@pytest.fixture(scope="module")
def scales() -> Scales:
    return Scales(simulate_micrograph(MICROGRAPH, 1).pixels, MICROGRAPH.pixel_size)


def test_large_particles_are_looked_at_in_a_smaller_image(scales: Scales) -> None:
    assert scales.for_diameter(200) == scales.levels[0]
    pixels, pixel_size = scales.for_diameter(500)
    assert pixels.shape == (300, 300)
    assert pixel_size == 12


def test_places_are_in_the_micrographs_own_pixels_at_all_scales(scales: Scales) -> None:
    truth = simulate_micrograph(MICROGRAPH, 1).particles
    halved = Scales(scales.levels[0][0].repeat(2, 0).repeat(2, 1), MICROGRAPH.pixel_size / 2)
    for each, step in ((scales, 1), (halved, 2)):
        surest = (looks(each, 200, load_network())[0].places[:10] + 0.5) / step - 0.5
        gaps = np.hypot(*(surest[:, None] - truth[None]).transpose(2, 0, 1)).min(axis=1)
        assert np.median(gaps) < 0.2 * MICROGRAPH.diameter_px


def test_the_profile_of_dark_particles_is_dark_in_the_middle(scales: Scales) -> None:
    dark, _ = looks(scales, 200, load_network())
    assert dark.used > 10
    assert dark.average[:3].mean() < 0
    assert dark.power[:6].mean() > dark.variance


def test_a_micrograph_without_a_picture_has_no_candidates() -> None:
    empty = Scales(np.zeros((300, 300), np.float32), 5.0)
    for look in looks(empty, 100, load_network()):
        assert look.used == 0 or not look.average.any()
