"""`manage.py export_picks`: the final picks of a project as a zip."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking import queries
from picking.models import Project
from picking.science.formats import FORMATS
from picking.zipping import streamed_zip


class Command(BaseCommand):
    help = "Write the final picks of a project into a zip, as the download in the browser does."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("project", type=int, help="the number in the project's address")
        parser.add_argument("format", choices=FORMATS)
        parser.add_argument("zip", type=Path)
        parser.add_argument("--micrograph", help="the name of the only one to export")
        parser.add_argument("--folder", default="", help="the path before the file name in RELION's micrographs.star")
        parser.add_argument("--flip-y", action="store_true", help="count rows from the other end (some TIFF readers)")

    def handle(self, **options: Any) -> None:
        project = Project.objects.filter(pk=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project {options['project']}.")
        only = self._micrograph(project, options["micrograph"])
        export = queries.export(project, only, options["folder"], options["flip_y"])
        with options["zip"].open("wb") as file:
            file.writelines(streamed_zip(FORMATS[options["format"]].write(export)))
        self.stdout.write(f"Wrote {options['zip']}")

    @staticmethod
    def _micrograph(project: Project, name: str | None) -> int | None:
        if name is None:
            return None
        micrograph = project.micrographs.filter(name=name).first()
        if micrograph is None:
            raise CommandError(f"The project has no micrograph named “{name}”.")
        return micrograph.pk
