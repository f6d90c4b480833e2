"""The suggested diameter beside the true one, on simulated sets and real ones. `make bench PARTS=diameter`."""

import time
from collections.abc import Iterator
from dataclasses import replace

from picking.science.benchmark import read_dataset
from picking.science.diameter import Suggestion, suggest_diameter
from picking.science.imaging.micrograph import Pixels
from picking.science.simulate import Simulation, simulate_micrograph
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.networks.carries_over import DENSE, SETS, SPARSE, simulated
from tests.bench.tables import Cell, print_table

DEFOCI = (10_000.0, 18_000.0, 27_000.0)  # Å
SMALL = (1400, 1400)
OTHERS = (
    *(simulated(d, d / 32, SMALL, DENSE, "MRC 1", specimen=20 + n) for n, d in enumerate((75, 135, 230, 420))),
    *(
        simulated(d, d / 32, SMALL, SPARSE, "MRC 1", aspect=a, specimen=30 + n)
        for n, (d, a) in enumerate(((110, 1.5), (180, 3.0), (320, 2.0)))
    ),
)
"""Sets with other diameters than those the networks are tried on."""
EMPTY = Simulation(*SMALL, particles=0, ice_crystals=10)
HEADER = ("true, Å", "", "", "pixels", "suggested, Å", "off", "certainty", "no particles", "s", "")

Micrographs = list[tuple[Pixels, float]]


def sets() -> Iterator[tuple[Simulation, Micrographs]]:
    """The simulated sets of carries_over.py, others, and one with no particles: three micrographs of each."""
    for settings in (*(each.simulation for each in (*SETS, *OTHERS)), EMPTY):
        exposed = (replace(settings, defocus=defocus) for defocus in DEFOCI)
        yield settings, [(simulate_micrograph(s, n).pixels, s.pixel_size) for n, s in enumerate(exposed)]


def run() -> None:
    print("\nThe particle diameter, suggested from three micrographs", flush=True)
    rows = [row(s.diameter if s.particles else None, s.dark, s.aspect, micrographs) for s, micrographs in sets()]
    if REAL_DATA.is_dir():
        real = read_dataset(REAL_DATA)
        for names in (real.pool[:3], real.pool[2:], *([name] for name in real.pool)):
            micrographs = [(real.pixels(name), real.pixel_size) for name in names]
            rows.append(row(real.diameter, True, None, micrographs))
    print_table(HEADER, rows)


def row(true: float | None, dark: bool, aspect: float | None, micrographs: Micrographs) -> list[Cell]:
    """aspect: None for real ones."""
    started = time.perf_counter()
    found = suggest_diameter(micrographs)
    seconds = time.perf_counter() - started
    ny, nx = micrographs[0][0].shape
    return [
        "none" if true is None else f"{true:g}",
        "dark" if dark else "bright",
        "real" if aspect is None else f"1:{aspect:g}",
        f"{len(micrographs)} × {nx} × {ny}",
        round(found.diameter) if found.sure else f"not sure ({found.diameter:.0f})",
        "" if true is None else f"{found.diameter / true - 1:+.0%}",
        round(found.certainty, 2), round(found.nothing, 2), round(seconds, 1),
        _verdict(found, true, dark),
    ]  # fmt: skip


def _verdict(found: Suggestion, true: float | None, dark: bool) -> str:
    if not found.sure:
        return ""
    if true is None or abs(found.diameter / true - 1) > 0.15:
        return "WRONG"
    return "" if found.dark == dark else "WRONG SIGN"


if __name__ == "__main__":
    run()
