from dataclasses import replace

import numpy as np
import pytest

from picking.science.averages.crops import bright, crop_pixel_size, cut_crops
from picking.science.averages.settings import CropSettings
from picking.science.imaging.ctf import contrast_transfer, values_at
from picking.science.imaging.micrograph import Pixels
from picking.science.simulate import Simulation, simulate_micrograph

SMALL = Simulation(width=640, height=512, pixel_size=3, diameter=150, particles=15, ice_crystals=0)
ABOUT = CropSettings()


def spot(y: int, x: int, sigma: float = 8) -> Pixels:
    rows, columns = np.mgrid[:512, :640]
    return np.asarray(np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / (2 * sigma**2)), np.float32)


def test_a_crop_is_one_and_a_half_particles_wide() -> None:
    assert crop_pixel_size(150, ABOUT) * ABOUT.size == 1.5 * 150
    crops = cut_crops(spot(200, 300), 3, np.array([[300.0, 200.0]]), 150)
    assert crops.boxes.shape == (1, 64, 64)
    assert crops.pixel_size == pytest.approx(3.515625)


def test_the_pick_is_in_the_middle_and_dark_particles_become_bright() -> None:
    crops = cut_crops(-spot(200, 300), 3, np.array([[300.0, 200.0]]), 150)
    y, x = np.unravel_index(crops.boxes[0].argmax(), (64, 64))
    assert np.hypot(y - 32, x - 32) <= 1
    assert np.hypot(*(crops.centres[0] - (300, 200))) <= 1


def test_bright_particles_stay_bright() -> None:
    crops = cut_crops(spot(200, 300), 3, np.array([[300.0, 200.0]]), 150, dark=False)
    assert crops.boxes[0, 32, 32] == pytest.approx(crops.boxes.max(), rel=0.1)


@pytest.mark.parametrize("sign", [1, -1])
def test_all_crops_together_tell_which_way_round_particles_are_bright(sign: int) -> None:
    made = simulate_micrograph(SMALL, 1)
    boxes = bright(cut_crops(sign * made.pixels, 3, made.particles, 150).boxes)
    assert boxes[:, 27:37, 27:37].mean() > 0.1


def test_coarse_micrographs_are_made_finer() -> None:
    crops = cut_crops(-spot(200, 300, 2), 6, np.array([[300.0, 200.0]]), 150)
    assert crops.boxes.shape == (1, 64, 64)
    assert crops.boxes[0].argmax() == 32 * 64 + 32


def test_places_outside_are_left_out() -> None:
    crops = cut_crops(spot(200, 300), 3, np.array([[-500.0, 0.0], [300.0, 200.0]]), 150)
    assert crops.kept.tolist() == [1]


def test_the_background_has_mean_0_and_deviation_1() -> None:
    made = simulate_micrograph(SMALL, 1)
    crops = cut_crops(made.pixels, 3, made.particles, 150)
    away = np.hypot(*(np.mgrid[:64, :64] - 32)) > 32
    assert crops.boxes[:, away].mean() == pytest.approx(0, abs=0.05)
    assert crops.boxes[:, away].std() == pytest.approx(1, abs=0.1)


def test_flipped_phases_bring_particles_nearer_to_what_they_are() -> None:
    """The same particle at two defoci: what the function turned over comes back."""
    clean = replace(SMALL, dose=1e6, particles=1)
    images = []
    for defocus, known in ((9_000.0, True), (28_000.0, True), (28_000.0, False)):
        made = simulate_micrograph(replace(clean, defocus=defocus), 5)
        ctf = values_at(defocus) if known else None
        crop = cut_crops(made.pixels, 3, made.particles, 150, ctf=ctf).boxes[0]
        spectrum = np.fft.rfft2(crop)
        frequency = np.hypot(*np.meshgrid(np.fft.rfftfreq(64), np.fft.fftfreq(64)))
        images.append(np.fft.irfft2(spectrum * ((frequency > 0.12) & (frequency < 0.25))).ravel())
    assert contrast_transfer((64, 64), 3, values_at(28_000)).max() > 0  # it does turn some over
    flipped, not_flipped = (np.corrcoef(images[0], other)[0, 1] for other in images[1:])
    assert flipped > not_flipped + 0.2
