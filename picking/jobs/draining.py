"""What a worker does once it is asked to end: its job may end within a bound, or is handed back; it begins no other.

Celery's warm shutdown waits for the job at work however long that takes, and may run one more that it has fetched.
"""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from celery.exceptions import WorkerShutdown
from celery.signals import worker_shutting_down
from celery.worker import state
from django.conf import settings
from django.db import DatabaseError

from picking.actions.jobs import jobs

log = logging.getLogger(__name__)
_held: set[jobs.Claim] = set()
_asked = threading.Event()


def asked_to_end() -> bool:
    """Whether this worker begins no more jobs."""
    return _asked.is_set()


@contextmanager
def may_be_handed_back(claimed: jobs.Claim) -> Iterator[None]:
    """While the worker is at a job."""
    _held.add(claimed)
    try:
        yield
    finally:
        _held.discard(claimed)


@worker_shutting_down.connect
def drain(**_: Any) -> None:
    """Celery's, at SIGTERM, in the main thread, which goes on with its job. Where there is none, it ends at once."""
    if not _asked.is_set():
        _asked.set()
        threading.Thread(target=_hand_back_in_time, name="drain", daemon=True).start()
    if not state.reserved_requests:
        raise WorkerShutdown(0)  # Celery itself would wait for messages for up to four seconds more


def _hand_back_in_time() -> None:
    threading.Event().wait(settings.CRYOWEB_DRAIN_SECONDS)  # Celery may end the process meanwhile
    for claimed in list(_held):
        with suppress(jobs.LostClaim, DatabaseError):  # else its lease runs out
            jobs.hand_back(claimed)
        log.warning("job %s was handed back: this worker was asked to end", claimed.job_id)
    os._exit(0)  # a computation cannot be interrupted otherwise; it may write nothing more
