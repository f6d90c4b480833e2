"""A Python beside a server, on its data. It stays up: `manage.py shell` takes two seconds to start."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# Each line is a program as JSON; each answer what it printed, and what went wrong, or null.
LOOP = """
import contextlib, io, json, sys, traceback
import django
django.setup()
for line in sys.stdin:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):
            exec(json.loads(line), {})
        wrong = None
    except Exception:
        wrong = traceback.format_exc()
    print(json.dumps([said.getvalue(), wrong]), flush=True)
"""


class Shell:
    """Runs programs one after another, each with names of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", LOOP],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, program: str) -> str:
        """Returns what it printed, when it has ended; fails with its traceback."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(program) + "\n")
        self._process.stdin.flush()
        said, wrong = json.loads(self._process.stdout.readline())
        assert wrong is None, wrong
        return str(said)

    def close(self) -> None:
        self._process.communicate()
