"""`manage.py import_micrographs`: bring files of this machine into a project, used where they lie."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.actions.change import Refused
from picking.actions.imports import import_in_place
from picking.folders import micrographs_in
from picking.jobs.here import run_here
from picking.models import Job, Project


class Command(BaseCommand):
    help = "Import micrographs into a project. The files are used where they lie, never copied or changed."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("project", type=int, help="the number in the project's address")
        parser.add_argument("paths", nargs="+", type=Path, help="files, or folders of files")

    def handle(self, **options: Any) -> None:
        project = Project.objects.filter(pk=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project {options['project']}.")
        files = [file.resolve() for path in options["paths"] for file in files_at(path)]
        try:
            jobs, skipped = import_in_place(project.pk, None, files)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for name in skipped:
            self.stdout.write(f"{name}: in the project already")
        failed = sum(not self._import(job) for job in jobs)
        if failed:
            raise CommandError(f"{failed} of {len(jobs)} files could not be imported.")

    def _import(self, job: Job) -> bool:
        run_here(job)
        self.stdout.write(job.error or f"{job.name}: {job.get_status_display().lower()}")
        return job.status != Job.Status.FAILED


def files_at(path: Path) -> list[Path]:
    """The file, or the micrographs of the folder. Raises CommandError when there is nothing."""
    if path.is_file():
        return [path]
    files = micrographs_in(path) if path.is_dir() else []
    if not files:
        raise CommandError(f"There are no micrographs at {path}.")
    return files
