from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from picking.science.imaging.micrograph import Pixels
from picking.science.picks import Points
from picking.science.simulate import Simulation, simulate_micrograph

SMALL = Simulation(width=640, height=512, pixel_size=3, diameter=150, particles=25, ice_crystals=2)
CLEAN = replace(SMALL, ice_crystals=0, dose=1e5)  # as good as free of noise


def discs(pixels: Pixels, places: Points, radius: float, inner: float = 0) -> NDArray[np.float64]:
    """(places, pixels): the values in a disc, or a ring, about each place."""
    y, x = np.mgrid[-50:51, -50:51]
    ring = (np.hypot(x, y) <= radius) & (np.hypot(x, y) >= inner)
    columns, rows = np.rint(places.T).astype(int)
    return np.asarray(pixels[rows[:, None] + y[ring], columns[:, None] + x[ring]], np.float64)


def distances(places: Points, others: Points) -> NDArray[np.float64]:
    """(places, others)"""
    return np.asarray(np.hypot(*(places[:, None] - others).transpose(2, 0, 1)))


def test_the_same_seed_gives_the_same_micrograph() -> None:
    first, again, other = (simulate_micrograph(SMALL, seed) for seed in (1, 1, 2))
    assert (first.pixels == again.pixels).all()
    assert (first.particles == again.particles).all()
    assert first.particles.shape != other.particles.shape or (first.particles != other.particles).any()


def test_pixels_are_counted_electrons_of_the_dose() -> None:
    pixels = simulate_micrograph(replace(SMALL, ice_crystals=0), 1).pixels
    assert pixels.shape == (512, 640)
    assert pixels.dtype == np.float32
    assert (pixels == np.rint(pixels)).all()
    assert pixels.mean() == pytest.approx(40 * 3**2, rel=0.1)


@pytest.mark.parametrize("dark", [True, False])
def test_particles_are_dark_or_bright_at_the_truth(dark: bool) -> None:
    simulated = simulate_micrograph(replace(SMALL, dark=dark), 1)
    particles = discs(simulated.pixels, simulated.particles, 15).mean()
    background = discs(simulated.pixels, simulated.background, 15).mean()
    assert bool(particles < background) is dark


def test_particles_vary_by_the_contrast_that_was_asked_for() -> None:
    simulated = simulate_micrograph(CLEAN, 1)
    variance = discs(simulated.pixels, simulated.particles, SMALL.diameter_px / 2).var(1).mean()
    assert np.sqrt(variance) / simulated.pixels.mean() == pytest.approx(CLEAN.contrast, rel=0.25)


def test_the_contrast_drowns_in_single_pixels_and_shows_after_a_low_pass() -> None:
    simulated = simulate_micrograph(replace(SMALL, pixel_size=1.5, diameter=75, ice_crystals=0), 1)
    level = simulated.pixels - gaussian_filter(simulated.pixels, 40)

    def separation(pixels: Pixels) -> float:
        inside, outside = (discs(pixels, places, 8) for places in (simulated.particles, simulated.background))
        return float((outside.mean() - inside.mean()) / outside.std())

    assert separation(level) < 0.3
    assert separation(gaussian_filter(level, 3)) > 1  # half the amplitude is left at 24 Å


def test_an_elongated_particle_fills_less_of_its_diameter() -> None:
    def rim(aspect: float) -> float:
        simulated = simulate_micrograph(replace(CLEAN, aspect=aspect), 1)
        radius = SMALL.diameter_px / 2
        outer = discs(simulated.pixels, simulated.particles, radius, 0.8 * radius).std(1).mean()
        return float(outer / discs(simulated.pixels, simulated.particles, radius).std(1).mean())

    assert rim(4) < 0.7 * rim(1)


def test_particles_stand_apart_and_off_the_border() -> None:
    simulated = simulate_micrograph(replace(SMALL, particles=60), 3)
    diameter = SMALL.diameter_px
    apart = distances(simulated.particles, simulated.particles)
    assert apart[apart > 0].min() > 0.85 * diameter
    assert (simulated.particles > diameter / 2).all()
    assert (simulated.particles < np.array([640, 512]) - diameter / 2).all()


def test_no_particle_and_no_background_lies_on_contamination() -> None:
    simulated = simulate_micrograph(replace(SMALL, carbon=True, ice_crystals=4), 1)
    for places in (simulated.particles, simulated.background):
        assert distances(places, simulated.contamination).min() > 0.6 * SMALL.diameter_px


def test_background_keeps_away_from_particles() -> None:
    simulated = simulate_micrograph(replace(SMALL, particles=10), 1)
    assert len(simulated.background) > 5
    assert distances(simulated.background, simulated.particles).min() > 0.95 * SMALL.diameter_px


def test_carbon_is_darker_and_marked() -> None:
    simulated = simulate_micrograph(replace(SMALL, carbon=True, ice_crystals=0), 1)
    marks = simulated.contamination
    well_inside = marks[((marks > 50) & (marks < (590, 462))).all(1)]
    assert len(well_inside) > 3
    carbon = discs(simulated.pixels, well_inside, 5).mean()
    assert carbon < 0.95 * discs(simulated.pixels, simulated.background, 5).mean()


def test_more_particles_than_fit_are_not_placed() -> None:
    assert 20 < len(simulate_micrograph(replace(SMALL, particles=500), 1).particles) < 200


def test_a_particle_larger_than_the_image_is_not_placed() -> None:
    assert len(simulate_micrograph(replace(SMALL, diameter=1500), 1).particles) == 0


def test_contamination_is_marked_within_the_image() -> None:
    marks = simulate_micrograph(replace(SMALL, carbon=True, ice_crystals=9), 5).contamination
    assert (marks >= 0).all()
    assert (marks < (640, 512)).all()


def test_a_specimen_of_few_views_is_seen_from_these_directions_at_any_angle() -> None:
    few = replace(SMALL, views=3)
    directions = np.concatenate([simulate_micrograph(few, seed).turns[:, 2] for seed in (1, 2)])
    assert len(np.unique(directions.round(6), axis=0)) == 3
    turns = simulate_micrograph(few, 1).turns
    assert np.ptp(np.arctan2(turns[:, 1, 0], turns[:, 0, 0])) > 3
    assert turns @ turns.transpose(0, 2, 1) == pytest.approx(np.broadcast_to(np.eye(3), turns.shape), abs=1e-9)


def test_particles_are_seen_from_any_direction_unless_said_otherwise() -> None:
    turns = simulate_micrograph(SMALL, 1).turns
    assert len(np.unique(turns[:, 2].round(6), axis=0)) == len(turns)
