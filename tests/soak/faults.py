"""What is done to a running installation, one after another, at moments of chance."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from picking.actions.jobs.owners import has_ended, owner_of
from tests.e2e.server import Server
from tests.soak.engines import Postgres, Redis

DIES_WITHIN_SECONDS = 1.0


@dataclass
class Target:
    """All that can be mistreated."""

    server: Server
    postgres: Postgres | None
    redis: Redis | None
    chance: random.Random

    def processes(self, words: str) -> list[int]:
        """The server's children whose command line has these words."""
        assert self.server.process is not None
        command = ["pgrep", "-P", str(self.server.process.pid), "-f", words]
        return [
            int(line) for line in subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
        ]


def kill(words: str) -> Callable[[Target], None]:
    def act(target: Target) -> None:
        killed = target.processes(words)
        for pid in killed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + DIES_WITHIN_SECONDS
        while time.monotonic() < until and not all(has_ended(owner_of(pid)) for pid in killed):
            time.sleep(0.01)

    return act


def pause(words: str) -> Callable[[Target], None]:
    """Most are short; some longer than a lease, so that another worker takes the job over meanwhile."""

    def act(target: Target) -> None:
        paused = target.processes(words)
        for pid in paused:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        time.sleep(18 if target.chance.random() < 0.2 else target.chance.uniform(0.5, 3))
        for pid in paused:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    return act


def stop_postgres(target: Target) -> None:
    assert target.postgres
    target.postgres.stop()
    time.sleep(target.chance.uniform(0.1, 2))
    target.postgres.start()


def stop_redis(target: Target) -> None:
    assert target.redis
    target.redis.stop()
    time.sleep(target.chance.uniform(0.1, 2))
    target.redis.start()


def kill_everything(target: Target) -> None:
    """As when the machine is switched off, but for the database."""
    assert target.server.process is not None
    mine = [target.server.process.pid, *target.processes("")]
    for pid in mine:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    target.server.process.wait()
    target.server.start("--no-demo")


FAULTS: dict[str, tuple[Callable[[Target], None], int]] = {
    "kill web": (kill("uvicorn"), 4),
    "kill importer": (kill("importer@"), 4),
    "kill trainer": (kill("trainer@"), 4),
    "pause importer": (pause("importer@"), 2),
    "pause trainer": (pause("trainer@"), 2),
    "stop PostgreSQL": (stop_postgres, 3),
    "stop Redis": (stop_redis, 3),
    "kill everything": (kill_everything, 1),
}
"""What is done, and how often compared with the others."""
