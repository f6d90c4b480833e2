"""Each process of the server says every few seconds that it lives, what it runs on and what it has counted.

So whoever asks one web process for the metrics, or looks at the operations page, is told of all processes of the
installation, on whatever machine (docs/decisions/0087-metrics-by-the-database.md).
"""

import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from picking.actions.jobs.processes import Pulse, enter, leave, note_alive
from picking.models import Process
from picking.room import says_full
from picking.server import metrics
from picking.version import number

log = logging.getLogger(__name__)
EVERY_SECONDS = 15

Devices = Callable[[], list[Any]]
"""As `picking.science.nets.memory.devices`."""
Sockets = Callable[[], dict[int, int]]
"""User's id -> how many sockets they have open in this process. Guests are under 0."""


class Heartbeat:
    """One a process. `start` begins it; `stop` says that the process ends."""

    def __init__(
        self,
        role: Process.Role,
        name: str,
        queues: Sequence[str] = (),
        *,
        sockets: Sockets = dict,
        devices: Devices = list,
    ) -> None:
        self._role, self._name, self._queues = role, name, list(queues)
        self._sockets, self._devices = sockets, devices
        self._host, self._started = socket.gethostname(), timezone.now()
        self._key: uuid.UUID | None = None
        self._before: metrics.Counts = {}
        self._kept: metrics.Counts = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._keep_on, name="heartbeat", daemon=True).start()

    def stop(self) -> None:
        """Best effort: a process that could not say so is taken for ended after a while."""
        self._stopped.set()
        with self._lock:
            if self._key:
                try:
                    self._beat()
                    leave(self._key)
                except DatabaseError as error:
                    log.warning("this process could not say that it ends (%s)", type(error).__name__)
                self._key = None

    def beat(self) -> None:
        """Now. Raises DatabaseError where that cannot be kept."""
        with self._lock:
            if not self._stopped.is_set():
                self._beat()

    def counted(self) -> metrics.Counts:
        """Since the process began."""
        return metrics.counts()

    def _beat(self) -> None:
        """One that was taken for ended is a new process, which has counted nothing of what was added up by then."""
        now = self.counted()
        if self._key is None or not note_alive(self._key, self._pulse(metrics.since(now, self._before))):
            key, before = uuid.uuid4(), self._kept
            enter(key, self._pulse(metrics.since(now, before)))
            self._key, self._before = key, before
        self._kept = now

    def _pulse(self, counted: metrics.Counts) -> Pulse:
        people = self._sockets()
        return Pulse(
            role=self._role,
            name=self._name,
            host=self._host,
            pid=os.getpid(),
            version=number(),
            started_at=self._started,
            queues=self._queues,
            devices=self._devices(),
            sockets=sum(people.values()),
            people={user: count for user, count in people.items() if user},
            counts=metrics.packed(counted),
        )

    def _keep_on(self) -> None:
        while True:
            try:
                self.beat()
            except DatabaseError as error:
                if not says_full(error):
                    log.exception("this process could not say that it lives; trying again")
            except Exception:
                log.exception("this process could not say what it runs on; trying again")
            finally:
                connection.close()
            if self._stopped.wait(EVERY_SECONDS):
                return
