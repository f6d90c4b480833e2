from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from picking.science.benchmark import read_dataset
from picking.science.imaging.read import read_micrograph
from picking.science.simulate import Simulation, simulate_micrograph
from tests.bench.networks.simulated_set import Format, SimulatedSet, write_micrograph

SMALL = Simulation(width=320, height=256, pixel_size=5, diameter=160, particles=12, carbon=True, ice_crystals=2)


@pytest.mark.parametrize("kind", get_args(Format))
def test_every_format_reads_back_as_it_was_simulated(kind: Format, tmp_path: Path) -> None:
    pixels = simulate_micrograph(SMALL, 0).pixels
    (tmp_path / "set").mkdir()
    write_micrograph(tmp_path / "set" / "one", pixels, 5, kind)
    (written,) = (tmp_path / "set").iterdir()
    read = read_micrograph(written).pixels
    assert np.corrcoef(read.ravel(), pixels.ravel())[0, 1] > 0.99


def test_pool_and_test_take_turns_and_all_carry_their_truth(tmp_path: Path) -> None:
    SimulatedSet(SMALL, "MRC 2", pool=3, test=2).write(tmp_path / "set")
    data = read_dataset(tmp_path / "set")
    assert (data.pool, data.test) == (["0", "2", "4"], ["1", "3"])
    assert set(data.particles) == set("01234")
    assert data.diameter_px == 32


def test_some_micrographs_of_a_set_have_carbon(tmp_path: Path) -> None:
    SimulatedSet(SMALL, "MRC 2", pool=3, test=2).write(tmp_path / "set")
    marks = {name: len(places) for name, places in read_dataset(tmp_path / "set").contamination.items()}
    assert min(marks["2"], marks["3"]) > max(marks["0"], marks["1"], marks["4"])
