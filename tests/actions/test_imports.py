"""Micrographs that come into a project, and go."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from picking import storage
from picking.actions import jobs
from picking.actions.imports import ImportedFile, finish_import, import_in_place, queue_import, remove_micrograph
from picking.actions.locked_project import locked_project
from picking.models import Event, Micrograph, Project
from picking.refusals import Refused
from tests.people import People


@pytest.fixture
def here(people: People) -> Micrograph:
    """A micrograph whose folder holds a file."""
    micrograph = Micrograph.objects.create(project=people.project, name="first", width=9, height=9)
    folder = storage.micrograph_folder(people.project.pk, micrograph.key)
    folder.mkdir(parents=True)
    (folder / "source.mrc").touch()
    return micrograph


def test_a_micrograph_that_is_removed_takes_its_files_along_and_everyone_is_told(
    people: People, here: Micrograph, django_capture_on_commit_callbacks: Any
) -> None:
    removed, folder = here.pk, storage.micrograph_folder(people.project.pk, here.key)
    with django_capture_on_commit_callbacks() as after:
        remove_micrograph(here, people.owner)
    assert folder.exists()
    for act in after:
        act()
    assert not folder.exists()
    assert not Micrograph.objects.exists()
    told = Event.objects.latest("sequence")
    assert (told.data, told.actor) == ({"type": "micrograph.removed", "id": removed}, people.owner)


def test_an_archived_project_keeps_its_micrographs(people: People, here: Micrograph) -> None:
    Project.objects.update(archived_at=timezone.now())
    with pytest.raises(Refused, match="archived"):
        remove_micrograph(here, people.owner)
    with pytest.raises(Refused, match="archived"):
        import_in_place(people.project.pk, people.owner, [])


def test_a_file_that_no_project_takes_is_refused(people: People) -> None:
    with pytest.raises(Refused, match="dot"):
        import_in_place(people.project.pk, people.owner, [Path("/data/.mic.mrc")])


def test_an_import_that_somebody_cancelled_makes_no_micrograph(people: People) -> None:
    with locked_project(people.project.pk) as project:
        job = queue_import(project, people.owner, "a.mrc", Path("/nowhere/a.mrc"), in_place=True)
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
