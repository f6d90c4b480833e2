import tempfile
from types import SimpleNamespace
from typing import Any

import pytest
from celery import current_app
from django.test import Client

from picking import room
from picking.checks import ready
from tests.full_disk import system_error


def health(path: str = "/health") -> tuple[int, str]:
    answer = Client().get(path)
    return answer.status_code, answer.content.decode()


@pytest.mark.django_db
def test_a_server_that_works_is_ok() -> None:
    assert health() == (200, "ok")
    lines = ["database: ok", "migrations: ok", "broker: ok", "live updates: ok", "data folder: ok"]
    assert health("/readyz") == (200, "".join(f"{line}\n" for line in lines))


def test_a_process_lives_without_its_database() -> None:
    assert health("/healthz") == (200, "ok\n")  # no database in this test: a query would fail


@pytest.mark.django_db
def test_a_database_of_an_older_release_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "_on_disk", lambda: frozenset({("picking", "9999_newer")}))
    status, said = health("/readyz")
    assert (status, said.splitlines()[1]) == (503, "migrations: 1 not applied")


@pytest.mark.django_db
def test_a_broker_that_does_not_answer_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current_app.conf, "broker_url", "redis://:secret@127.0.0.1:1/0")
    status, said = health("/readyz")
    assert (status, said.splitlines()[2]) == (503, "broker: not reached (OperationalError)")
    assert "secret" not in said


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

    monkeypatch.setattr(ready, "connection", SimpleNamespace(cursor=cursor, alias="default"))
    status, said = health()
    assert (status, said.splitlines()[0]) == (503, "database: not reached (ConnectionRefusedError)")
    assert "password" not in said


@pytest.mark.django_db
def test_live_updates_that_do_not_go_out_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*given: Any) -> None:
        raise ConnectionError("redis://host")

    monkeypatch.setattr(ready, "get_channel_layer", lambda: SimpleNamespace(group_send=refuse))
    assert health() == (503, "live updates: not reached (ConnectionError)")
