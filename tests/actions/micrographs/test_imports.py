"""Micrographs that come into a project, and go."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project
from picking.actions.micrographs.imports import ImportedFile, finish_import, import_in_place, queue_import
from picking.models import Micrograph, Project
from picking.refusals import Refused
from tests.people import People


def test_an_archived_project_takes_no_micrographs(people: People) -> None:
    Project.objects.update(archived_at=timezone.now())
    with pytest.raises(Refused, match="archived"):
        import_in_place(people.project.pk, people.owner, [])


def test_a_file_that_no_project_takes_is_refused(people: People) -> None:
    with pytest.raises(Refused, match="dot"):
        import_in_place(people.project.pk, people.owner, [Path("/data/.mic.mrc")])


def test_an_import_that_somebody_cancelled_makes_no_micrograph(people: People) -> None:
    with locked_project(people.project.pk) as project:
        job = queue_import(project, people.owner, "a.mrc", Path("/nowhere/a.mrc"), lies_at="/nowhere/a.mrc")
    claim = jobs.claim(job.pk, "worker")
    assert claim is not None
    jobs.cancel(job, people.member)
    with pytest.raises(jobs.Cancelled):
        finish_import(claim, ImportedFile(uuid4(), 9, 9, None))
    assert not Micrograph.objects.exists()


def test_of_one_file_named_twice_one_comes(people: People, tmp_path: Path) -> None:
    file = tmp_path / "mic.mrc"
    file.write_bytes(b"pixels")
    queued, skipped = import_in_place(people.project.pk, people.owner, [file, file])
    assert ([job.name for job in queued], skipped) == (["mic.mrc"], ["mic.mrc"])
