"""Numbers as text: as `%` would write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from picking.science.formats.decimals import rows_of, shortest


@given(st.lists(st.integers(0, 10**13), min_size=1, max_size=20))
def test_numbers_are_written_as_percent_writes_them(millionths: list[int]) -> None:
    values = np.array(millionths) / 1e6
    assert rows_of(values, "x") == "".join(f"{value:.6f}\tx\n" for value in values)


@pytest.mark.parametrize("value", [-0.4, -12345.5, 3e9, 0.0, 99_999_998.5, 0.9999999])
def test_those_below_zero_and_the_largest_too(value: float) -> None:
    assert rows_of(np.array([value, 1.0]), np.array([2.0, 3.0])) == f"{value:.6f}\t2.000000\n1.000000\t3.000000\n"


def test_a_text_stands_as_it_is_whatever_it_holds() -> None:
    assert rows_of("50 % of ü", np.array([1.5])) == "50 % of ü\t1.500000\n"
    assert rows_of("50 %", np.array([-1.5])) == "50 %\t-1.500000\n"


@given(st.lists(st.floats(width=32) | st.floats() | st.floats(1e-5, 1e17), max_size=20))
def test_the_shortest_text_is_that_of_repr(values: list[float]) -> None:
    assert shortest(np.array(values, float)) == list(map(repr, values))


@given(st.lists(st.floats(2**-13, 2**53, width=32) | st.floats(1e-4, 9e15), min_size=1, max_size=20))
def test_many_plain_numbers_at_once_have_the_text_of_repr(values: list[float]) -> None:
    assert shortest(np.array(values, float)) == list(map(repr, values))
    assert shortest(-np.array(values, float)) == [repr(-value) for value in values]
