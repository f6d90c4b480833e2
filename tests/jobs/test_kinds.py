"""Each kind of job has its work, and a worker that takes it: in a queue without one it would wait forever."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from cryoweb.celery import app
from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project
from picking.jobs.kinds import WORK, queues_by_worker
from picking.management.commands.serve import processes
from picking.models import Job
from tests.people import People

SETTINGS_PAGE = Path(__file__).parents[2] / "docs" / "settings.md"

pytestmark = pytest.mark.django_db(transaction=True)


def emptied_queues() -> list[str]:
    """Those that a process of `make run` takes jobs from."""
    workers = [command for command in processes().values() if "-Q" in command]
    return [queue for command in workers for queue in command[command.index("-Q") + 1].split(",")]


@pytest.mark.parametrize("kind", Job.Kind)
def test_a_job_of_each_kind_goes_to_a_worker_that_does_its_work(
    kind: Job.Kind, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(app, "send_task", lambda name, arguments, queue: sent.append((name, arguments, queue)))
    with locked_project(people.project.pk) as project:
        job = jobs.queue_job(project, people.owner, kind)
    [(name, arguments, queue)] = sent
    assert queue in emptied_queues()
    assert name.rpartition(".")[0] in app.conf.imports
    ran: list[int] = []
    monkeypatch.setattr(import_module(WORK[kind].module), "run", lambda claimed, job: ran.append(claimed.job_id))
    app.tasks[name](*arguments)
    assert ran == [job.pk]


def test_no_queue_is_emptied_by_two_workers() -> None:
    assert sorted(emptied_queues()) == sorted(Job.Kind)


@pytest.mark.parametrize("queues", queues_by_worker().values(), ids=queues_by_worker())
def test_the_settings_page_tells_of_every_queue_of_a_worker(queues: list[str]) -> None:
    assert f"-Q {','.join(queues)} " in SETTINGS_PAGE.read_text().replace("\n", " ")
