"""What a web process needs to serve people: quick checks, for probes. Nothing here reveals a path or an address."""

import asyncio
import os
import tempfile
from functools import cache
from pathlib import Path

from asgiref.sync import async_to_sync
from celery import current_app
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from picking import room
from picking.checks.check import Check, Found, ok, problem

WITHIN_SECONDS = 2
"""The broker and the channel layer answer, or are not there."""
FREE_SOME = "Free some space on the disk of CRYOWEB_DATA, or move it to a larger one."
MAKE_WRITABLE = "Give the user that CryoWeb runs as write permission to the folder CRYOWEB_DATA."


def _database() -> Found:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ok()


def _migrations() -> Found:
    """Those of this release. A database that a newer release has migrated serves this one, too."""
    missing = _on_disk() - {*MigrationRecorder(connection).applied_migrations()}
    if not missing:
        return ok()
    return problem(f"{len(missing)} not applied", "Run python manage.py migrate.")


@cache
def _on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _broker() -> Found:
    """Jobs can be handed over: the server answers, or the folder of messages can be written to."""
    url = str(current_app.conf.broker_url)
    options = dict(current_app.conf.broker_transport_options)
    if url.startswith("redis"):
        options |= {"socket_connect_timeout": WITHIN_SECONDS, "socket_timeout": WITHIN_SECONDS}
    with current_app.connection_for_write(transport_options=options, connect_timeout=WITHIN_SECONDS) as broker:
        broker.ensure_connection(max_retries=1, timeout=WITHIN_SECONDS)
    if url.startswith("filesystem") and not os.access(Path(options["data_folder_out"]), os.W_OK | os.X_OK):
        return problem("its folder is not writable", MAKE_WRITABLE)
    return ok()


def _live() -> Found:
    layer = get_channel_layer()
    assert layer is not None

    async def send() -> None:
        async with asyncio.timeout(WITHIN_SECONDS):
            await layer.group_send("health", {"type": "health"})

    async_to_sync(send)()
    return ok()


def _data_folder() -> Found:
    try:
        with tempfile.TemporaryFile(dir=settings.CRYOWEB_DATA) as file:
            file.write(b"room")
            file.flush()
            os.fsync(file.fileno())
    except PermissionError:
        return problem("not writable", MAKE_WRITABLE)
    except FileNotFoundError:
        return problem("missing", "Mount the disk of CRYOWEB_DATA, or correct the setting.")
    free = room.free_bytes()
    return ok() if free >= room.LEAST_BYTES else problem(f"only {room.said(free)} free", FREE_SOME)


READY = (
    Check("database", _database, "Start the database, or correct CRYOWEB_DATABASE_URL."),
    Check("migrations", _migrations, "Start the database, or correct CRYOWEB_DATABASE_URL."),
    Check("broker", _broker, "Start the broker, or correct CRYOWEB_REDIS_URL (CRYOWEB_BROKER_URL, where that is set)."),
    Check("live updates", _live, "Start Redis, or correct CRYOWEB_REDIS_URL."),
    Check("data folder", _data_folder, FREE_SOME),
)
"""Where one fails, no request should be sent to this process."""
