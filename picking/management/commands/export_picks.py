"""`manage.py export_picks`: the picks of a project as a zip."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.jobs.refusal import CannotDo
from picking.jobs.write_export import write_export
from picking.management.projects import add_project_argument, project_of, say_names
from picking.models import Project
from picking.queries.exports.export import EXPORTS, Outgoing, outgoing
from picking.refusals import Refused
from picking.science.file_names import composed
from picking.wire import ExportOptions

NAMES = {
    "remove-prefix": "take this off the beginnings of file names",
    "remove-suffix": "take this off the ends of file names, as _DW",
    "add-prefix": "put this before file names",
    "add-suffix": "put this after file names, before the extension",
    "extension": "the extension that the next program's micrographs have",
}


class Command(BaseCommand):
    help = "Write the picks of a project into a zip, as the download in the browser does, and read it back."

    def add_arguments(self, parser: Any) -> None:
        add_project_argument(parser)
        parser.add_argument("format", choices=EXPORTS)
        parser.add_argument("zip", type=Path)
        parser.add_argument("--micrograph", help="export only this micrograph")
        parser.add_argument("--source", action="append", help="picks of this source; may be given several times")
        parser.add_argument("--least-score", type=float, help="picks of networks and other programs need it")
        parser.add_argument("--reviewed-only", action="store_true", help="micrographs on which people marked something")
        parser.add_argument("--folder", default="", help="the path before the file names in RELION's micrographs.star")
        parser.add_argument("--flip-y", action="store_true", help="flip y, for programs that read TIFF upside down")
        parser.add_argument("--scale", type=float, default=1.0, help="the next program's images are so much smaller")
        parser.add_argument("--box", type=int, help="pixels along a box; otherwise one and a half diameters")
        parser.add_argument("--binned-box", type=int, help="of particle stacks: pixels of the images")
        parser.add_argument("--no-invert", action="store_true", help="of particle stacks: leave particles dark")
        parser.add_argument("--no-normalise", action="store_true", help="of particle stacks: leave the grey values")
        parser.add_argument("--float16", action="store_true", help="of particle stacks: half the size")
        for name, said in NAMES.items():
            parser.add_argument(f"--{name}", default="", help=said)

    def handle(self, **options: Any) -> None:
        project = project_of(options["project"])
        asked = ExportOptions(
            format=options["format"],
            micrograph=micrograph_of(project, options["micrograph"]),
            sources=[source_of(project, name) for name in options["source"] or ["final"]],
            box_px=options["box"],
            binned_box=options["binned_box"],
            invert=not options["no_invert"],
            normalise=not options["no_normalise"],
            half_precision=options["float16"],
            **{name: options[name] for name in ("least_score", "reviewed_only", "folder", "flip_y", "scale")},
            **{name.replace("-", "_"): options[name.replace("-", "_")] for name in NAMES},
        )
        try:
            going = outgoing(project, asked)
            write_export(going, options["zip"], None, None, lambda done, total, what: None)
        except (Refused, CannotDo) as refusal:
            raise CommandError(str(refusal)) from refusal
        self._say(options["zip"], going)

    def _say(self, path: Path, going: Outgoing) -> None:
        counts = going.tally.wire()
        self.stdout.write(
            f"Wrote {path}: {counts['picks']:,} picks of {counts['micrographs']:,} micrographs, read back"
        )
        for reason, names in going.left_out.items():
            say_names(self, f"Left out because they are {reason}", names)
        for found, said in (("outside", "outside their image"), ("doubled", "on a pick of an earlier source")):
            if number := counts[found]:  # type: ignore[literal-required]
                self.stdout.write(f"Left out, {said}: {number:,} picks")


def micrograph_of(project: Project, name: str | None) -> int | None:
    """The id of the micrograph of that name; None where none is asked for. Raises CommandError."""
    if name is None:
        return None
    micrograph = project.micrographs.filter(name=composed(name)).first()
    if micrograph is None:
        raise CommandError(f"The project has no micrograph named “{name}”.")
    return micrograph.pk


def source_of(project: Project, name: str) -> int:
    """The id of the source of that name; 0 for `final`, the final picks. Raises CommandError."""
    source = project.sources.filter(name=composed(name)).first()
    if source is None and name != "final":
        raise CommandError(f"The project has no picks named “{name}”.")
    return source.pk if source else 0
