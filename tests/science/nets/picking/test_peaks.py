import numpy as np
import pytest
import torch

from picking.science.nets.picking.peaks import peaks, suppress

PEAKS = np.array([(20.3, 30.0), (50.0, 10.6), (52.0, 40.0)])


def hills(places: np.ndarray, heights: tuple[float, ...]) -> torch.Tensor:
    rows, columns = np.mgrid[:60, :70]
    hill = [h * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / 8) for (x, y), h in zip(places, heights, strict=True)]
    return torch.from_numpy(np.sum(hill, axis=0).astype(np.float32))


def test_peaks_are_found_best_first_to_a_fraction_of_a_cell() -> None:
    _, places, heights = peaks(hills(PEAKS, (1.0, 3.0, 2.0)))
    assert places[:3].numpy() == pytest.approx(PEAKS[[1, 2, 0]], abs=0.1)
    assert heights[:3].tolist() == pytest.approx([3, 2, 1], abs=0.2)


def test_a_cell_that_a_neighbour_exceeds_is_no_peak() -> None:
    _, _, heights = peaks(hills(PEAKS, (1.0, 3.0, 2.0)))
    assert (heights > 0.1).sum() == 3


def test_a_peak_at_the_border_is_found() -> None:
    cells, _, _ = peaks(hills(np.array([(0.0, 59.0)]), (1.0,)))
    assert cells[0].tolist() == [59, 0]


def test_the_number_of_peaks_depends_on_the_size_of_the_map_alone() -> None:
    hilly, flat = peaks(hills(PEAKS, (1.0, 3.0, 2.0))), peaks(torch.zeros(60, 70))
    assert len(hilly[2]) == len(flat[2]) == 525


def test_the_worse_of_two_near_places_is_left_out_and_what_only_that_was_near_stays() -> None:
    assert suppress(np.array([(20.0, 20.0), (26.0, 20.0), (32.0, 20.0)]), 8).tolist() == [0, 2]


def test_of_a_crowd_those_stay_that_would_if_one_looked_at_one_after_the_other() -> None:
    places = np.random.default_rng(0).uniform(0, 100, (300, 2))
    kept: list[int] = []
    for number, place in enumerate(places):
        if all(np.hypot(*(place - places[better])) > 8 for better in kept):
            kept.append(number)
    assert suppress(places, 8).tolist() == kept


def test_of_no_places_none_is_left() -> None:
    assert suppress(np.zeros((0, 2)), 4).tolist() == []
