"""What a worker is called in the jobs that it claims, and whether it is certain that it has ended.

Certain is what the kernel says that the worker ran on: of a process of this boot of this machine, in our space of
process numbers (Linux's pid namespace; containers have one each). Of all others nothing is known.
"""

import hashlib
import os
import socket
from functools import cache
from pathlib import Path

PROCESSES = Path("/proc")
ENDED = ("Z", "X")
"""States of a process (proc(5)) that does no more and waits for its parent to take note."""


def owner_of(pid: int) -> str:
    """Of a worker here."""
    return f"{_here()}:{pid}"


def has_ended(owner: str) -> bool:
    """Whether a worker has ended for certain. A number that was given to another process meanwhile tells nothing."""
    here, _, pid = owner.rpartition(":")
    return "/" in here and here == _here() and not _lives(int(pid))


@cache
def _here() -> str:
    """The machine, and where the kernel says so, a mark of this boot and of our process numbers."""
    try:
        boot = (PROCESSES / "sys/kernel/random/boot_id").read_bytes()
        numbers = bytes((PROCESSES / "self/ns/pid").readlink())
    except OSError:
        return socket.gethostname()  # not Linux
    return f"{socket.gethostname()}/{hashlib.sha256(boot + numbers).hexdigest()[:12]}"


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)  # sends nothing
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's
    try:
        return _state((PROCESSES / str(pid) / "stat").read_text()) not in ENDED
    except OSError:
        return True  # it may be hidden from us


def _state(stat: str) -> str:
    """Of /proc/PID/stat: what follows the name, which stands in parentheses and may have some itself."""
    return stat.rpartition(")")[2].split()[0]
