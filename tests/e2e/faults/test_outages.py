"""PostgreSQL and Redis that end in the middle of people's work, and come back: nothing is lost, and all goes on."""

import subprocess
import sys

import pytest

from tests.e2e.server import ROOT
from tests.soak.engines import missing


@pytest.mark.skipif(bool(missing()), reason=missing() or "never")
def test_nothing_acknowledged_is_lost_where_the_database_or_redis_ends_and_comes_back() -> None:
    only = ["--only", "stop PostgreSQL", "--only", "stop Redis"]
    command = [sys.executable, "-m", "tests.soak", "2", *only]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "injections 2" in done.stdout
