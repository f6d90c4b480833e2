"""`manage.py doctor`: looks at everything that CryoWeb needs, and says what to do where something is amiss."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from picking.checks.check import Finding, State, findings
from picking.checks.installation import INSTALLATION
from picking.checks.machine import MACHINE
from picking.checks.ready import READY
from picking.checks.workers import WORKERS

WIDTH = max(map(len, State))


class Command(BaseCommand):
    help = "Check database, broker, storage, graphics card, versions, permissions, clock and settings of this machine."
    requires_system_checks: list[str] = []  # what they would say is among the findings

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="a list of objects, for programs")

    def handle(self, **options: Any) -> None:
        found = findings((*READY, *WORKERS, *INSTALLATION, *MACHINE))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in found], indent=2))
        else:
            for each in found:
                self._say(each)
        if any(each.state == State.PROBLEM for each in found):
            sys.exit(1)

    def _say(self, found: Finding) -> None:
        styles = {State.OK: self.style.SUCCESS, State.WARNING: self.style.WARNING, State.PROBLEM: self.style.ERROR}
        said = found.name if found.said == State.OK else f"{found.name}: {found.said}"
        self.stdout.write(f"{styles[found.state](found.state.ljust(WIDTH))}  {said}")
        if found.todo:
            self.stdout.write(f"{' ' * WIDTH}  → {found.todo}")
