import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import gaussian_filter

from picking.science.imaging.denoise import denoised
from picking.science.imaging.pyramid import Pyramid, write_pyramid
from picking.science.simulate import Simulation, simulate_micrograph
from tests.conftest import REAL_DATA, needs_real_data


def noisy_blobs(noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Soft blobs, and the same in white noise, both as greys."""
    y, x = np.mgrid[:512, :512]
    clean = 128 + 30 * np.sin(x / 9) * np.sin(y / 9)
    noisy = clean + np.random.default_rng(0).normal(scale=noise, size=clean.shape)
    return clean, np.clip(noisy, 0, 255).astype(np.uint8)


def test_what_is_there_comes_out_clearer() -> None:
    clean, noisy = noisy_blobs(noise=40)
    before = np.corrcoef(clean.ravel(), noisy.ravel())[0, 1]
    after = np.corrcoef(clean.ravel(), denoised(noisy).ravel())[0, 1]
    assert (before, after) == (pytest.approx(0.35, abs=0.1), pytest.approx(1, abs=0.08))


def as_jpeg(image: np.ndarray) -> np.ndarray:
    """Stretched to greys, written and read again."""
    low, high = np.percentile(image, (0.5, 99.5))
    file = io.BytesIO()
    Image.fromarray(np.clip((image - low) * 255 / (high - low), 0, 255).astype(np.uint8)).save(file, "JPEG", quality=90)
    return np.asarray(Image.open(file))


@pytest.mark.parametrize("smoothed", [0, 4, 8])
def test_a_picture_that_was_smoothed_before_becomes_clearer_too(smoothed: int) -> None:
    wanted = Simulation(width=1024, height=1024, particles=20, ice_crystals=0)
    clean, noisy = (
        gaussian_filter(simulate_micrograph(Simulation(**{**vars(wanted), "dose": dose}), seed=1).pixels, smoothed)
        for dose in (1e6, wanted.dose)
    )
    picture = as_jpeg(noisy)
    before, after = (np.corrcoef(clean.ravel(), image.ravel())[0, 1] for image in (picture, denoised(picture)))
    assert 1 - after < 0.75 * (1 - before)


@needs_real_data
def test_denoised_differs_from_raw_on_a_real_jpeg(tmp_path: Path) -> None:
    real = np.asarray(Image.open(next((REAL_DATA / "micrographs").glob("*.jpg"))), np.float32)
    write_pyramid(real, tmp_path / "pyramid")
    raw = Pyramid(tmp_path / "pyramid", *real.shape[::-1]).level(1)
    difference = np.abs(np.clip(denoised(raw), 0, 255) - raw).mean()
    assert 5 < difference < 30


@pytest.mark.parametrize("shape", [(64, 64), (65, 301), (700, 130)])
def test_the_image_keeps_its_size_however_small(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 255, shape).astype(np.uint8)
    image = denoised(noise)
    assert image.shape == shape
    assert np.isfinite(image).all()


def test_an_image_of_one_grey_stays_finite() -> None:
    assert np.isfinite(denoised(np.full((300, 300), 128, np.uint8))).all()
