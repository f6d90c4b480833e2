"""Processes that start, restart and stop together."""

import sys
import threading
import time
from pathlib import Path

import pytest

from picking.server.supervise import Supervisor

# Writes its process id into a file, and waits to be stopped.
WAITING = (
    "import os, pathlib, sys, time; f = open(sys.argv[1], 'a'); f.write(f'{os.getpid()}\\n'); f.close(); time.sleep(60)"
)


def wait_for_lines(file: Path, number: int) -> list[int]:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        lines = file.read_text().split() if file.exists() else []
        if len(lines) >= number:
            return [int(line) for line in lines]
        time.sleep(0.05)
    raise AssertionError(f"{file} has fewer than {number} lines")


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc, which is Linux's")
def test_what_dies_is_started_again_and_all_stop_together(tmp_path: Path) -> None:
    files = [tmp_path / "one", tmp_path / "two"]
    died: list[int] = []
    supervisor = Supervisor({file.name: [sys.executable, "-c", WAITING, str(file)] for file in files}, died.append)
    supervisor.start()
    watching = threading.Thread(target=supervisor.watch)
    watching.start()
    (first,), (other,) = (wait_for_lines(file, 1) for file in files)
    supervisor.running["one"].kill()
    again = wait_for_lines(files[0], 2)[-1]
    assert again != first
    supervisor.ask_to_stop()
    watching.join(10)
    supervisor.stop()
    assert not any(alive(pid) for pid in (again, other))
    assert died == [first]
