"""Sends jobs again that a killed worker or the broker lost. Runs as a thread of every worker."""

import logging
import threading
from typing import Any

from celery.signals import worker_ready
from django.db import connection

from picking.actions.jobs import send_again

log = logging.getLogger(__name__)
SWEEP_EVERY_SECONDS = 5


@worker_ready.connect
def start_sweeping(**_: Any) -> None:
    """At the worker's start, and then every few seconds."""
    threading.Thread(target=_sweep_on, name="sweeper", daemon=True).start()


def _sweep_on() -> None:
    pause = threading.Event()
    while not pause.wait(SWEEP_EVERY_SECONDS):
        try:
            if sent := send_again():
                log.info("sent %s lost jobs again", sent)
        except Exception:
            log.exception("the sweep failed; it is tried again")
        finally:
            connection.close()
