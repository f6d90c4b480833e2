"""The processes of the server: each says that it lives, and what it has counted is kept when it ends."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from picking.models import Process
from picking.server.metrics import added, packed, unpacked

GONE_AFTER = timedelta(minutes=10)
"""A process that has said nothing for so long is taken for ended. Until then the operations page shows it as silent."""
ENDED = uuid.UUID(int=0)
"""The row that adds up what ended processes have counted."""


@dataclass(frozen=True)
class Pulse:
    """What a process says of itself."""

    role: Process.Role
    name: str
    host: str
    pid: int
    version: str
    started_at: datetime
    queues: list[str]
    devices: list[Any]
    sockets: int
    people: dict[int, int]
    counts: bytes


def enter(key: uuid.UUID, pulse: Pulse) -> None:
    """A process that is not known yet."""
    Process.objects.create(key=key, heard_at=timezone.now(), **asdict(pulse))


def note_alive(key: uuid.UUID, pulse: Pulse) -> bool:
    """False where the process was taken for ended: what it counted until then is in the sum already."""
    return Process.objects.filter(key=key).update(heard_at=timezone.now(), **asdict(pulse)) > 0


def leave(key: uuid.UUID) -> None:
    """A process ends in order."""
    _end([key])


def clear_silent_processes() -> int:
    """Adds up what processes counted that fell silent, and returns how many."""
    silent = Process.objects.exclude(pk=ENDED).filter(heard_at__lt=timezone.now() - GONE_AFTER)
    return _end(list(silent.values_list("pk", flat=True)))


@transaction.atomic
def _end(keys: list[uuid.UUID]) -> int:
    """Under the lock of the sum: of two that end the same process, one finds it."""
    if not keys:
        return 0
    now = timezone.now()
    fresh = {"role": Process.Role.ENDED, "name": "ended", "started_at": now, "heard_at": now}
    Process.objects.get_or_create(pk=ENDED, defaults=fresh)
    total = Process.objects.select_for_update().get(pk=ENDED)
    ended = list(Process.objects.select_for_update().filter(pk__in=keys))
    total.counts = packed(added([unpacked(bytes(each.counts)) for each in (total, *ended)]))
    total.heard_at = now
    total.save()
    Process.objects.filter(pk__in=[each.pk for each in ended]).delete()
    return len(ended)
