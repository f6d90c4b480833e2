"""A PostgreSQL and a Redis of our own, which may be mistreated. Only where their programs are installed."""

import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import redis

from tests.e2e.server import free_port


def missing() -> str:
    """Why they cannot be started here; empty when they can."""
    if not _postgres_programs():
        return "needs PostgreSQL's programs (initdb, pg_ctl)"
    if shutil.which("redis-server") is None:
        return "needs redis-server"
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        return "needs runuser: PostgreSQL does not run as root"
    return ""


def _postgres_programs() -> Path | None:
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *(Path(each) for each in os.get_exec_path())]
    return next((place for place in sorted(places, reverse=True) if (place / "initdb").exists()), None)


class Postgres:
    """In a folder of its own; it keeps what it has committed, however it ends."""

    def __init__(self, folder: Path) -> None:
        programs = _postgres_programs()
        assert programs is not None
        self._programs, self._port, self._folder = programs, free_port(), folder / "postgres"
        self._folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        self._run(
            "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-D", str(self._folder / "data")
        )

    @property
    def address(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self._port}/postgres"

    def start(self) -> None:
        how = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-o", how, "-l", log, "-w", "-t", "120", "start")

    def stop(self) -> None:
        """At once, as when the machine loses its power."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *words: str) -> None:
        other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*other, str(self._programs / program), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self._folder)


class Redis:
    """It keeps nothing when it ends."""

    def __init__(self, folder: Path) -> None:
        self._port, self._folder = free_port(), folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        keep_nothing = ["--save", "", "--appendonly", "no", "--dir", str(self._folder), "--bind", "127.0.0.1"]
        command = ["redis-server", "--port", str(self._port), *keep_nothing]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        for _ in range(600):
            with suppress(redis.RedisError):
                redis.Redis.from_url(self.address).ping()
                return
            time.sleep(0.05)
        raise AssertionError("Redis does not answer")

    def stop(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
