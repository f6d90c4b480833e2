"""`make bench`: prints the figures of docs/benchmarks.md. Nothing here is asserted: machines differ."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.averages import averages, judged_averages
from tests.bench.files import export
from tests.bench.installation import installation
from tests.bench.networks import (
    ablation,
    accuracy,
    border,
    carries_over,
    diameter,
    going_on,
    no_labels,
    perturbed,
    picking,
)
from tests.bench.page import (
    drawing,
    gallery,
    judging,
    labels,
    long_history,
    memory,
    opening,
    start,
    switching,
    thresholds,
    tiles,
)
from tests.bench.peers import eman2, topaz
from tests.bench.server import big, queue_overhead, together, two_workers

SERVER = {
    "start": start,
    "tiles": tiles,
    "labels": labels,
    "drawing": drawing,
    "gallery": gallery,
    "opening": opening,
    "history": long_history,
    "thresholds": thresholds,
    "judging": judging,
    "switching": switching,
    "memory": memory,
}
ALONE = {
    "accuracy": accuracy,
    "going_on": going_on,
    "picking": picking,
    "averages": averages,
    "judged_averages": judged_averages,
    "border": border,
    "carries_over": carries_over,
    "diameter": diameter,
    "no_labels": no_labels,
    "perturbed": perturbed,
    "export": export,
    "together": together,
    "big": big,
    "queue": queue_overhead,
    "two_workers": two_workers,
}
ASKED_FOR = {"ablation": ablation, "topaz": topaz, "eman2": eman2}


def main() -> None:
    """Runs the parts named on the command line, or all but those that are only run where asked for."""
    wanted = sys.argv[1:] or [*SERVER, *ALONE]
    if unknown := set(wanted) - {*SERVER, *ALONE, *ASKED_FOR}:
        sys.exit(f"There is no part {', '.join(unknown)}. Choose of {', '.join([*SERVER, *ALONE, *ASKED_FOR])}.")
    measured = [part for name, part in SERVER.items() if name in wanted]
    if measured:
        with (
            tempfile.TemporaryDirectory() as folder,
            sync_playwright() as playwright,
            installation(Path(folder), playwright) as installed,
        ):
            for part in measured:
                part.run(installed)
    for name, part in (ALONE | ASKED_FOR).items():
        if name in wanted:
            part.run()


if __name__ == "__main__":
    main()
