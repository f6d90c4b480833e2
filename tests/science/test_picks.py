import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from picking.science.picks import Picks, as_picks, as_points, combined_score, pack, unpack

SCORES = st.floats(0, 1, width=32)


@given(arrays(np.float32, st.tuples(st.integers(0, 9), st.just(4)), elements=SCORES))
def test_packed_picks_come_back_bit_for_bit(picks: Picks) -> None:
    back = unpack(pack(picks))
    assert back.dtype == np.float32
    assert back.shape == picks.shape
    assert back.tobytes() == picks.tobytes()


def test_packed_picks_are_little_endian_float32_rows() -> None:
    assert pack(as_picks([[1, 2, 0.5, 0.25]])) == bytes.fromhex("0000803f 00000040 0000003f 0000803e")


def test_unpacking_half_a_row_is_an_error() -> None:
    with pytest.raises(ValueError, match="reshape"):
        unpack(bytes(8))


def test_the_combined_score_falls_with_contamination() -> None:
    picks = as_picks([[0, 0, 0.8, 0], [0, 0, 0.8, 0.5], [0, 0, 0.8, 1]])
    assert combined_score(picks) == pytest.approx([0.8, 0.4, 0])


def test_no_places_are_an_array_of_no_rows() -> None:
    assert as_points([]).shape == (0, 2)
    assert as_picks([]).shape == (0, 4)
