from pathlib import Path

import pytest

from picking.science.simulate import Simulation
from tests.bench.networks.simulated_set import SimulatedSet


@pytest.fixture(scope="package")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four small simulated micrographs as PNG: 0 and 2 are the pool, 1 and 3 the test."""
    folder = tmp_path_factory.mktemp("data") / "set"
    simulation = Simulation(
        width=640, height=512, pixel_size=5, diameter=160, particles=60, contrast=0.06, ice_crystals=4
    )
    SimulatedSet(simulation, "PNG", pool=2, test=2).write(folder)
    return folder
