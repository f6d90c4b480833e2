"""Run a job from the command line."""

import time

from picking.actions.jobs.jobs import ACTIVE
from picking.jobs.tasks import run_job
from picking.models import Job


def run_here(job: Job) -> Job:
    """Runs a job in this process, or waits for the worker that was quicker to claim it."""
    run_job(job.pk)
    job.refresh_from_db()
    while job.status in ACTIVE:
        time.sleep(0.2)
        run_job(job.pk)
        job.refresh_from_db()
    return job
