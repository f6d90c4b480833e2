"""Whether the networks carry over to other data: simulated sets of all kinds. `make bench PARTS=carries_over`."""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from picking.science.benchmark import read_dataset, run_benchmark
from picking.science.nets import Settings as NetSettings
from picking.science.simulate import Simulation
from tests.bench.networks.simulated_set import Format, SimulatedSet
from tests.bench.tables import Cell, print_table

DENSE, SPARSE = 0.5, 0.08  # particles an area of one squared diameter, where they fit
CONTRAST = 1.5
"""Contrast times diameter, Å: small and large particles are about as hard to see, and harder than the demo's."""
COLLAPSED = 0.5  # a best F1 below this
HEADER = (
    "Å", "Å/px", "pixels", "particles", "", "", "format", "seen as", "AP", "best F1", "at defaults", "F1 alone",
    "on contamination alone", "both", "of", "s to train", "s/micrograph", "",
)  # fmt: skip


def simulated(
    diameter: float,
    pixel_size: float,
    size: tuple[int, int],
    density: float,
    kind: Format,
    micrographs: tuple[int, int] = (3, 2),
    **more: Any,
) -> SimulatedSet:
    """size: width, height; micrographs: in the label pool, in the test; more: of Simulation."""
    particles = round(density * size[0] * size[1] * (pixel_size / diameter) ** 2)
    contrast = CONTRAST / diameter
    settings = Simulation(*size, pixel_size, diameter, particles=particles, contrast=contrast, **more)
    return SimulatedSet(settings, kind, *micrographs)


SETS = (
    simulated(80, 0.6, (4096, 4096), DENSE, "MRC 1", specimen=1),
    simulated(80, 3.0, (2048, 2048), SPARSE, "MRC 12", aspect=2, specimen=2),
    simulated(100, 1.0, (5760, 4092), SPARSE, "MRC 6", (2, 1), dark=False, carbon=True, specimen=3),
    simulated(120, 1.5, (1024, 1024), DENSE, "TIFF 8", specimen=4),
    simulated(150, 2.0, (1440, 1024), DENSE, "MRC 2", aspect=3, specimen=5),
    simulated(160, 1.06, (3838, 3710), DENSE, "MRC 12", aspect=2, dark=False, specimen=6),
    simulated(200, 2.5, (2048, 2048), SPARSE, "TIFF 16", dark=False, carbon=True, specimen=7),
    simulated(250, 0.83, (4096, 4096), SPARSE, "MRC 0", aspect=2.5, specimen=8),
    simulated(300, 1.5, (2048, 2048), DENSE, "MRC 6", carbon=True, specimen=9),
    simulated(350, 3.0, (8192, 8192), DENSE, "MRC 1", (1, 1), specimen=10),
    simulated(400, 1.2, (5760, 4092), DENSE, "TIFF 16", (2, 1), aspect=3, dark=False, specimen=11),
    simulated(500, 1.0, (8192, 8192), SPARSE, "MRC 0", (1, 1), specimen=12),
)


def measure(data: SimulatedSet, labels: int, seeds: int, recipe: NetSettings | None = None) -> list[Cell]:
    """Write the set, run the protocol on it, and return its row of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "set"
        data.write(folder)
        written = read_dataset(folder)
        ny, nx = written.input(written.test[0]).pixels.shape
        return row(data, f"{nx} × {ny}", run_benchmark(folder, labels, seeds, settings=recipe))


def row(data: SimulatedSet, seen_as: str, figures: Mapping[str, Any]) -> list[Cell]:
    """The medians of run_benchmark() behind a description of the set."""
    alone, both = ({key: f["median"] for key, f in figures[kind].items()} for kind in ("particle_only", "both"))
    s = data.simulation
    return [
        f"{s.diameter:g}", f"{s.pixel_size:g}", f"{s.width} × {s.height}", s.particles,
        "dark" if s.dark else "bright", f"1:{s.aspect:g}", data.format, seen_as,
        both["AP"], both["best_F1"], both["F1_at_defaults"], alone["best_F1"],
        round(alone["picks_on_contamination"]), round(both["picks_on_contamination"]),
        round(both["contamination_points"]), round(both["train_seconds"]), both["seconds_per_micrograph"],
        "COLLAPSED" if both["best_F1"] < COLLAPSED else "",
    ]  # fmt: skip


def run(labels: int = 20, seeds: int = 1, only: list[int] | None = None) -> None:
    print(f"\nThe networks on simulated sets, {labels} labels of each kind, {seeds} seeds", flush=True)
    rows = []
    for number in only or range(len(SETS)):
        rows.append(measure(SETS[number], labels, seeds))
        print(f"  {number + 1} of {len(SETS)}", end="\r", file=sys.stderr)
    print_table(HEADER, rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="The few-label protocol on simulated sets.")
    parser.add_argument("--labels", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of sets, from 0")
    options = parser.parse_args()
    run(options.labels, options.seeds, options.only)
