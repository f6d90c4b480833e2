import numpy as np
import pytest

from picking.science.diameter.judge import Judge

SUMS = Judge(np.array([1.0, 0.0]), 0.0)


def test_the_greatest_sum_is_the_likeliest() -> None:
    dark, bright = np.array([[1.0, 9], [3, 0]]), np.array([[0.0, 0], [2, 0]])
    likely, nothing = SUMS.likelihood(dark, bright)
    assert likely.argmax() == 1
    assert likely[0, 1] / likely[1, 1] == pytest.approx(np.e)
    assert likely.sum() + nothing == pytest.approx(1)


def test_low_sums_mean_that_there_is_nothing() -> None:
    few = np.full((3, 2), -9.0)
    assert SUMS.likelihood(few, few)[1] > 0.99
