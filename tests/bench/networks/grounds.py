"""What recipes are compared on: simulated sets of many kinds, a label pool of real micrographs, and the pool spoilt.

The pool's own micrographs are scored, of whose particles the labels are 0.7 %: nothing here sees a test micrograph.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from picking.science.benchmark import Dataset, read_dataset
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.networks.carries_over import DENSE, SPARSE, simulated
from tests.bench.networks.perturbed import CHANGES, Change
from tests.bench.networks.simulated_set import SimulatedSet

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
    """data: simulated, or None for the pool; changed as perturbed.py says. draw: of the labels."""

    kind: str
    data: SimulatedSet | None = None
    change: Change = CHANGES["undamaged"]
    draw: int = 0

    @property
    def name(self) -> str:
        return f"{self.kind}, draw {self.draw}" if self.draw else self.kind

    def dataset(self, kept: Path) -> Dataset:
        """Read the data set; one that is simulated is written into the folder `kept` before where it is not there."""
        if self.data is None:
            real = read_dataset(REAL_DATA)
            return replace(real, test=real.pool)
        folder = kept / self.kind
        if not folder.exists():
            self.data.write(folder)
        return read_dataset(folder)


def grounds(draws: int) -> list[Ground]:
    """The pool, where it is at hand, and each simulated set with so many draws of labels; each spoilt pool with one."""
    real = [Ground("pool")] * REAL_DATA.is_dir()
    plain = [*real, *(Ground(kind, data) for kind, data in SETS.items())]
    spoilt = [Ground(kind, change=CHANGES[kind]) for kind in SPOILT] * REAL_DATA.is_dir()
    return [replace(ground, draw=draw) for draw in range(draws) for ground in plain] + spoilt
