"""The one Celery task. Its message is a job's id; everything else is in the job's row."""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import chain, repeat

from celery import shared_task
from django.db import DatabaseError, connection

from picking.actions import jobs
from picking.jobs.kinds import WORK
from picking.jobs.refusal import CannotDo
from picking.models import Job
from picking.room import says_full

log = logging.getLogger(__name__)
RENEW_EVERY_SECONDS = 4
TRY_AGAIN_SECONDS = (5, 10, 20, 40, 60)
"""Between attempts at a job that found the disk full; the last value repeats."""
WAITING_FOR_ROOM = "The server’s disk is full. This continues once there is space."


@shared_task
def run_job(job_id: int) -> None:
    """Runs a job if it can be claimed. Any failure is recorded in its row, as a sentence for people."""
    try:
        claimed = jobs.claim(job_id, owner=f"{socket.gethostname()}:{os.getpid()}")
        if claimed is None:
            return
        job = Job.objects.get(pk=job_id)
        log.debug("%s job %s of project %s: started", job.kind, job.pk, job.project_id)
        with lease_kept(claimed):
            _run_with_room(claimed, job)
    except jobs.LostClaim:
        log.warning("job %s: another worker has it now", job_id)
    except (DatabaseError, OSError) as error:
        if not says_full(error):
            raise
        log.warning("job %s: the disk is full; the job is sent again", job_id)


def _run_with_room(claimed: jobs.Claim, job: Job) -> None:
    """Starts again while the disk is full. The job stays claimed: other workers have no more space."""
    for pause in chain(TRY_AGAIN_SECONDS, repeat(TRY_AGAIN_SECONDS[-1])):
        try:
            _run(claimed, job)
            return
        except Exception as error:
            if not says_full(error):
                raise
            log.warning("%s job %s: the disk is full; trying again in %s s", job.kind, job.pk, pause)
        if not _wait_for_room(claimed, pause):
            return
        job.refresh_from_db()


def _wait_for_room(claimed: jobs.Claim, seconds: float) -> bool:
    """Says why the job waits, as far as that can be kept. False when somebody cancelled it meanwhile."""
    try:
        jobs.report_progress(claimed, 0, 0, WAITING_FOR_ROOM)
        time.sleep(seconds)
        jobs.renew(claimed)
    except jobs.Cancelled:
        jobs.end_cancelled(claimed)
        return False
    except DatabaseError as error:
        if not says_full(error):
            raise
        time.sleep(seconds)
    return True


def _run(claimed: jobs.Claim, job: Job) -> None:
    """Raises what says that the disk is full; all else ends the job."""
    try:
        import_module(WORK[Job.Kind(job.kind)].module).run(claimed, job)
    except jobs.LostClaim:
        raise
    except jobs.Cancelled:
        jobs.end_cancelled(claimed)
    except Exception as error:
        if says_full(error):
            raise
        if not isinstance(error, CannotDo):
            log.exception("%s job %s failed", job.kind, job.pk)
            error = CannotDo(f"Something went wrong: {error}. The server's log has the details.")
        jobs.fail(claimed, str(error))


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
            except DatabaseError as error:
                if not says_full(error):  # which the work itself finds out and says
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
