"""Work for workers of tests: of an export, as long as a file `go` is missing. Named to Celery by --include."""

import time
from pathlib import Path

from django.conf import settings

from picking.actions.jobs import jobs
from picking.jobs import kinds
from picking.models import Job

kinds.WORK[Job.Kind.EXPORT] = kinds.Work(__name__, kinds.IMPORTER)


def run(claimed: jobs.Claim, job: Job) -> None:
    """Says that it has begun, and goes on until it may end."""
    data = Path(settings.CRYOWEB_DATA)
    (data / f"begun-{job.pk}").touch()
    while not (data / "go").exists():
        time.sleep(0.05)
    with jobs.fenced(claimed) as (project, row):
        jobs.finish(project, row)
