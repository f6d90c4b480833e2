"""`manage.py export_picks`: the final picks of a project as a zip."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.management.projects import add_project_argument, project_of, say_names
from picking.models import Micrograph, Project
from picking.queries.export import download
from picking.refusals import Refused
from picking.science.file_names import composed
from picking.science.formats import FORMATS
from picking.zipping import streamed_zip


class Command(BaseCommand):
    help = "Write the final picks of a project into a zip, as the download in the browser does."

    def add_arguments(self, parser: Any) -> None:
        add_project_argument(parser)
        parser.add_argument("format", choices=FORMATS)
        parser.add_argument("zip", type=Path)
        parser.add_argument("--micrograph", help="export only this micrograph")
        parser.add_argument("--folder", default="", help="the path before the file names in RELION's micrographs.star")
        parser.add_argument("--flip-y", action="store_true", help="flip y, for programs that read TIFF upside down")

    def handle(self, **options: Any) -> None:
        project = project_of(options["project"])
        only = micrograph_of(project, options["micrograph"])
        try:
            found = download(project, only, options["folder"], options["flip_y"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        with options["zip"].open("wb") as file:
            file.writelines(streamed_zip(FORMATS[options["format"]].write(found.export)))
        self.stdout.write(f"Wrote {options['zip']}")
        say_names(self, "Left out because they are excluded", found.excluded)


def micrograph_of(project: Project, name: str | None) -> Micrograph | None:
    """The micrograph of that name; None where none is asked for. Raises CommandError."""
    if name is None:
        return None
    micrograph = project.micrographs.filter(name=composed(name)).first()
    if micrograph is None:
        raise CommandError(f"The project has no micrograph named “{name}”.")
    return micrograph
