"""`manage.py import_coordinates`: coordinates of other programs as labels, or as a source of picks."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.actions.marks.coordinate_imports import store_as_labels, store_as_source
from picking.management.accounts import account_of
from picking.management.projects import add_project_argument, project_of, say_names
from picking.models import CoordinateImport, Label, Project
from picking.queries.exports.coordinate_imports import Draft, draft_of, read_files
from picking.refusals import Refused
from picking.science.convert.inputs import inputs
from picking.science.formats import FORMATS, UnreadableCoordinates


class Command(BaseCommand):
    help = "Import coordinates of other programs into a project. The format is told by the content of the files."

    def add_arguments(self, parser: Any) -> None:
        add_project_argument(parser)
        parser.add_argument("files", nargs="+", type=Path, help="files, folders and zips, of one format")
        parser.add_argument(
            "--as",
            dest="store_as",
            nargs="+",
            required=True,
            metavar=("labels|source", "KIND|NAME"),
            help="labels, with a kind (particle if none is given), or source, with a name",
        )
        parser.add_argument("--user", help="the account whose labels or picks these are")
        parser.add_argument("--format", choices=FORMATS, default="", help="instead of the one told by the content")
        parser.add_argument("--scale", type=float, help="a pixel of the files is so many of the micrograph's")
        parser.add_argument("--unit", choices=["pixels", "fractions", "angstrom"], help="of the coordinates")
        parser.add_argument("--flip-y", action="store_true", help="the files count rows from the other end")
        parser.add_argument("--ignore-start", help="texts to ignore at the start of names; # is a number")
        parser.add_argument("--ignore-end", help="texts to ignore at the end of names, such as _DW,_aligned")
        parser.add_argument("--merge-doubled", action="store_true", help="keep the best of picks on one another")
        parser.add_argument("--dry-run", action="store_true", help="say what would be stored, and store nothing")

    def handle(self, **options: Any) -> None:
        what, name = _stored_as(options["store_as"])
        actor = account_of(options["user"]) if options["user"] else None
        project = project_of(options["project"])
        try:
            draft = self._read(project, options)
            self._say(draft)
            if options["dry_run"]:
                self.stdout.write("Nothing was stored.")
            elif what == "labels":
                made = store_as_labels(draft, actor, name)
                self.stdout.write(f"New labels: {len(made.labels)}. There already: {made.already}.")
            else:
                source = store_as_source(draft, actor, name)
                self.stdout.write(f"New source of picks: {source.name}.")
        except (OSError, Refused, UnreadableCoordinates) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _read(self, project: Project, options: dict[str, Any]) -> Draft:
        _, files = inputs(options["files"], options["format"] or None)
        read = read_files(files, options["format"])
        row = CoordinateImport(
            project=project,
            files=[[path, 0] for path in files],  # of files that are not kept nobody asks the size
            merge_doubled=options["merge_doubled"],
        )
        if options["ignore_start"] is not None or options["ignore_end"] is not None:
            row.rule = {"starts": options["ignore_start"] or "", "ends": options["ignore_end"] or ""}
        draft = draft_of(row, read)
        if options["scale"] is None and options["unit"] is None and not options["flip_y"]:
            return draft
        likely = draft.incoming.placing
        scale = likely.scale if options["scale"] is None else options["scale"]
        unit = options["unit"] or ("pixels" if options["scale"] is not None else likely.unit)
        row.placing = {"scale": scale, "unit": unit, "flip_y": options["flip_y"]}
        return draft_of(row, read)

    def _say(self, draft: Draft) -> None:
        incoming = draft.incoming
        self.stdout.write(f"{FORMATS[draft.key].title}. {incoming.rule}.")
        if draft.doubt:
            self.stdout.write(draft.doubt)
        on = len(incoming.micrographs)
        self.stdout.write(f"Coordinates: {incoming.picks} on {on} of {len(draft.ids)} micrographs.")
        for warning in incoming.warnings:
            self.stdout.write(warning)
        say_names(self, "In the files, not in the project", incoming.names.unmatched)
        outside = [f"{each.name} ({len(each.outside)})" for each in incoming.micrographs if len(each.outside)]
        say_names(self, "Micrographs with coordinates outside", outside)


def _stored_as(words: list[str]) -> tuple[str, str]:
    """What is stored, and the kind or the name. Raises CommandError."""
    what, *rest = words
    if what == "labels" and len(rest) < 2 and (rest or ["particle"])[0] in Label.Kind:
        return what, rest[0] if rest else Label.Kind.PARTICLE.value
    if what == "source" and rest:
        return what, " ".join(rest)
    raise CommandError(
        f"Give --as labels with one of {', '.join(Label.Kind.values)}, or --as source with a name for the picks."
    )
