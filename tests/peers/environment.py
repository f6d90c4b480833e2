"""The other programs, each called in a process of its own: `make peers` sets their environment up."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.server import ROOT

PEERS = ROOT / ".venv-peers"
PYTHON = PEERS / "bin" / "python"

needs_peers = pytest.mark.skipif(
    not (PEERS / ".topaz").is_file(), reason="the other programs are not installed: `make peers` does that"
)
needs_relion = pytest.mark.skipif(
    not shutil.which("relion_preprocess"), reason="RELION is not installed: `apt install relion` on Debian"
)


def answer(script: str, *arguments: object) -> Any:
    """What a script of the peers' Python prints as JSON; `sys` and `json` are imported."""
    return json.loads(run(PYTHON, "-c", "import json, sys\n" + script, *arguments))


def run(*command: object, folder: Path | None = None) -> str:
    """The output of a command. Fails with what it complained of."""
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
