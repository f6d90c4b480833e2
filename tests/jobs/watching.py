"""A watched folder as the sweeper and the workers leave it."""

from django.utils import timezone

from picking.jobs import watch
from picking.jobs.tasks import run_job
from picking.models import Job, WatchedFolder
from picking.queries.projects.watched import watched_wire
from picking.wire import WatchedWire


def scan(times: int = 1) -> int:
    """As the sweeper does it, however short ago the last was; returns how many imports were queued."""
    queued = 0
    for _ in range(times):
        WatchedFolder.objects.update(scan_at=timezone.now())
        queued += watch.scan_due()
    return queued


def run_imports() -> None:
    for job in Job.objects.filter(kind=Job.Kind.IMPORT, status=Job.Status.QUEUED):
        run_job(job.pk)


def now(watched: WatchedFolder) -> WatchedWire:
    watched.refresh_from_db()
    return watched_wire(watched)


def counts(watched: WatchedFolder) -> tuple[int, int, int, int]:
    """Found, imported, growing, refused."""
    wire = now(watched)
    return wire["found"], wire["imported"], wire["growing"], wire["refused"]
