import numpy as np

from picking.science.imaging.recent import Recent


def test_arrays_are_remembered_up_to_so_many_bytes_and_the_oldest_go_first() -> None:
    made = []

    @Recent(3 * 40)
    def ten(number: int) -> np.ndarray:
        made.append(number)
        return np.full(10, number, np.float32)

    for number in (1, 2, 3, 1, 4, 1, 2):
        assert ten(number)[0] == number
    assert made == [1, 2, 3, 4, 2]
    assert ten.bytes == 120


def test_an_array_that_is_too_large_is_made_and_not_kept() -> None:
    large = Recent(100)(lambda number: np.zeros(number, np.float32))
    assert (len(large(1000)), large.bytes) == (1000, 0)
