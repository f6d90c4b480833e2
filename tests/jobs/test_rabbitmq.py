"""Jobs by RabbitMQ in the place of Redis or files: the broker carries numbers, and nothing else depends on it."""

import os
import subprocess
from pathlib import Path

import kombu
import pytest

from picking.server.worker import worker
from tests.e2e.shell import Shell
from tests.jobs.test_draining import QUEUE, ROOT, SETTINGS, STATES, begun

RABBITMQ = os.environ.get("CRYOWEB_TEST_RABBITMQ", "amqp://guest:guest@127.0.0.1:5672//")


def missing() -> str:
    """Why RabbitMQ cannot be tried here; empty when it can."""
    try:
        with kombu.Connection(RABBITMQ, connect_timeout=2) as broker:
            broker.connect()
            kombu.Queue("export", channel=broker.default_channel).delete()  # what an interrupted run left
    except OSError:
        return f"needs a RabbitMQ server at {RABBITMQ} (CRYOWEB_TEST_RABBITMQ names another)"
    return ""


@pytest.mark.skipif(bool(missing()), reason=missing() or "never")
def test_jobs_come_by_rabbitmq_and_are_handed_back_to_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    environment = {**os.environ, **SETTINGS, "CRYOWEB_DATA": str(data), "CRYOWEB_BROKER_URL": RABBITMQ}
    command = [*worker("rabbit", "export"), "--include", "tests.jobs.slow_work"]
    shell = Shell(ROOT, environment)
    jobs = sorted(map(int, shell.run(QUEUE).split()))

    first = subprocess.Popen(command, cwd=ROOT, env=environment)
    handed_back = begun(first, data)
    first.terminate()
    assert first.wait(60) == 0
    assert shell.run(STATES).split() == ["queued", "queued"]

    (data / f"begun-{handed_back}").unlink()
    (data / "go").touch()
    second = subprocess.Popen(command, cwd=ROOT, env=environment)
    while len(list(data.glob("begun-*"))) < len(jobs):
        assert second.poll() is None
    second.terminate()
    assert second.wait(60) == 0
    assert shell.run(STATES).split() == ["finished", "finished"]
    shell.close()
