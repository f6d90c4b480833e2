"""Simulated micrographs with known truth, for the demo project, the tests, the benchmarks and `make pretrain`."""

from picking.science.simulate.micrograph import SimulatedMicrograph, simulate_micrograph
from picking.science.simulate.settings import Simulation

__all__ = ["SimulatedMicrograph", "Simulation", "simulate_micrograph"]
