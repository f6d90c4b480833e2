"""Connections that are kept from one request to the next."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import dj_database_url
import psycopg
import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from picking.server import pool
from picking.server.outage import says_away
from tests import postgres

needs_postgres = pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or "never")


@pytest.fixture
def handler(django_db_blocker: Any) -> Iterator[ConnectionHandler]:
    with django_db_blocker.unblock(), postgres.empty_database() as address:
        kept = ConnectionHandler({"default": {**dj_database_url.parse(address)}})
        pool.keep_connections(kept)
        first: Any = kept["default"]
        first.pool.open(wait=True)
        yield kept
        pool.end_connections(kept)


def backend(handler: ConnectionHandler) -> int:
    """The process of PostgreSQL that answers a thread which ends then."""

    def ask() -> Any:
        connection = handler["default"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (found,) = cursor.fetchone()
        connection.close()
        return found

    with ThreadPoolExecutor(1) as thread:
        return int(thread.submit(ask).result())


@needs_postgres
def test_threads_after_one_another_use_connections_that_were_there(handler: ConnectionHandler) -> None:
    assert len({backend(handler) for _ in range(10)}) <= pool.AT_LEAST


@needs_postgres
def test_a_connection_that_ended_meanwhile_is_not_used_again(handler: ConnectionHandler) -> None:
    ended = {backend(handler) for _ in range(10)}
    with psycopg.connect(f"{postgres.POSTGRES}/postgres", autocommit=True) as admin:
        for each in ended:
            admin.execute("SELECT pg_terminate_backend(%s, 5000)", [each])
    assert not ended & {backend(handler) for _ in range(10)}


@needs_postgres
def test_where_none_is_free_in_time_the_database_is_away(handler: ConnectionHandler) -> None:
    handler.settings["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 0.1}
    first: Any = handler["default"]
    first.close_pool()
    first.ensure_connection()
    with pytest.raises(OperationalError) as caught:
        backend(handler)
    assert says_away(caught.value)
    first.close()


def test_sqlite_is_left_alone() -> None:
    one = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
    pool.keep_connections(one)
    assert "pool" not in one.settings["default"]["OPTIONS"]
