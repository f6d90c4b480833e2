import numpy as np
import pytest
from numpy.typing import NDArray

from picking.science.nets.settings import MixtureSettings
from picking.science.nets.training.mixture import expected

SETTINGS = MixtureSettings()
NOISE, SIGMA = -2.5, 1.2


def mixed(particles: int, empty: int, top: float, moved: float = 0.0) -> tuple[NDArray[np.float64], ...]:
    """Logits of particles, of what else is found with them, and of the negative image."""
    random = np.random.default_rng(0)
    return (
        random.normal(top, 0.8, particles),
        random.normal(NOISE + moved, SIGMA, empty),
        random.normal(NOISE, SIGMA, particles + empty),
    )


def best_f1(particles: NDArray[np.float64], empty: NDArray[np.float64]) -> float:
    return max(f1(particles, empty, threshold) for threshold in np.arange(-6, 3, 0.05))


def f1(particles: NDArray[np.float64], empty: NDArray[np.float64], threshold: float) -> float:
    right, wrong = (particles >= threshold).sum(), (empty >= threshold).sum()
    return float(2 * right / (right + wrong + len(particles)))


@pytest.mark.parametrize(
    ("particles", "empty", "top", "moved"),
    [(60, 1500, 1.8, 0), (250, 250, 0.6, -1.0), (900, 80, 0.3, -1.8), (200, 200, -0.5, -1.0)],
    ids=["few", "many", "crowded", "weak"],
)
def test_the_threshold_is_nearly_the_best(particles: int, empty: int, top: float, moved: float) -> None:
    there, rest, negative = mixed(particles, empty, top, moved)
    told = expected(np.concatenate([there, rest]), negative, SETTINGS)
    assert f1(there, rest, told.threshold) > best_f1(there, rest) - 0.03
    assert told.f1 == pytest.approx(f1(there, rest, told.threshold), abs=0.15)
    assert told.share == pytest.approx(particles / (particles + empty), abs=0.12)


def test_a_larger_scale_of_the_logits_changes_nothing() -> None:
    there, rest, negative = mixed(200, 300, 0.5, -0.8)
    found = np.concatenate([there, rest])
    told, scaled = expected(found, negative, SETTINGS), expected(3 * found + 1, 3 * negative + 1, SETTINGS)
    assert scaled.threshold == pytest.approx(3 * told.threshold + 1, abs=1e-6)
    assert scaled.f1 == pytest.approx(told.f1)


def test_noise_alone_is_expected_to_give_poor_picks() -> None:
    _, rest, negative = mixed(0, 800, 0)
    clear = expected(np.concatenate(mixed(200, 600, 1.5, -0.5)[:2]), negative, SETTINGS)
    assert expected(rest, negative, SETTINGS).f1 < clear.f1 - 0.2


def test_a_single_candidate_is_enough_for_an_answer() -> None:
    told = expected(np.array([0.5]), np.array([-2.0]), SETTINGS)
    assert np.isfinite([told.threshold, told.f1, told.share]).all()
