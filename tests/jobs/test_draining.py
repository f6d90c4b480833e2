"""A worker that is asked to end takes no more jobs, and ends the one it is at or hands it back."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from picking.server.worker import worker
from tests.e2e.shell import Shell

ROOT = Path(__file__).parent.parent.parent
SETTINGS = {"DJANGO_SETTINGS_MODULE": "cryoweb.settings", "CRYOWEB_DRAIN_SECONDS": "3", "CRYOWEB_FIRST_GUESS": "0"}

QUEUE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from picking.actions.locked_project import locked_project
from picking.actions.projects.projects import create_project
from picking.actions.jobs.jobs import queue_job
from picking.models import Job, User
project = create_project(User.objects.create_user("anna"), "Drained")
with locked_project(project.pk) as project:
    print(*(queue_job(project, None, Job.Kind.EXPORT).pk for _ in range(2)))
"""
STATES = """
from picking.models import Job
print(*Job.objects.order_by("pk").values_list("status", flat=True))
"""
CLAIM = """
from picking.actions.jobs.jobs import claim
from picking.models import Job
claimed = claim({job}, "another")
print(claimed.fence, Job.objects.get(pk={job}).first_fence)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, **SETTINGS, "CRYOWEB_DATA": str(tmp_path / "data")}


@pytest.fixture
def shell(environment: dict[str, str]) -> Iterator[Shell]:
    shell = Shell(ROOT, environment)
    yield shell
    shell.close()


def begun(process: subprocess.Popen[bytes], folder: Path) -> int:
    """The number of the job that a worker has begun."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if found := list(folder.glob("begun-*")):
            return int(found[0].name.partition("-")[2])
        time.sleep(0.05)
    raise AssertionError("the worker has begun nothing")


def test_a_job_that_ends_in_time_is_finished_another_is_handed_back_and_none_is_begun(
    shell: Shell, environment: dict[str, str], tmp_path: Path
) -> None:
    jobs = sorted(map(int, shell.run(QUEUE).split()))
    command = [*worker("drained", "export"), "--include", "tests.jobs.slow_work"]
    data = tmp_path / "data"

    first = subprocess.Popen(command, cwd=ROOT, env=environment)
    finished = begun(first, data)
    first.terminate()
    (data / "go").touch()
    assert first.wait(20) == 0
    states = dict(zip(jobs, shell.run(STATES).split(), strict=True))
    (other,) = {*jobs} - {finished}
    assert (states[finished], states[other]) == ("finished", "queued")

    for name in ("go", f"begun-{finished}"):
        (data / name).unlink()
    second = subprocess.Popen(command, cwd=ROOT, env=environment)
    assert begun(second, data) == other
    asked = time.monotonic()
    second.terminate()
    assert second.wait(20) == 0
    assert time.monotonic() - asked < 15  # three seconds, and what a busy machine adds
    assert dict(zip(jobs, shell.run(STATES).split(), strict=True))[other] == "queued"
    assert shell.run(CLAIM.format(job=other)).split() == ["2", "1"]  # handing it back was no failed attempt


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash, which is not installed")
def test_the_script_for_slurm_passes_its_signal_on_and_ends_as_the_worker_does(tmp_path: Path) -> None:
    program = "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
    home = tmp_path / "home"
    (home / ".venv" / "bin").mkdir(parents=True)
    (home / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (home / "manage.py").write_text(f"{program}open('ready', 'w').close()\ntime.sleep(60)\n")
    (tmp_path / "env").write_text("CRYOWEB_HTTPS=1\n")
    values = {**os.environ, "CRYOWEB_HOME": str(home), "CRYOWEB_ENV": str(tmp_path / "env")}
    script = subprocess.Popen(["bash", ROOT / "deploy" / "slurm" / "gpu-workers.sh"], env=values)
    until = time.monotonic() + 30
    while not (home / "ready").exists():
        assert time.monotonic() < until and script.poll() is None
        time.sleep(0.05)
    script.terminate()
    assert script.wait(20) == 7
