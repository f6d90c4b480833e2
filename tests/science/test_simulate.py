from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from picking.science.imaging.micrograph import Pixels
from picking.science.picks import Points
from picking.science.simulate import Settings, simulate_micrograph

SMALL = Settings(width=640, height=512, pixel_size=3, diameter=150, particles=25, ice_crystals=2)
CLEAN = replace(SMALL, ice_crystals=0, dose=1e5)  # as good as free of noise


def discs(pixels: Pixels, places: Points, radius: float, inner: float = 0) -> NDArray[np.float64]:
    """(places, pixels): the values in a disc, or a ring, about each place."""
    y, x = np.mgrid[-50:51, -50:51]
    ring = (np.hypot(x, y) <= radius) & (np.hypot(x, y) >= inner)
    columns, rows = np.rint(places.T).astype(int)
    return pixels[rows[:, None] + y[ring], columns[:, None] + x[ring]].astype(np.float64)


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
    assert (particles < background) is dark


def test_particles_vary_by_the_contrast_that_was_asked_for() -> None:
    simulated = simulate_micrograph(CLEAN, 1)
    variance = discs(simulated.pixels, simulated.particles, SMALL.diameter_px / 2).var(1).mean()
    assert np.sqrt(variance) / simulated.pixels.mean() == pytest.approx(CLEAN.contrast, rel=0.25)


def test_the_contrast_drowns_in_single_pixels_and_shows_after_a_low_pass() -> None:
    simulated = simulate_micrograph(replace(SMALL, pixel_size=1.5, diameter=75, ice_crystals=0), 1)
    blurred = gaussian_filter(simulated.pixels, 4)

    def separation(pixels: Pixels) -> float:
        inside = discs(pixels, simulated.particles, 8)
        outside = discs(pixels, simulated.background, 8)
        return float((outside.mean() - inside.mean()) / outside.std())

    assert separation(simulated.pixels) < 0.5
    assert separation(blurred) > 1


def test_an_elongated_particle_fills_less_of_its_diameter() -> None:
    def rim(aspect: float) -> float:
        simulated = simulate_micrograph(replace(CLEAN, aspect=aspect), 1)
        signal = simulated.pixels - np.median(simulated.pixels)
        radius = SMALL.diameter_px / 2
        return float(
            discs(signal, simulated.particles, radius, 0.7 * radius).std()
            / discs(signal, simulated.particles, radius).std()
        )

    assert rim(4) < 0.8 * rim(1)


def test_particles_stand_apart_and_off_the_border() -> None:
    simulated = simulate_micrograph(replace(SMALL, particles=60), 3)
    diameter = SMALL.diameter_px
    nearest = cKDTree(simulated.particles).query(simulated.particles, 2)[0][:, 1]
    assert nearest.min() > 0.85 * diameter
    assert (simulated.particles > diameter / 2).all()
    assert (simulated.particles < np.array([640, 512]) - diameter / 2).all()


def test_no_particle_and_no_background_lies_on_contamination() -> None:
    simulated = simulate_micrograph(replace(SMALL, carbon=True, ice_crystals=4), 1)
    dirt = cKDTree(simulated.contamination)
    assert dirt.query(simulated.particles)[0].min() > 0.6 * SMALL.diameter_px
    assert dirt.query(simulated.background)[0].min() > 0.6 * SMALL.diameter_px


def test_background_keeps_away_from_particles() -> None:
    simulated = simulate_micrograph(replace(SMALL, particles=10), 1)
    assert len(simulated.background) > 5
    assert cKDTree(simulated.particles).query(simulated.background)[0].min() > 0.95 * SMALL.diameter_px


def test_carbon_is_darker_and_marked() -> None:
    simulated = simulate_micrograph(replace(SMALL, carbon=True, ice_crystals=0), 1)
    marks = simulated.contamination
    well_inside = marks[((marks > 50) & (marks < (590, 462))).all(1)]
    assert len(well_inside) > 3
    carbon = discs(simulated.pixels, well_inside, 5).mean()
    assert carbon < 0.95 * discs(simulated.pixels, simulated.background, 5).mean()


def test_more_particles_than_fit_are_not_placed() -> None:
    assert 20 < len(simulate_micrograph(replace(SMALL, particles=5000), 1).particles) < 200


def test_contamination_is_marked_within_the_image() -> None:
    marks = simulate_micrograph(replace(SMALL, carbon=True, ice_crystals=9), 5).contamination
    assert (marks >= 0).all()
    assert (marks < (640, 512)).all()
