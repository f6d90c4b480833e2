"""Which program took how much of the processor, by Linux's own count: user and system seconds."""

import os
import sys
from collections import defaultdict
from pathlib import Path

import psycopg
import redis

from tests.e2e.servers import REDIS
from tests.postgres import POSTGRES

TICKS = os.sysconf("SC_CLK_TCK")
PROGRAMS = {"uvicorn": "web process", "celery": "workers", "worker": "workers"}
"""Words of a command line -> what it is called here. Web processes are counted each."""
MACHINE = "machine"
OTHERS = "other programs, and the kernel for itself"


def spent() -> dict[str, float]:
    """Seconds until now: of this process, of what it started, and of the database and Redis where they are local.

    Nothing where the system is not Linux.
    """
    if sys.platform != "linux":
        return {}
    found: dict[str, float] = defaultdict(float)
    found["people (this program)"] = _seconds(os.getpid(), ended=False)
    web = 0
    for pid in _below(os.getpid()):
        words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        name = next((name for word, name in PROGRAMS.items() if word in words), "other processes of the server")
        if name == "web process":
            web += 1
            name = f"{name} {web}"
        found[name] += _seconds(pid)
    user, nice, system, _, _, interrupts, soft, stolen, *_ = map(int, _first_line("/proc/stat").split()[1:])
    found[MACHINE] = (user + nice + system + interrupts + soft + stolen) / TICKS
    return found | _engines()


def _first_line(path: str) -> str:
    return Path(path).read_text().split("\n", 1)[0]


def cores(before: dict[str, float], seconds: float) -> dict[str, float]:
    """How many cores each was busy on since `before`, in the mean of so many seconds, and all else on this machine."""
    busy = {name: (now - before.get(name, 0.0)) / seconds for name, now in spent().items()}
    if not busy:
        return {}
    whole = busy.pop(MACHINE)
    return busy | {OTHERS: max(0.0, whole - sum(busy.values()))}


def _engines() -> dict[str, float]:
    try:
        with psycopg.connect(f"{POSTGRES}/postgres") as connection:
            server = int(_stat(connection.info.backend_pid)[1])
            times = redis.Redis.from_url(REDIS).info("cpu")
            of_redis = times["used_cpu_user"] + times["used_cpu_sys"]
            return {"PostgreSQL": _seconds(server) + sum(map(_seconds, _below(server))), "Redis": of_redis}
    except (psycopg.Error, redis.RedisError, OSError):  # not there, or on another machine
        return {}


def _below(pid: int) -> list[int]:
    """Children and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_below(int(child))]
    return found


def _seconds(pid: int, ended: bool = True) -> float:
    """Of a process, and of those children of its that have ended."""
    own = _stat(pid)[11 : 15 if ended else 13]
    return sum(map(int, own)) / TICKS


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, …; user, system, the same of ended children are 11 to 14."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
