"""`manage.py web`: one web process, for installations where each process is started by itself (docs/deploy.md)."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from cryoweb import environment
from picking.management.commands.serve import port_number
from picking.web_server import web_server


class Command(BaseCommand):
    help = "Run one web process on HOST and PORT, and nothing else. Bring the database up to date first: migrate."

    def handle(self, **options: Any) -> None:
        command = web_server(environment.HOST, port_number(environment.PORT))
        os.execv(command[0], command)  # noqa: S606 - in place of this process, which signals then reach
