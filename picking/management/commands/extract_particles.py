"""`manage.py extract_particles`: the final picks of a project as particle stacks, in a folder."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from picking.management.commands.export_picks import micrograph_of
from picking.management.projects import add_project_argument, project_of, say_names
from picking.queries.exports.export import EXCLUDED, outgoing
from picking.queries.exports.extraction import extract_settings
from picking.queries.exports.particles import particle_files
from picking.refusals import Refused
from picking.science.extract.settings import STACKS, BadExtraction
from picking.science.formats.files import Pieces
from picking.wire import ExportOptions


class Command(BaseCommand):
    help = "Cut the final picks out of the micrographs: RELION's .mrcs stacks and particles.star."

    def add_arguments(self, parser: CommandParser) -> None:
        add_project_argument(parser)
        parser.add_argument("to", type=Path, help="where the folder CryoWeb is put: RELION's project folder")
        parser.add_argument("--box", type=int, help="pixels of the micrograph (default: one and a half diameters)")
        parser.add_argument("--binned-box", type=int, help="pixels of the written images (default: as the box)")
        parser.add_argument("--background-diameter", type=float, help="pixels of the micrograph (default: 0.75 boxes)")
        parser.add_argument("--no-invert", action="store_true", help="leave particles dark")
        parser.add_argument("--no-normalise", action="store_true", help="leave the grey values")
        parser.add_argument("--no-ramp", action="store_true", help="subtract the mean of the background, not a plane")
        parser.add_argument("--float16", action="store_true", help="16-bit floats: half the size")
        parser.add_argument("--micrograph", help="extract from this micrograph only")
        parser.add_argument("--folder", default="", help="the path before the file names in RELION's micrographs.star")
        parser.add_argument("--flip-y", action="store_true", help="flip y, for programs that read TIFF upside down")

    def handle(self, **options: Any) -> None:
        project = project_of(options["project"])
        only = micrograph_of(project, options["micrograph"])
        try:
            asked = ExportOptions(
                STACKS,
                only,
                folder=options["folder"],
                flip_y=options["flip_y"],
                box_px=options["box"],
                binned_box=options["binned_box"],
                invert=not options["no_invert"],
                normalise=not options["no_normalise"],
                half_precision=options["float16"],
            )
            going = outgoing(project, asked)
            further = {"ramp": not options["no_ramp"], "background_diameter": options["background_diameter"]}
            settings = replace(extract_settings(project, asked), **further)
            self._write(options["to"], particle_files(going, going.export(going.written()), settings))
        except (Refused, BadExtraction) as refusal:
            raise CommandError(str(refusal)) from refusal
        say_names(self, "Left out because they are excluded", going.left_out.get(EXCLUDED, []))

    def _write(self, folder: Path, pieces: Pieces) -> None:
        """The files below `folder`, over those of before."""
        begun = set[str]()
        for path, piece in pieces:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (folder / path).open("ab" if path in begun else "wb") as file:
                file.write(piece)
            if path not in begun:
                begun.add(path)
                self.stdout.write(path)
