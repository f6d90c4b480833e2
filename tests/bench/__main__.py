"""`make bench`: prints the figures of docs/benchmarks.md. Nothing here is asserted: machines differ."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench import accuracy, drawing, gallery, labels, start, tiles
from tests.bench.installation import installation

PARTS = {"start": start, "tiles": tiles, "labels": labels, "drawing": drawing, "gallery": gallery, "accuracy": accuracy}


def main() -> None:
    """Runs the parts named on the command line, or all."""
    wanted = sys.argv[1:] or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"There is no part {', '.join(unknown)}. Choose of {', '.join(PARTS)}.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        with installation(Path(folder), playwright) as installed:
            for name in wanted:
                if name != "accuracy":
                    PARTS[name].run(installed)
        if "accuracy" in wanted:
            accuracy.run()


if __name__ == "__main__":
    main()
