"""`manage.py import_micrographs`: import files of this machine into a project, used in place."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.actions.imports import import_in_place
from picking.folders import InFolder, look_in
from picking.jobs.here import run_here
from picking.management.projects import add_project_argument, project_of, say_names
from picking.models import Job
from picking.refusals import Refused


class Command(BaseCommand):
    help = "Import micrographs into a project. The files are used in place, never copied or changed."

    def add_arguments(self, parser: Any) -> None:
        add_project_argument(parser)
        parser.add_argument("paths", nargs="+", type=Path, help="files, or folders of files")
        parser.add_argument("--recursive", action="store_true", help="include subfolders")

    def handle(self, **options: Any) -> None:
        project = project_of(options["project"])
        files = []
        for path in options["paths"]:
            found = found_at(path, options["recursive"])
            files += found.micrographs
            for reason, names in found.left_out.items():
                say_names(self, f"Left out of {path}, {reason}", names)
            if not found.micrographs:
                raise CommandError(f"There are no micrographs at {path}.")
        try:
            jobs, skipped = import_in_place(project.pk, None, files)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for name in skipped:
            self.stdout.write(f"{name}: already in the project")
        failed = sum(not self._import(job) for job in jobs)
        if failed:
            raise CommandError(f"{failed} of {len(jobs)} files could not be imported.")

    def _import(self, job: Job) -> bool:
        run_here(job)
        self.stdout.write(job.error or f"{job.name}: {job.get_status_display().lower()}")
        return job.status == Job.Status.FINISHED


def found_at(path: Path, recursive: bool) -> InFolder:
    """The file, or the files in the folder. Links are not followed: a link's own name is the micrograph's."""
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    if path.is_file():
        return InFolder([path])
    return look_in(path, recursive) if path.is_dir() else InFolder()
