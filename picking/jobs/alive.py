"""A worker says that it lives, with the device that it works on."""

import sys
import time
from typing import Any

from celery.signals import worker_ready, worker_shutdown

from picking.heartbeat import Heartbeat
from picking.jobs.kinds import TRAINER, queues_by_worker
from picking.models import Process

TORCH_AFTER_SECONDS = 60
"""A worker that has run nothing by then loads torch to see what it would run on. At its start that would delay it."""
_hearts: list[Heartbeat] = []


@worker_ready.connect
def begin(sender: Any = None, **_: Any) -> None:
    """`sender`: Celery's consumer of the worker's queues."""
    if sender is None:
        return
    queues = sorted(queue.name for queue in sender.task_consumer.queues)
    trains = bool({*queues} & {*queues_by_worker()[TRAINER]})
    heart = Heartbeat(Process.Role.WORKER, sender.hostname, queues, devices=Devices() if trains else list)
    _hearts.append(heart)
    heart.start()


@worker_shutdown.connect
def end(**_: Any) -> None:
    while _hearts:
        _hearts.pop().stop()


class Devices:
    """Of this worker; none while it has not loaded torch."""

    def __init__(self) -> None:
        self._born = time.monotonic()

    def __call__(self) -> list[Any]:
        if "torch" not in sys.modules and time.monotonic() - self._born < TORCH_AFTER_SECONDS:
            return []
        from picking.science.nets.memory import devices

        return list(devices())
