"""What the operations page shows."""

import platform
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from picking.models import DiskUse, Job, Process, User
from picking.queries.server.server import Queue, heard, processes, queues
from picking.version import number

MOST_FAILED = 50
MOST_RUNNING = 100
MOST_PROJECTS = 50


@dataclass(frozen=True)
class SeenProcess:
    """`silent`: it has not said lately that it lives. `other_version`: than this process."""

    row: Process
    silent: bool
    other_version: bool


@dataclass(frozen=True)
class SeenQueues:
    """Those with jobs that wait or run, and the names of the others."""

    busy: list[Queue]
    empty: list[str]


@dataclass(frozen=True)
class SignedIn:
    """`windows`: with a project open now. `last`: when the person last asked for something."""

    username: str
    windows: int
    last: datetime | None


@dataclass(frozen=True)
class Disk:
    """Bytes of the disk of CRYOWEB_DATA."""

    free: int
    total: int


def seen_processes() -> list[SeenProcess]:
    return [SeenProcess(each, not heard(each), each.version != number()) for each in processes()]


def seen_queues() -> SeenQueues:
    found = queues()
    busy = [each for each in found if each.waiting or each.running]
    return SeenQueues(busy, [each.kind for each in found if each not in busy])


def running_jobs() -> list[Job]:
    running = Job.objects.filter(status=Job.Status.RUNNING).select_related("project", "created_by")
    return list(running.defer("losses").order_by("started_at")[:MOST_RUNNING])


def failed_jobs() -> list[Job]:
    """Of projects that are there, those whose failure nobody has taken off the list; the newest first."""
    failed = Job.objects.filter(status=Job.Status.FAILED, dismissed=False, project__deleted_at=None)
    return list(failed.select_related("project", "created_by").defer("losses").order_by("-pk")[:MOST_FAILED])


def disk() -> Disk:
    found = shutil.disk_usage(settings.CRYOWEB_DATA)
    return Disk(found.free, found.total)


def largest_projects() -> list[DiskUse]:
    """As last measured."""
    measured = DiskUse.objects.filter(size__isnull=False).select_related("project")
    return list(measured.order_by("-size")[:MOST_PROJECTS])


def signed_in() -> list[SignedIn]:
    """People with a session that has not ended; those with windows open first. Guests of links are not people."""
    holding = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    sessions = UserSession.objects.filter(session_key__in=holding, user__is_active=True)
    seen = dict(sessions.order_by().values_list("user").annotate(seen=Max("last_seen_at")))
    windows: Counter[int] = Counter()
    for process in processes():
        if heard(process):
            windows += Counter({int(user): count for user, count in process.people.items()})
    users = User.objects.filter(pk__in={*seen, *windows}).order_by("username")
    people = [SignedIn(user.username, windows[user.pk], seen.get(user.pk)) for user in users]
    return sorted(people, key=lambda each: -each.windows)


def versions() -> dict[str, str]:
    """Of CryoWeb and of what it stands on."""
    packages = {name: version(name) for name in ("django", "celery", "torch")}
    return {"cryoweb": number(), "python": platform.python_version(), **packages, "database": _database()}


def _database() -> str:
    names = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
    found = ".".join(str(part) for part in connection.get_database_version())
    return f"{names.get(connection.vendor, connection.vendor)} {found}"
