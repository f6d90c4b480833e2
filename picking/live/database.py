"""The database, for sockets: threads of this process that keep their connections.

Channels' own `database_sync_to_async` closes a connection after each call, because the requests of an asynchronous
server may not keep theirs (CONN_MAX_AGE in Django's documentation of asynchronous support). With PostgreSQL,
connecting costs more than most of what is asked here.
"""

from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")

WRITERS = 4 if connection.vendor == "postgresql" else 1
"""Changes of one project come one after another; while one waits for that of another process, those of other projects
go on. SQLite has one writer at a time."""
_reading = ThreadPoolExecutor(1, "live-reading")
_writing = ThreadPoolExecutor(WRITERS, "live-writing")


def reading(ask: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """`ask`, to be awaited. It does not wait behind changes, which may wait for those of other processes."""
    return sync_to_async(_connected(ask), thread_sensitive=False, executor=_reading)


def writing(change: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """`change`, to be awaited."""
    return sync_to_async(_connected(change), thread_sensitive=False, executor=_writing)


def _connected(work: Callable[P, T]) -> Callable[P, T]:
    """A connection that broke is closed, so that the next call opens another, also where the work caught the error."""

    @wraps(work)
    def connected(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        finally:
            if connection.errors_occurred:
                connection.close()

    return connected
