"""`manage.py restore`: brings a backup back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cryoweb import environment
from picking.backups.bring_back import bring_back, check_backup, require_fit, what_is_there
from picking.backups.manifest import read_manifest
from picking.management.commands.serve import require_data_folder, require_database, require_free_port
from picking.refusals import Refused
from picking.room import said


class Command(BaseCommand):
    help = "Bring back what manage.py backup made, into an empty installation that does not run (docs/backup.md)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path, help="one backup: the folder with manifest.json")
        parser.add_argument("--check", action="store_true", help="only read the backup and see that it is whole")
        parser.add_argument("--replace", action="store_true", help="replace what is there, once you have confirmed it")
        parser.add_argument("--no-input", action="store_false", dest="ask", help="do not ask")

    def handle(self, **options: Any) -> None:
        folder = options["folder"].expanduser().absolute()
        try:
            if options["check"]:
                manifest = check_backup(folder, self._tell)
                self.stdout.write(f"The backup is whole: {len(manifest.files):,} files, {said(manifest.size)}.")
                return
            self._restore(folder, replace=options["replace"], ask=options["ask"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            raise CommandError(f"The backup was not restored: {error.strerror} ({error.filename}).") from error

    def _restore(self, folder: Path, replace: bool, ask: bool) -> None:
        manifest = read_manifest(folder)
        require_data_folder()
        require_database()
        require_free_port(environment.HOST, int(environment.PORT))
        require_fit(manifest)
        if there := what_is_there():
            if not replace:
                raise Refused(
                    f"This installation is not empty: it has {there}. Restore into a new CRYOWEB_DATA and database, or "
                    "add --replace to delete what is there."
                )
            if ask and input(f"This deletes {there}. Type “replace” to go on: ").strip() != "replace":
                raise Refused("Nothing was changed.")
        bring_back(folder, manifest, self._tell)
        self.stdout.write(f"Restored: {manifest.program}, {manifest.created_at}. Start CryoWeb as before.")

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
