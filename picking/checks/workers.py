"""Whether somebody takes the jobs."""

from datetime import timedelta

from django.utils import timezone

from picking.checks.check import Check, Found, ok, problem
from picking.jobs.kinds import queues_by_worker
from picking.models import Job

TAKEN_WITHIN = timedelta(minutes=3)
"""A job that waits longer, while its worker runs nothing else, has no worker."""
START_THEM = "Start the workers (docs/settings.md, “More than one machine”); their log says why they ended."

MEND_FIRST = "Mend what is wrong with the database and its migrations first."


def _workers() -> Found:
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
    if not gone:
        return ok()
    return problem(f"jobs are waiting, and there is no sign of the {' and the '.join(gone)}", START_THEM)


WORKERS = (Check("workers", _workers, MEND_FIRST),)
