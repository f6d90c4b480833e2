"""What recipes are compared on: simulated sets of many kinds, a label pool of real micrographs, and the pool spoilt.

The pool's own micrographs are scored, of whose particles the labels are 0.7 %: nothing here sees a test micrograph.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from picking.science.benchmark import Dataset, read_dataset
from tests.bench.accuracy import REAL_DATA
from tests.bench.carries_over import DENSE, SPARSE, simulated
from tests.bench.perturbed import CHANGES, Change
from tests.bench.simulated_set import SimulatedSet

SMALL, WIDE = (1024, 1024), (1440, 1024)
WEAK = simulated(160, 1.5, SMALL, DENSE, "MRC 1", specimen=6)
SETS = {
    "sparse, elongated": simulated(80, 3.0, SMALL, SPARSE, "MRC 1", aspect=2, specimen=2),
    "sparse, bright, carbon": simulated(100, 2.0, WIDE, SPARSE, "MRC 1", dark=False, carbon=True, specimen=3),
    "dense": simulated(120, 1.5, SMALL, DENSE, "MRC 1", specimen=4),
    "dense, bright, elongated": simulated(160, 2.0, SMALL, DENSE, "MRC 1", aspect=2, dark=False, specimen=6),
    "weak": replace(WEAK, simulation=replace(WEAK.simulation, contrast=0.6 * WEAK.simulation.contrast)),
    "touching": simulated(160, 2.0, SMALL, 1.0, "MRC 1", specimen=7),
}
SPOILT = ("particle labels 0.15 diameters off", "one pixel in 1,000 hot", "a frame of zeros")


@dataclass(frozen=True)
class Ground:
    """data: simulated, or None for the pool; changed as perturbed.py says. seed: of the draw of labels."""

    name: str
    data: SimulatedSet | None = None
    change: Change = CHANGES["as they are"]
    seed: int = 0

    def dataset(self, folder: Path) -> Dataset:
        """Read the data set, after simulating it in `folder` where there is one to simulate and it is not there."""
        if self.data is None:
            real = read_dataset(REAL_DATA)
            return replace(real, test=real.pool)
        if not folder.exists():
            self.data.write(folder)
        return read_dataset(folder)


def grounds(seeds: int) -> list[Ground]:
    """The pool with so many draws of labels, where it is at hand; each simulated set and spoilt pool with one."""
    pool = [Ground(f"pool, draw {seed}", seed=seed) for seed in range(seeds)]
    spoilt = [Ground(name, change=CHANGES[name]) for name in SPOILT]
    return (pool + spoilt) * REAL_DATA.is_dir() + [Ground(name, data) for name, data in SETS.items()]
