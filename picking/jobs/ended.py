"""What is logged and counted of each job: its ids on every line; how long it took, and what came of it."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from structlog.contextvars import bound_contextvars

from picking.models import Job
from picking.server.metrics import JOB_SECONDS

log = logging.getLogger(__name__)
LOST = "lost"
"""The result of a job that another worker has now, or that is sent again."""


@contextmanager
def observed(job: Job) -> Iterator[None]:
    """Around the work on a job that was claimed."""
    begun = time.perf_counter()
    asked = {"request_id": job.request_id} if job.request_id else {}
    with bound_contextvars(**asked, job_id=job.pk, job_kind=job.kind, project=job.project_id):
        try:
            yield
        finally:
            seconds = time.perf_counter() - begun
            result = _result(job)
            JOB_SECONDS.labels(job.kind, result).observe(seconds)
            level = logging.WARNING if result == Job.Status.FAILED else logging.INFO
            log.log(level, "job ended", extra={"result": result, "seconds": round(seconds, 3)})


def _result(job: Job) -> str:
    """As the row says. A job that was deleted with its project was cancelled."""
    now = Job.objects.filter(pk=job.pk).values_list("status", "fence").first()
    if now is None:
        return Job.Status.CANCELLED
    status, fence = now
    return status if fence == job.fence and status != Job.Status.RUNNING else LOST
