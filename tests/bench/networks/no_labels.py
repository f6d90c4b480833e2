"""The networks that come with CryoWeb, without any label, and pretrained Topaz beside them where it is installed."""

import sys
import tempfile
from pathlib import Path

from picking.science.benchmark import make_networks, read_dataset, run_benchmark, table
from tests.bench.networks import carries_over
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.peers import topaz


def run(only: list[int] | None = None) -> None:
    """The real set, where it is at hand, and the simulated ones; only: numbers of these, from 0."""
    print("\nWithout labels")
    if REAL_DATA.is_dir():
        print(table(run_benchmark(REAL_DATA, 0)), flush=True)
        beside_topaz(REAL_DATA)
    else:
        print(f"  left out: {REAL_DATA} is not here")
    carries_over.run(labels=0, only=only)


def beside_topaz(folder: Path) -> None:
    """Both pick the same files in one run."""
    if not topaz.INSTALLED.is_file():
        print("  Topaz is not installed: `make bench-peers` does that.", file=sys.stderr)
        return
    data = read_dataset(folder)
    with tempfile.TemporaryDirectory() as name:
        files = topaz.as_mrc(data, Path(name))
        pool = {name: data.input(name) for name in data.pool}
        ours = topaz.pick_ours(data, files, make_networks(data, pool, 0, 0))
        topaz.compare({f"Topaz ({topaz.MODEL})": topaz.pick_topaz(data, files, Path(name)), "CryoWeb": ours})


if __name__ == "__main__":
    run()
