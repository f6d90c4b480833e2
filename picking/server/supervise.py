"""Starts processes together, restarts the ones that die, stops them together."""

import ctypes
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType

log = logging.getLogger(__name__)
STOP_WITHIN_SECONDS = 10
RESTART_AFTER_SECONDS = 1
LOOK_EVERY_SECONDS = 0.2
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Supervisor:
    """Keeps one process running for each name. SIGINT and SIGTERM end `watch`.

    `died`: is called with the id of a process that ended by itself, once another is started in its place.
    """

    def __init__(self, commands: Mapping[str, list[str]], died: Callable[[int], None] = lambda _: None) -> None:
        self._commands, self._died = commands, died
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def start(self) -> None:
        """Starts all of them."""
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self.ask_to_stop)
        for name in self._commands:
            self._start(name)

    def watch(self) -> None:
        """Restarts what dies, until asked to stop."""
        while not self._stopping:
            for name, process in list(self.running.items()):
                if process.poll() is not None and not self._stopping:
                    log.error("%s ended with %s; starting it again", name, process.returncode)
                    time.sleep(RESTART_AFTER_SECONDS)
                    self._start(name)
                    self._died(process.pid)
            time.sleep(LOOK_EVERY_SECONDS)

    def stop(self) -> None:
        """Asks all to end, and kills those that have not after a while. A running job is resumed at the next start."""
        for process in self.running.values():
            process.terminate()
        until = time.monotonic() + STOP_WITHIN_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, name: str) -> None:
        # A session of their own: Ctrl-C in the terminal is for us, and we stop them in order.
        self.running[name] = subprocess.Popen(  # noqa: S603 - our own commands
            self._commands[name],
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - this process has no threads
        )

    def ask_to_stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Ends `watch` at its next check; also the signal handler."""
        self._stopping = True


def _die_with_parent() -> None:
    """On Linux the kernel ends a process when its parent is gone, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
