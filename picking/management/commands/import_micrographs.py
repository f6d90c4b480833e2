"""`manage.py import_micrographs`: import files of this machine into a project, used in place."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.actions.micrographs.imports import import_in_place
from picking.jobs.here import run_here
from picking.management.projects import add_project_argument, project_of, say_names
from picking.models import Job
from picking.places import Place, in_folder, in_list, is_pattern, leave_out_other_kinds, matching
from picking.refusals import Refused
from picking.science.file_names import looks_like_micrograph
from picking.science.lists import ListedMicrograph


class Command(BaseCommand):
    help = "Import micrographs into a project. The files are used in place, never copied or changed."

    def add_arguments(self, parser: Any) -> None:
        add_project_argument(parser)
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            help="files, folders of files, RELION's micrographs_ctf.star, cryoSPARC's exposures (.cs), quoted patterns",
        )
        parser.add_argument("--recursive", action="store_true", help="include subfolders")

    def handle(self, **options: Any) -> None:
        project = project_of(options["project"])
        files: list[Path] = []
        listed: dict[Path, ListedMicrograph] = {}
        for path in options["paths"]:
            found = self._found_at(path, options["recursive"])
            files += found.micrographs
            listed |= found.listed
            for note in found.notes:
                self.stdout.write(note)
            for reason, names in found.left_out.items():
                say_names(self, f"Left out of {path}, {reason}", names)
            if not found.micrographs:
                raise CommandError(f"There are no micrographs at {path}.")
        try:
            jobs, skipped = import_in_place(project.pk, None, files, listed)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for name in skipped:
            self.stdout.write(f"{name}: already in the project")
        failed = sum(not self._import(job) for job in jobs)
        if failed:
            raise CommandError(f"{failed} of {len(jobs)} files could not be imported.")

    def _found_at(self, path: Path, recursive: bool) -> Place:
        try:
            return found_at(path, recursive)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _import(self, job: Job) -> bool:
        run_here(job)
        self.stdout.write(job.error or f"{job.name}: {job.get_status_display().lower()}")
        return job.status == Job.Status.FINISHED


def found_at(path: Path, recursive: bool) -> Place:
    """What is at a path. Links are not followed: a link's own name is the micrograph's. Raises Refused."""
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    if path.is_file():
        return Place([path]) if looks_like_micrograph(path.name) else in_list(path, within=None)
    if is_pattern(str(path)) and not path.exists():
        found = matching(str(path), within=None)
    else:
        found = in_folder(path, recursive) if path.is_dir() else Place()
    leave_out_other_kinds(found)
    return found
