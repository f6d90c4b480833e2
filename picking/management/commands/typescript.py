"""`manage.py typescript`: the page's types, anew from the Python that defines what travels."""

from typing import Any

from django.core.management.base import BaseCommand

from picking.schema.typescript import FILE, wire_ts


class Command(BaseCommand):
    help = "Write frontend/src/wire.ts, after a change of what travels between page and server."

    def handle(self, **options: Any) -> None:
        FILE.write_text(wire_ts())
        self.stdout.write(f"Wrote {FILE.name}.")
