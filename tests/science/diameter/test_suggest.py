from dataclasses import replace

import numpy as np
import pytest

from picking.science.diameter import Suggestion, Unsuitable, suggest_diameter
from picking.science.simulate import Simulation, simulate_micrograph

CLEAR = Simulation(width=720, height=720, pixel_size=6, diameter=200, particles=110, contrast=0.015, ice_crystals=2)


def suggested(settings: Simulation) -> Suggestion:
    return suggest_diameter([(simulate_micrograph(settings, 1).pixels, settings.pixel_size)])


@pytest.fixture(scope="module")
def clear() -> Suggestion:
    return suggested(CLEAR)


def test_the_diameter_is_within_a_sixth_of_the_truth(clear: Suggestion) -> None:
    assert clear.sure
    assert clear.diameter == pytest.approx(200, rel=0.15)
    assert clear.dark


def test_the_likelihood_of_all_diameters_and_of_none_is_one(clear: Suggestion) -> None:
    assert clear.likelihood.shape == clear.diameters.shape
    assert clear.likelihood.sum() + clear.nothing == pytest.approx(1)


def test_what_was_found_lies_on_particles(clear: Suggestion) -> None:
    truth = simulate_micrograph(CLEAR, 1).particles
    (places,) = clear.places
    gaps = np.hypot(*(places[:, None] - truth[None]).transpose(2, 0, 1)).min(axis=1)
    assert len(places) > 15
    assert (gaps < 0.3 * CLEAR.diameter_px).mean() > 0.7


def test_bright_particles_are_told_from_dark_ones() -> None:
    bright = suggested(replace(CLEAR, dark=False))
    assert bright.diameter == pytest.approx(200, rel=0.15)
    assert not bright.dark


def test_other_units_give_the_same_answer_in_them(clear: Suggestion) -> None:
    pixels = simulate_micrograph(CLEAR, 1).pixels
    double = suggest_diameter([(pixels, 2 * CLEAR.pixel_size)])
    assert double.diameter == pytest.approx(2 * clear.diameter, rel=0.1)


@pytest.mark.parametrize("seed", [0, 1])
def test_noise_gives_no_sure_answer(seed: int) -> None:
    noise = np.random.default_rng(seed).normal(100, 10, (700, 700)).astype(np.float32)
    assert not suggest_diameter([(noise, 5.0)]).sure


def test_ice_with_no_particles_gives_no_sure_answer() -> None:
    assert not suggested(replace(CLEAR, particles=0)).sure


def test_a_micrograph_of_one_value_is_refused_with_its_reason() -> None:
    with pytest.raises(Unsuitable, match="one value"):
        suggest_diameter([(np.full((500, 500), 3, np.float32), 2.0)])


def test_an_empty_micrograph_beside_a_good_one_is_left_out(clear: Suggestion) -> None:
    pixels = simulate_micrograph(CLEAR, 1).pixels
    both = suggest_diameter([(np.zeros_like(pixels), CLEAR.pixel_size), (pixels, CLEAR.pixel_size)])
    assert both.diameter == clear.diameter
    assert [len(places) > 0 for places in both.places] == [False, True]


def test_micrographs_in_which_no_size_fits_are_refused() -> None:
    noise = np.random.default_rng(0).normal(size=(40, 40)).astype(np.float32)
    with pytest.raises(Unsuitable, match="too small"):
        suggest_diameter([(noise, 1.0)])


def test_no_micrograph_is_refused() -> None:
    with pytest.raises(Unsuitable, match="no micrograph"):
        suggest_diameter([])
