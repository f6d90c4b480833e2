"""What works on the server: quick checks, for monitoring. Nothing here reveals a path or an address."""

import os
import tempfile
from collections.abc import Callable
from datetime import timedelta

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection
from django.utils import timezone

from picking import room
from picking.jobs.kinds import queues_by_worker
from picking.models import Job

TAKEN_WITHIN = timedelta(minutes=3)
"""A job that waits longer, while its worker runs nothing else, has no worker."""


def troubles() -> list[str]:
    """What does not work, a line each; empty where all does."""
    looks: dict[str, Callable[[], str]] = {
        "database": _database, "data folder": _data_folder, "live updates": _live, "workers": _workers
    }  # fmt: skip
    found = [(name, _said(look)) for name, look in looks.items()]
    return [f"{name}: {said}" for name, said in found if said]


def _said(look: Callable[[], str]) -> str:
    try:
        return look()
    except Exception as error:
        return "the disk is full" if room.says_full(error) else f"not reached ({type(error).__name__})"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _data_folder() -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.CRYOWEB_DATA) as file:
            file.write(b"room")
            file.flush()
            os.fsync(file.fileno())
    except PermissionError:
        return "not writable"
    except FileNotFoundError:
        return "missing"
    free = room.free_bytes()
    return "" if free >= room.LEAST_BYTES else f"only {room.said(free)} free"


def _live() -> str:
    layer = get_channel_layer()
    assert layer is not None
    async_to_sync(layer.group_send)("health", {"type": "health"})
    return ""


def _workers() -> str:
    """Recognised from the jobs: those that nobody takes, and those whose worker fell silent."""
    now = timezone.now()
    waiting = Job.objects.filter(status=Job.Status.QUEUED, created_at__lt=now - TAKEN_WITHIN)
    working = Job.objects.filter(status=Job.Status.RUNNING, lease_until__gte=now)
    silent = Job.objects.filter(status=Job.Status.RUNNING, lease_until__lt=now - TAKEN_WITHIN)
    gone = [
        name
        for name, kinds in sorted(queues_by_worker().items())
        if silent.filter(kind__in=kinds).exists()
        or (waiting.filter(kind__in=kinds).exists() and not working.filter(kind__in=kinds).exists())
    ]
    return f"jobs are waiting, and there is no sign of the {' and the '.join(gone)}" if gone else ""
