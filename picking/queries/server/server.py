"""What the server does as a whole: its processes, its queues, and how much room there is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from picking.models import Job, Process
from picking.server.metrics import Counts, added, unpacked

HEARD_WITHIN = timedelta(seconds=60)
"""A process says every 15 s that it lives."""
Status = Job.Status


@dataclass(frozen=True)
class Queue:
    """The jobs of one kind. `oldest`: since when the one waits that has waited longest."""

    kind: str
    waiting: int
    running: int
    oldest: datetime | None

    @property
    def age(self) -> float:
        """Seconds that the oldest has waited; 0 where none waits."""
        return max(0.0, (timezone.now() - self.oldest).total_seconds()) if self.oldest else 0.0


def queues() -> list[Queue]:
    """Of every kind. One query, of what is queued or running alone: an index finds that."""
    waits, runs = Q(status=Status.QUEUED), Q(status=Status.RUNNING)
    active = Job.objects.filter(status__in=(Status.QUEUED, Status.RUNNING)).order_by().values("kind")
    counted = active.annotate(
        waiting=Count("pk", filter=waits), running=Count("pk", filter=runs), oldest=Min("created_at", filter=waits)
    )
    found = {row["kind"]: Queue(row["kind"], row["waiting"], row["running"], row["oldest"]) for row in counted}
    return [found.get(kind.value, Queue(kind.value, 0, 0, None)) for kind in Job.Kind]


def processes() -> list[Process]:
    """Those that live, and those that fell silent a while ago."""
    return list(Process.objects.exclude(role=Process.Role.ENDED).defer("counts"))


def heard(process: Process) -> bool:
    """Whether a process has said lately that it lives."""
    return timezone.now() - process.heard_at < HEARD_WITHIN


def counted() -> Counts:
    """What all processes have counted together, also those that ended."""
    return added([unpacked(bytes(data)) for data in Process.objects.values_list("counts", flat=True)])
