"""What ice, detector, energy filter and phase plate do to a micrograph."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from picking.science.simulate import Simulation, simulate_micrograph

PLAIN = Simulation(width=640, height=512, pixel_size=5, diameter=150, particles=40, ice_crystals=0)


def strength(settings: Simulation) -> float:
    """How much darker particles are than the rest, as a part of the mean, in an image without fine noise."""
    made = simulate_micrograph(settings, 1)
    smooth = gaussian_filter(made.pixels, 3) - gaussian_filter(made.pixels, 40)
    x, y = made.particles.astype(int).T
    return float(-smooth[y, x].mean() / made.pixels.mean())


def test_thick_ice_without_an_energy_filter_takes_contrast() -> None:
    thick = replace(PLAIN, thickness=2000.0)
    assert strength(replace(thick, energy_filter=False)) < 0.75 * strength(thick)


def test_thick_ice_with_an_energy_filter_takes_electrons() -> None:
    thin, thick = (simulate_micrograph(replace(PLAIN, thickness=t), 1).pixels.mean() for t in (300.0, 2000.0))
    assert thick == pytest.approx(thin * np.exp(-1700 / 3950), rel=0.02)


def test_a_phase_plate_shows_the_whole_particle_near_focus() -> None:
    near = replace(PLAIN, defocus=4_000.0)
    plate = replace(near, phase_shift=90.0)

    def coarse(settings: Simulation) -> float:
        made = simulate_micrograph(settings, 1)
        smooth = gaussian_filter(made.pixels, 8) - gaussian_filter(made.pixels, 60)
        x, y = made.particles.astype(int).T
        return float(-smooth[y, x].mean() / made.pixels.mean())

    assert coarse(plate) > 1.5 * coarse(near)


def test_a_detector_that_blurs_has_less_noise_between_neighbours() -> None:
    sharp, blurred = (simulate_micrograph(replace(PLAIN, blur=blur), 1).pixels for blur in (0.0, 0.7))
    assert np.diff(blurred).std() < 0.5 * np.diff(sharp).std()
