"""The whole program, started as a user starts it, for tests that need it real."""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.shell import Shell

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "let me in, please"
START_WITHIN_SECONDS = 180
PEOPLE = ("anna", "ben", "eve")
BRIEF = {"DJANGO_SETTINGS_MODULE": "tests.e2e.settings", "CRYOWEB_TORCH_THREADS": "1"}
"""Settings of a server whose trainings end soon and leave a core to the browser."""

GIVE_UP_VALIDATIONS = """
from picking.actions.jobs.jobs import stop_all
from picking.actions.locked_project import locked_project
from picking.models import Job, Project
for pk in Project.objects.values_list("pk", flat=True):
    with locked_project(pk) as project:
        stop_all(project, Job.Kind.VALIDATE)
"""


@dataclass
class Server:
    """`manage.py serve` in a data folder of its own. Projects begin without a first guess, unless `settings` say so.

    `first`: a database to start with, which spares the migrations.
    """

    data: Path
    port: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    first: Path | None = None
    process: subprocess.Popen[str] | None = None
    shell: Shell | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {"CRYOWEB_DATA": str(self.data), "PORT": str(self.port), "HOST": "127.0.0.1"}
        own["CRYOWEB_FIRST_GUESS"] = "0"
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "cryoweb.settings", **own, **self.settings}

    def start(self, *options: str) -> str:
        """Starts it and returns the sign-in link that it prints."""
        self.port = self.port or free_port()
        self.prepare()
        command = [sys.executable, "manage.py", "serve", *options]
        log = (self.data.parent / f"{self.data.name}.log").open("a")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
        assert self.process.stdout is not None
        until = time.monotonic() + START_WITHIN_SECONDS
        for line in self.process.stdout:
            if link := re.search(r"http\S+/signin/\S+", line):
                return link[0]
            assert time.monotonic() < until
        raise AssertionError(f"the server did not start: see {log.name}")

    def prepare(self) -> None:
        """Puts the first database into its data folder, unless one is there."""
        if self.first and not self.database.exists():
            self.data.mkdir(exist_ok=True)
            shutil.copy(self.first, self.database)

    @property
    def database(self) -> Path:
        return self.data / "cryoweb.sqlite3"

    def stop(self) -> int:
        """Ctrl-C; returns the exit status."""
        if self.shell:
            self.shell.close()
            self.shell = None
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def kill(self) -> None:
        """Ends all of its processes at once: nobody needs it or its data any more, and `stop` takes seconds."""
        if self.shell:
            self.shell.close()
            self.shell = None
        assert self.process is not None
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        for pid in (self.process.pid, *map(int, found.stdout.split())):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def manage(self, *words: str) -> str:
        """Runs a management command against the server's data."""
        return self.run(f"from django.core.management import call_command\ncall_command(*{words!r})")

    def run(self, program: str) -> str:
        """Runs lines of Python on the server's data, and returns what they print."""
        self.shell = self.shell or Shell(ROOT, self.environment)
        return self.shell.run(program)

    def give_up_validations(self) -> None:
        """Ends those that no test waits for: they keep a core busy as long as a training does."""
        self.run(GIVE_UP_VALIDATIONS)

    def add_people(self, *names: str) -> None:
        """Accounts with the password PASSWORD."""
        lines = [f"User.objects.create_user({name!r}, password={PASSWORD!r})" for name in names]
        self.run("from picking.models import User\n" + "\n".join(lines))

    def child(self, words: str) -> int:
        """The process id of the child whose command line has these words, once it runs."""
        assert self.process is not None
        until = time.monotonic() + 20
        while time.monotonic() < until:
            found = subprocess.run(
                ["pgrep", "-P", str(self.process.pid), "-f", words], capture_output=True, text=True, check=False
            )
            if found.stdout.strip():
                return int(found.stdout.split()[0])
            time.sleep(0.1)
        raise AssertionError(f"no child process with {words!r}")


def free_port() -> int:
    """One below those that the kernel gives to connections, which may come between choosing a port and using it."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
