import numpy as np

from picking.science.diameter.learn import EMPTY, Scan, learn, simulated

DIAMETERS = np.array([100.0, 110, 121, 133, 146])


def scan(true: int | None, seed: int) -> Scan:
    """A feature that stands out at the true diameter, and one that means nothing."""
    random = np.random.default_rng(seed)
    dark, bright = random.normal(0, 0.1, (2, 5, 2))
    if true is not None:
        dark[true, 0] += 1
    return Scan(None if true is None else float(DIAMETERS[true]), DIAMETERS, dark, bright)


def test_what_stands_out_at_the_true_diameter_gets_the_weight() -> None:
    judge = learn([scan(true, n) for n, true in enumerate([0, 1, 2, 3, 4, None] * 4)])
    assert judge.weights[0] > 2 * abs(judge.weights[1])


def test_every_so_many_sets_have_no_particles() -> None:
    assert simulated(0)[0].particles == 0
    assert simulated(1)[0].particles > 0
    assert EMPTY > 1
