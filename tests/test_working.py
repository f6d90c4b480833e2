import tempfile
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from picking import room, working
from picking.models import Job
from tests.full_disk import system_error
from tests.people import People


def health() -> tuple[int, str]:
    answer = Client().get("/health")
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db
def test_a_server_that_works_is_ok() -> None:
    assert health() == (200, "ok")


@pytest.mark.django_db
def test_too_little_room_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "free_bytes", lambda: 3 * 1024**2)
    assert health() == (503, "data folder: only 3 MiB free")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "said"),
    [(system_error(), "the disk is full"), (PermissionError("/secret/place"), "not writable")],
)
def test_a_data_folder_that_takes_nothing_is_said_without_its_path(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def refuse(**named: Any) -> None:
        raise error

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    assert health() == (503, f"data folder: {said}")


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_said_and_nothing_else_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def cursor() -> None:
        raise ConnectionRefusedError("postgres://user:password@host")

    monkeypatch.setattr(working, "connection", SimpleNamespace(cursor=cursor))
    assert health() == (503, "database: not reached (ConnectionRefusedError)")


@pytest.mark.django_db
def test_live_updates_that_do_not_go_out_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*given: Any) -> None:
        raise ConnectionError("redis://host")

    monkeypatch.setattr(working, "get_channel_layer", lambda: SimpleNamespace(group_send=refuse))
    assert health() == (503, "live updates: not reached (ConnectionError)")


LONG_AGO = timedelta(minutes=10)
Status = Job.Status


@pytest.mark.parametrize(
    ("waiting", "running", "said"),
    [
        ("import", None, "workers: jobs are waiting, and there is no sign of the importer"),
        ("train", None, "workers: jobs are waiting, and there is no sign of the trainer"),
        ("import", "pick", "workers: jobs are waiting, and there is no sign of the importer"),
        ("train", "pick", "ok"),
        ("import", "import", "ok"),
    ],
)
def test_a_worker_that_takes_no_jobs_is_missed(people: People, waiting: str, running: str | None, said: str) -> None:
    now = timezone.now()
    job = Job.objects.create(project=people.project, kind=waiting)
    assert health()[1] == "ok"
    Job.objects.filter(pk=job.pk).update(created_at=now - LONG_AGO)
    if running:
        Job.objects.create(
            project=people.project, kind=running, status=Status.RUNNING, lease_until=now + timedelta(seconds=9)
        )
    assert health()[1] == said


@pytest.mark.parametrize("kind", Job.Kind)
def test_a_job_of_any_kind_that_no_worker_takes_is_noticed(people: People, kind: Job.Kind) -> None:
    job = Job.objects.create(project=people.project, kind=kind)
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - LONG_AGO)
    assert health()[0] == 503


def test_a_worker_that_fell_silent_is_missed(people: People) -> None:
    lease = timezone.now() - LONG_AGO
    Job.objects.create(project=people.project, kind="pick", status=Status.RUNNING, lease_until=lease)
    assert health() == (503, "workers: jobs are waiting, and there is no sign of the trainer")
