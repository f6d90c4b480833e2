"""Connections to PostgreSQL that a web process keeps from one request to the next.

A request runs in a thread of its own, whose connection ends with it: CONN_MAX_AGE keeps nothing in an asynchronous
server, and Django's documentation of asynchronous support asks for a pool instead. To connect costs PostgreSQL more
than most of what is asked then.
"""

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.utils import ConnectionHandler

POSTGRESQL = "django.db.backends.postgresql"
AT_LEAST, AT_MOST = 2, 20
"""Connections of a process. PostgreSQL takes 100 in all, unless told otherwise."""
WAIT_SECONDS = 5
"""For one of them. After that the database counts as away (picking/server/outage.py)."""


def keep_connections(handler: ConnectionHandler = connections) -> None:
    """From now on. Before one is used again it is tried, so that those from before an outage harm nobody."""
    for database in handler.settings.values():
        if database["ENGINE"] == POSTGRESQL:
            database["OPTIONS"]["pool"] = {"min_size": AT_LEAST, "max_size": AT_MOST, "timeout": WAIT_SECONDS}
            database["CONN_HEALTH_CHECKS"] = True


def end_connections(handler: ConnectionHandler = connections) -> None:
    """When the process ends."""
    for connection in handler.all():
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
