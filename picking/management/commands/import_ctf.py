"""`manage.py import_ctf`: bring CTF values of a file of this machine into a project."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.actions.micrographs.ctf import import_ctf
from picking.management.projects import add_project_argument, project_of, say_names
from picking.refusals import Refused


class Command(BaseCommand):
    help = "Import CTF values into a project: RELION's micrographs_ctf.star, or a table (CSV)."

    def add_arguments(self, parser: Any) -> None:
        add_project_argument(parser)
        parser.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        project, file = project_of(options["project"]), options["file"]
        try:
            matched = import_ctf(project.pk, None, file.name, file.read_bytes())
        except (OSError, Refused) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Micrographs with new values: {len(matched.values)}")
        if matched.left_out:
            self.stdout.write(f"Rows left out: {len(matched.left_out)}")
        for name, reason in matched.left_out.items():
            self.stdout.write(f"  {name}: {reason}")
        for title, names in (
            ("In the file, not in the project", matched.unmatched),
            ("In the project, not in the file", matched.missing),
        ):
            say_names(self, title, names)
