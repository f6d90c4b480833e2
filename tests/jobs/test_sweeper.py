"""What workers do besides their jobs."""

import os
import subprocess
from pathlib import Path

from picking.server.worker import worker
from tests.e2e.shell import Shell
from tests.jobs.test_draining import QUEUE, ROOT, SETTINGS, begun

SENT_JUST_NOW = """
from datetime import timedelta
from django.utils import timezone
from picking.models import Job
Job.objects.update(sent_at=timezone.now() + timedelta(seconds=50))
"""
"""So late that nothing else sends the jobs again while the test lasts."""


def test_a_worker_that_reaches_the_broker_has_the_jobs_sent_whose_messages_are_lost(tmp_path: Path) -> None:
    data = tmp_path / "data"
    environment = {**os.environ, **SETTINGS, "CRYOWEB_DATA": str(data)}
    shell = Shell(ROOT, environment)
    jobs = sorted(map(int, shell.run(QUEUE).split()))
    shell.run(SENT_JUST_NOW)
    shell.close()
    for message in (data / "broker").glob("*.msg"):
        message.unlink()
    command = [*worker("fresh", "export"), "--include", "tests.jobs.slow_work"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    assert begun(process, data) in jobs
    process.kill()
    process.wait()
