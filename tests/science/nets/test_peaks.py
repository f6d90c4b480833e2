import numpy as np
import pytest
import torch

from picking.science.nets.peaks import peaks

TOPS = np.array([(20.3, 30.0), (50.0, 10.6), (52.0, 40.0)])


def hills(tops: np.ndarray, heights: tuple[float, ...]) -> torch.Tensor:
    rows, columns = np.mgrid[:60, :70]
    hill = [h * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / 8) for (x, y), h in zip(tops, heights, strict=True)]
    return torch.from_numpy(np.sum(hill, axis=0).astype(np.float32))


def test_tops_are_found_best_first_to_a_fraction_of_a_cell() -> None:
    _, places = peaks(hills(TOPS, (1.0, 3.0, 2.0)), 4, 0.5)
    assert places == pytest.approx(TOPS[[1, 2, 0]], abs=0.1)


def test_a_top_below_the_floor_is_left_out() -> None:
    _, places = peaks(hills(TOPS, (1.0, 3.0, 2.0)), 4, 1.5)
    assert len(places) == 2


def test_the_worse_of_two_near_tops_is_left_out() -> None:
    near = np.array([(20.0, 20.0), (26.0, 20.0), (32.0, 20.0)])
    _, places = peaks(hills(near, (3.0, 2.0, 1.0)), 8, 0.5)
    assert places == pytest.approx(near[[0, 2]], abs=0.5)


def test_a_top_at_the_border_is_found() -> None:
    cells, _ = peaks(hills(np.array([(0.0, 59.0)]), (1.0,)), 4, 0.5)
    assert cells.tolist() == [[59, 0]]


def test_a_map_below_the_floor_has_no_peaks() -> None:
    cells, places = peaks(torch.full((9, 9), -5.0), 4, -1)
    assert cells.shape == places.shape == (0, 2)
