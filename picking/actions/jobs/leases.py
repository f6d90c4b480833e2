"""Which workers have gone, told without the time of day (docs/decisions/0093-leases.md).

A worker renews its lease every few seconds. Here somebody watches whether it still does, by a clock that only counts
on: whatever anybody's clock is set to, a worker that renews keeps its job, and one that does not loses it. Nobody
waits for the lease of a worker of this machine whose process has ended (docs/decisions/0098-recovery.md).
"""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from picking.actions.jobs.owners import has_ended
from picking.models import Job

LEASE = timedelta(seconds=12)
"""A worker that renewed nothing for as long has gone. They renew four times as often (jobs/tasks.py)."""

Held = tuple[int, datetime | None]
"""The fence of a running job, and until when it was last held: both change with each claim and renewal."""


class Watch:
    """What one process saw of the running jobs."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[int, tuple[Held, float]] = {}
        self._looking = threading.Lock()

    def lost(self) -> list[int]:
        """Jobs whose worker has ended on this machine, or whose lease nobody renewed while this watched for as long as
        a lease; they can be claimed from now on.

        Each is told once, and again where nobody claims it for as long as a lease.
        """
        with self._looking:
            now = self._clock()
            running = list(Job.objects.filter(status=Job.Status.RUNNING).only("fence", "lease_until", "owner"))
            held: dict[int, Held] = {job.pk: (job.fence, job.lease_until) for job in running}
            before = self._seen
            self._seen = {
                pk: before[pk] if pk in before and before[pk][0] == each else (each, now) for pk, each in held.items()
            }
            still = {pk for pk, (_, since) in self._seen.items() if now - since >= LEASE.total_seconds()}
            gone = [job.pk for job in running if job.pk in still or has_ended(job.owner)]
            return [pk for pk in gone if self._end(pk, held[pk])]

    def _end(self, pk: int, held: Held) -> bool:
        """Whether the lease is over: it was not renewed at the last moment. Nobody owns the job then."""
        fence, until = held
        same = Job.objects.filter(pk=pk, status=Job.Status.RUNNING, fence=fence, lease_until=until)
        over = timezone.now() - timedelta(seconds=1)
        self._seen[pk] = ((fence, over), self._clock())
        return bool(same.update(lease_until=over, owner=""))


watch = Watch()
"""Of this process."""
