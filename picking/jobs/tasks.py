"""The one Celery task. Its message is a job's id; all else stands in the job's row."""

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from celery import shared_task
from django.db import DatabaseError, connection

from picking.actions import jobs
from picking.jobs.refusal import CannotDo
from picking.models import Job

log = logging.getLogger(__name__)
RENEW_EVERY_SECONDS = 4
# By name, and imported when needed: the web process, which sends jobs, then never loads torch.
WORK = {
    Job.Kind.IMPORT: "picking.jobs.import_micrograph",
    Job.Kind.TRAIN: "picking.jobs.train",
    Job.Kind.PICK: "picking.jobs.pick",
    Job.Kind.VALIDATE: "picking.jobs.validate",
}


@shared_task
def run_job(job_id: int) -> None:
    """Runs a job if it can be claimed. Whatever goes wrong ends in its row, with a sentence for people."""
    claimed = jobs.claim(job_id, owner=f"{socket.gethostname()}:{os.getpid()}")
    if claimed is None:
        return
    job = Job.objects.get(pk=job_id)
    log.debug("%s job %s of project %s: started", job.kind, job.pk, job.project_id)
    try:
        with lease_kept(claimed):
            _run(claimed, job)
    except jobs.LostClaim:
        log.warning("%s job %s: another worker has it now", job.kind, job.pk)


def _run(claimed: jobs.Claim, job: Job) -> None:
    try:
        import_module(WORK[Job.Kind(job.kind)]).run(claimed, job)
    except jobs.LostClaim:
        raise
    except jobs.Cancelled:
        jobs.end_cancelled(claimed)
    except CannotDo as reason:
        jobs.fail(claimed, str(reason))
    except Exception as error:
        log.exception("%s job %s failed", job.kind, job.pk)
        jobs.fail(claimed, f"Something went wrong: {error}. The server's log has the details.")


@contextmanager
def lease_kept(claimed: jobs.Claim) -> Iterator[None]:
    """Renews the lease from a thread of its own, so that long computations do not lose their job."""
    done = threading.Event()

    def keep() -> None:
        while not done.wait(RENEW_EVERY_SECONDS):
            try:
                jobs.renew(claimed)
            except (jobs.LostClaim, jobs.Cancelled):
                break  # the work itself finds out at its next report
            except DatabaseError:
                log.exception("job %s: its lease could not be renewed; trying again", claimed.job_id)
            finally:
                connection.close()

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
