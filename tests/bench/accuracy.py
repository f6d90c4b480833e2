"""How good and how fast the networks are on real micrographs, where they are at hand."""

import subprocess
import sys

from tests.e2e.server import ROOT

REAL_DATA = ROOT.parent / "shared" / "data" / "empiar-10017"


def run() -> None:
    print("\nThe networks on real micrographs")
    if not REAL_DATA.is_dir():
        print(f"  left out: {REAL_DATA} is not here")
        return
    subprocess.run([sys.executable, "manage.py", "benchmark", str(REAL_DATA)], cwd=ROOT, check=True)
