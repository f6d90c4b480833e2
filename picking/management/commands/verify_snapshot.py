"""Check a snapshot's file against its hash."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.science.frozen import BadSnapshot, verify


class Command(BaseCommand):
    help = "Recompute the hash of a snapshot's file, and compare it with the one that was cited"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("sha256", nargs="?", default="", help="as it was cited, or its beginning")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            digest, head = verify(options["file"])
        except (BadSnapshot, OSError) as error:
            raise CommandError(str(error)) from error
        wanted = options["sha256"].lower()
        self.stdout.write(f"{head['project']['name']}, snapshot “{head['name']}” of {head['created_at']}\n{digest}")
        if wanted and not digest.startswith(wanted):
            raise CommandError("This is not the snapshot that was cited: its hash is another one.")
