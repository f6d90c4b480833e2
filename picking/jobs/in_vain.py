"""Messages that were taken in vain, as the database was away: all that waits is sent again once it answers.

A message is used up by the worker that takes it. Without this a job would wait for a minute (decision 0098).
"""

import threading
from contextlib import suppress

from django.db import Error

from picking.actions.jobs import jobs
from picking.models import Project
from picking.server.outage import says_away

_taken = threading.Event()
_left: set[jobs.Claim] = set()


def note(begun: jobs.Claim | None = None) -> None:
    """Messages may be lost. `begun`: what was claimed with one, and could not be ended."""
    if begun is not None:
        _left.add(begun)
    _taken.set()


def send_again() -> int:
    """Hands back what was begun, sends all that waits, and returns how many that were. While it cannot, nothing."""
    if not _taken.is_set():
        return 0
    _taken.clear()
    try:
        for begun in list(_left):
            with suppress(jobs.LostClaim, Project.DoesNotExist):
                jobs.hand_back(begun)
            _left.discard(begun)
        return jobs.send_all_again()
    except BaseException as error:
        _taken.set()
        if isinstance(error, Error) and says_away(error):
            return 0
        raise
