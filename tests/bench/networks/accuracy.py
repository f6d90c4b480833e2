"""How good and how fast the networks are on real micrographs, where they are at hand, by the number of labels."""

from typing import Any, get_args

from picking.science.benchmark import Draw, run_benchmark, table
from tests.bench.tables import Cell, print_table
from tests.e2e.server import ROOT

REAL_DATA = ROOT.parent / "shared" / "data" / "empiar-10017"
LABELS = (10, 20, 100, None)
"""Of each kind; None is every label of the pool, the networks' ceiling."""
CEILING_SEEDS = 1
DRAWN = 20


def run(seeds: int = 5) -> None:
    print("\nThe networks on real micrographs")
    if not REAL_DATA.is_dir():
        print(f"  left out: {REAL_DATA} is not here")
        return
    rows = []
    for labels in LABELS:
        figures = run_benchmark(REAL_DATA, labels, CEILING_SEEDS if labels is None else seeds)
        print(table(figures), flush=True)
        rows.append(row(figures))
    print("\nBoth networks by the number of labels")
    print_table(
        ["labels", "AP", "best F1", "its spread", "at defaults", "F1 alone", "on contamination alone", "both"], rows
    )
    by_draw(seeds)


def by_draw(seeds: int) -> None:
    """Both networks by how the labels were drawn (draws.py). Verdicts are always the same: seeds start the networks."""
    print(f"\nBoth networks by how {DRAWN} labels of each kind are drawn")
    rows: list[list[Cell]] = []
    for draw in get_args(Draw):
        both = run_benchmark(REAL_DATA, DRAWN, seeds, draw=draw)["both"]
        defaults = both["F1_at_defaults"]
        rows.append([draw, both["AP"]["median"], both["best_F1"]["median"], defaults["median"], defaults["min"]])
    print_table(["", "AP", "best F1", "at defaults", "least at defaults"], rows)


def row(figures: dict[str, Any]) -> list[Cell]:
    """The medians of run_benchmark(), and the spread of F1 over the seeds."""
    alone, both = figures["particle_only"], figures["both"]
    return [
        figures["labels"],
        both["AP"]["median"],
        both["best_F1"]["median"],
        both["best_F1"]["max"] - both["best_F1"]["min"],
        both["F1_at_defaults"]["median"],
        alone["best_F1"]["median"],
        round(alone["picks_on_contamination"]["median"]),
        round(both["picks_on_contamination"]["median"]),
    ]
