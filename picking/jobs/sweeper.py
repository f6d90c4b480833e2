"""What every worker does besides its jobs: resend lost ones, queue trainings that are due, send, clear what is old.

Workers that import look into watched folders as well: the data are mounted where they run.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

from celery import bootsteps, current_app
from celery.signals import worker_ready
from celery.worker.consumer.tasks import Tasks
from django.db import connection

from picking.actions.jobs.exports import clear_old_exports
from picking.actions.jobs.first_guess import guess_where_due
from picking.actions.jobs.jobs import send_again
from picking.actions.jobs.keep_training import train_where_due
from picking.actions.jobs.processes import clear_silent_processes
from picking.actions.kept_answers import clear_old_answers
from picking.actions.marks.checkpoints import keep_checkpoints
from picking.actions.marks.coordinate_imports import clear_old_coordinate_imports
from picking.actions.micrographs.deleted_micrographs import clear_deleted_micrographs
from picking.actions.micrographs.left_behind import clear_left_behind
from picking.actions.micrographs.quota import measure_projects
from picking.actions.micrographs.uploads import clear_old_uploads
from picking.actions.people.attempts import clear_old_attempts
from picking.actions.people.sessions import clear_old_sessions
from picking.actions.people.tokens import clear_old_tokens
from picking.actions.projects.deleted_projects import clear_deleted_projects
from picking.actions.projects.members import clear_old_invitations
from picking.actions.projects.shared_links import clear_old_shared_links
from picking.actions.webhooks.deliveries import clear_old_deliveries
from picking.jobs import in_vain
from picking.jobs.disk_use import measure_due
from picking.jobs.watch import scan_due
from picking.jobs.webhooks import send_due
from picking.models import Job
from picking.room import Watch, says_full

log = logging.getLogger(__name__)
SWEEP_EVERY_SECONDS = 1
TRAIN_EVERY_SECONDS = 1
GUESS_EVERY_SECONDS = 60
ROOM_EVERY_SECONDS = 60
WATCH_EVERY_SECONDS = 1
CLEAR_EVERY_SECONDS = 600
CLEAR = (
    *(clear_old_exports, clear_old_coordinate_imports, clear_old_uploads, clear_left_behind, clear_old_deliveries),
    *(clear_old_answers, clear_old_attempts, clear_old_tokens, clear_old_invitations, clear_old_sessions),
    *(clear_deleted_micrographs, clear_deleted_projects),
    *(clear_old_shared_links, clear_silent_processes),
)
"""All that is kept for a time only."""
SEND_EVERY_SECONDS = 2
MEASURE_EVERY_SECONDS = 60
KEEP_EVERY_SECONDS = 60
MEASURE_EVERY_SECONDS = 60
room = Watch()


@worker_ready.connect
def start_sweeping(sender: Any = None, **_: Any) -> None:
    """At the worker's start, and then every few seconds. Any number of workers may do it: no job is duplicated."""
    _repeat(SWEEP_EVERY_SECONDS, send_again, "sent %s lost jobs again")
    _repeat(SWEEP_EVERY_SECONDS, in_vain.send_again, "sent %s jobs again, as the database answers")
    _repeat(TRAIN_EVERY_SECONDS, train_where_due, "%s trainings queued after people's changes")
    _repeat(GUESS_EVERY_SECONDS, guess_where_due, "%s first guesses queued for projects that never had one")
    _repeat(ROOM_EVERY_SECONDS, room.look, "%s")
    for work in CLEAR:
        _repeat(CLEAR_EVERY_SECONDS, work, f"{work.__name__}: %s deleted")
    _repeat(KEEP_EVERY_SECONDS, keep_checkpoints, "%s checkpoints kept")
    _repeat(MEASURE_EVERY_SECONDS, measure_projects, "%s projects measured")
    _repeat(SEND_EVERY_SECONDS, send_due, "%s messages sent to webhooks")
    if sender is not None and Job.Kind.IMPORT in {queue.name for queue in sender.task_consumer.queues}:
        _repeat(WATCH_EVERY_SECONDS, scan_due, "%s imports queued from watched folders")
        _repeat(MEASURE_EVERY_SECONDS, measure_due, "%s")


class SendAllAgain(bootsteps.StartStopStep):
    """Celery's, each time a worker has reached the broker, which may have lost its messages: Redis keeps none."""

    requires = (Tasks,)

    def start(self, _: Any) -> None:
        in_vain.note()
        threading.Thread(target=_once, args=(in_vain.send_again,), name="send_all_again", daemon=True).start()


current_app.steps["consumer"].add(SendAllAgain)


def _repeat(seconds: float, work: Callable[[], int], said: str) -> None:
    threading.Thread(target=_keep_on, args=(seconds, work, said), name=work.__name__, daemon=True).start()


def _keep_on(seconds: float, work: Callable[[], int], said: str) -> None:
    pause = threading.Event()
    while not pause.wait(seconds):
        _once(work, said)


def _once(work: Callable[[], int], said: str = "") -> None:
    """`said`: what the log says of how many there were, if anything."""
    try:
        if (count := work()) and said:
            log.info(said, count)
    except Exception as error:
        if says_full(error):
            room.look()
        else:
            log.exception("%s failed; trying again", work.__name__)
    finally:
        connection.close()
