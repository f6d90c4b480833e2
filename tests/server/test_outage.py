"""A database that is away is told from mistakes of ours: jobs are not failed for it, and people are told."""

from datetime import timedelta
from threading import Event
from types import SimpleNamespace

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.utils import timezone

from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project
from picking.jobs import import_micrograph, in_vain, tasks
from picking.jobs.tasks import run_job
from picking.models import Job
from picking.problems import problem_of
from picking.server.outage import says_away
from tests.people import People


def raised(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


GONE = raised(OperationalError("the connection is closed"), psycopg.OperationalError("the connection is closed"))
AWAY = [
    GONE,
    raised(OperationalError("shut down"), psycopg.errors.AdminShutdown("terminating connection")),
    raised(OperationalError("starting"), psycopg.errors.CannotConnectNow("the database system is starting up")),
    raised(InterfaceError("closed"), psycopg.InterfaceError("connection already closed")),
    raised(ValueError("while handling"), GONE),
]
NOT_AWAY = [
    ValueError("other"),
    OperationalError("database is locked"),
    raised(OperationalError("full"), psycopg.errors.DiskFull("could not extend file")),
    raised(ProgrammingError("column"), psycopg.errors.UndefinedColumn("no such column")),
]


@pytest.mark.parametrize("error", AWAY, ids=str)
def test_a_database_that_is_away_is_said(error: Exception) -> None:
    why = problem_of(error)
    assert says_away(error)
    assert why is not None
    assert (why["status"], "Nothing is lost" in why["detail"]) == (503, True)


@pytest.mark.parametrize("error", NOT_AWAY, ids=str)
def test_other_errors_are_something_else(error: Exception) -> None:
    assert not says_away(error)


def gone(*given: object, **named: object) -> None:
    raise GONE


@pytest.fixture
def job(people: People, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(tasks, "AWAY_SECONDS", 0.0)
    monkeypatch.setattr(in_vain, "_taken", Event())
    monkeypatch.setattr(in_vain, "_left", set())
    with locked_project(people.project.pk) as project:
        return jobs.queue_job(project, people.owner, Job.Kind.IMPORT, name="a.mrc", source="/nowhere/a.mrc")


@pytest.mark.django_db(transaction=True)
def test_a_job_does_not_fail_for_it(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_micrograph, "run", gone)
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.error) == (Job.Status.RUNNING, "")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which jobs the broker was told of."""
    sent: list[int] = []
    broker = SimpleNamespace(send_task=lambda name, args, queue: sent.extend(args))
    monkeypatch.setattr(jobs, "current_app", broker)
    return sent


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_message_was_taken_in_vain_is_sent_again_once_the_database_answers(
    job: Job, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setattr(jobs, "claim", gone)
        run_job(job.pk)
        away.setattr(jobs, "send_all_again", gone)
        assert in_vain.send_again() == 0
    assert (in_vain.send_again(), sent) == (1, [job.pk])
    assert in_vain.send_again() == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_begun_is_handed_back_once_the_database_answers(
    job: Job, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_micrograph, "run", gone)
    run_job(job.pk)
    assert in_vain.send_again() == 1
    assert set(sent) == {job.pk}
    job.refresh_from_db()
    assert (job.status, job.first_fence) == (Job.Status.QUEUED, job.fence)


@pytest.mark.django_db(transaction=True)
def test_a_job_that_another_worker_has_taken_meanwhile_stays_with_it(
    job: Job, sent: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_micrograph, "run", gone)
    run_job(job.pk)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.claim(job.pk, "another") is not None
    assert (in_vain.send_again(), sent) == (0, [])
