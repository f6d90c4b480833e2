"""`manage.py backup`: database and files into a folder, while CryoWeb runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.backups.make import make_backup
from picking.refusals import Refused
from picking.room import said


class Command(BaseCommand):
    help = "Back up the database and all files while CryoWeb runs (docs/backup.md)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("place", type=Path, help="the folder of your backups; each gets a folder of its own there")

    def handle(self, **options: Any) -> None:
        try:
            folder, manifest = make_backup(options["place"].expanduser().absolute(), self._tell)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"The backup was not made: {error.strerror} ({error.filename}).") from error
        self.stdout.write(f"{len(manifest.files):,} files, {said(manifest.size)} with the database: {folder}")
        self.stdout.write(
            "Not in it: micrographs that are used in place in their own folders, and the secret key. Keep a copy of "
            "secret_key in CRYOWEB_DATA, or of CRYOWEB_SECRET_KEY, in a safe place."
        )

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
