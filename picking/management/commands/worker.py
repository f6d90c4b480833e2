"""`manage.py worker`: one worker process, for installations where each is started by itself (docs/deploy.md)."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from picking.jobs.kinds import queues_by_worker
from picking.server.worker import worker


class Command(BaseCommand):
    help = "Run one worker, which does one job at a time. For trainers: one for each GPU, by CUDA_VISIBLE_DEVICES."

    def add_arguments(self, parser: Any) -> None:
        names = sorted(queues_by_worker())
        parser.add_argument("kind", choices=names, help="trainer: networks, on a GPU; importer: files, on a CPU")

    def handle(self, **options: Any) -> None:
        kind = options["kind"]
        command = worker(f"{kind}-{os.getpid()}", ",".join(queues_by_worker()[kind]))
        os.execv(command[0], command)  # noqa: S606 - in place of this process, which signals then reach
