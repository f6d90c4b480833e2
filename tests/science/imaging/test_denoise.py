import numpy as np
import pytest

from picking.science.imaging.denoise import denoised


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


@pytest.mark.parametrize("shape", [(64, 64), (65, 301), (700, 130)])
def test_the_image_keeps_its_size_however_small(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 255, shape).astype(np.uint8)
    image = denoised(noise)
    assert image.shape == shape
    assert np.isfinite(image).all()


def test_an_image_of_one_grey_stays_finite() -> None:
    assert np.isfinite(denoised(np.full((300, 300), 128, np.uint8))).all()
