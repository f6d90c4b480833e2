"""The one Celery task. Its message is a job's id; everything else is in the job's row."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from itertools import chain, repeat

from celery import shared_task
from django.db import DatabaseError, Error, connection

from picking.actions.jobs import jobs
from picking.actions.jobs.owners import owner_of
from picking.jobs import in_vain
from picking.jobs.draining import asked_to_end, may_be_handed_back
from picking.jobs.ended import observed
from picking.jobs.kinds import WORK
from picking.jobs.refusal import CannotDo
from picking.models import Job
from picking.queries.jobs.due import first_to_pick
from picking.room import says_full
from picking.server.outage import says_away

log = logging.getLogger(__name__)
RENEW_EVERY_SECONDS = 3
TRY_AGAIN_SECONDS = (5, 10, 20, 40, 60)
"""Between attempts at a job that found the disk full; the last value repeats."""
AWAY_SECONDS = 1.0
"""Before a worker takes another message, where the database was away: it would most likely be taken in vain, too."""
WAITING_FOR_ROOM = "The server’s disk is full. This continues once there is space."


@shared_task
def run_job(job_id: int) -> None:
    """Runs a job if it can be claimed. Any failure is recorded in its row, as a sentence for people."""
    claimed = None
    try:
        if asked_to_end():
            jobs.pass_on(job_id)
            return
        job = _whose_turn(job_id)
        claimed = jobs.claim(job.pk, owner=owner_of(os.getpid())) if job else None
        if job is None or claimed is None:
            return
        job.refresh_from_db()
        with observed(job), may_be_handed_back(claimed), lease_kept(claimed):
            _run_with_room(claimed, job)
    except jobs.LostClaim:
        log.warning("job %s: another worker has it now", job_id)
    except (Error, OSError) as error:
        if says_away(error):
            log.warning("job %s: the database does not answer; the job is sent again once it does", job_id)
            in_vain.note(claimed)
            time.sleep(AWAY_SECONDS)
        elif says_full(error):
            log.warning("job %s: the disk is full; the job is sent again", job_id)
        else:
            raise


def _whose_turn(job_id: int) -> Job | None:
    """The job of a message; where projects take turns, the one whose turn it is. None where it was deleted."""
    job = Job.objects.filter(pk=job_id).first()
    return first_to_pick(job) if job and job.kind in (Job.Kind.PICK, Job.Kind.GUESS) else job


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
    """Raises what says that the disk is full, or the database away; all else ends the job."""
    try:
        import_module(WORK[Job.Kind(job.kind)].module).run(claimed, job)
    except jobs.LostClaim:
        raise
    except jobs.Cancelled:
        jobs.end_cancelled(claimed)
    except Exception as error:
        if says_full(error) or says_away(error):
            raise
        if not isinstance(error, CannotDo):
            log.exception("%s job %s failed", job.kind, job.pk)
            error = CannotDo(f"Something went wrong: {error}. The server's log has the details of job {job.pk}.")
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
            except Error as error:
                if not says_full(error) and not says_away(error):  # which the work itself finds out
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
