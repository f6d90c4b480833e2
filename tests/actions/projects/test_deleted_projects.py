"""Projects that are deleted, restored, and removed for good."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from picking import storage
from picking.access import standing
from picking.actions.jobs import jobs
from picking.actions.jobs.exports import clear_old_exports
from picking.actions.locked_project import locked_project
from picking.actions.micrographs.watched import claim_scan
from picking.actions.projects.deleted_projects import (
    clear_deleted_projects,
    delete_project,
    remove_project_for_good,
    restore_project,
)
from picking.actions.projects.members import NewInvitation, invite, open_invitation
from picking.actions.projects.projects import ProjectChange, change_project
from picking.actions.projects.shared_links import clear_old_shared_links, open_shared, share
from picking.models import Event, Export, Job, Membership, Micrograph, Project, Role, WatchedFolder
from picking.models.deletion import RESTORABLE
from picking.models.export import KEPT
from picking.refusals import Refused
from tests.people import People


def test_a_deleted_project_is_hidden_with_its_members_and_cannot_be_changed(people: People) -> None:
    delete_project(people.project.pk, people.owner)
    assert not Project.objects.exists()
    assert not Membership.objects.exists()
    assert Event.objects.latest("sequence").data == {"type": "project.removed"}
    with pytest.raises(Refused, match="deleted"):
        change_project(people.project.pk, people.owner, ProjectChange(name="New"))


def test_a_restored_one_is_as_it_was(people: People) -> None:
    Micrograph.objects.create(project=people.project, name="first", width=9, height=9)
    delete_project(people.project.pk, people.owner)
    restore_project(people.project.pk, people.owner)
    restore_project(people.project.pk, people.owner)
    project = Project.objects.get()
    assert (project.memberships.count(), project.micrographs.count(), project.deleted_by) == (3, 1, None)
    last = Event.objects.filter(data__type__startswith="project.").order_by("sequence")
    assert [each.data["type"] for each in last] == ["project.removed", "project.restored"]


def test_what_is_done_for_it_stops(people: People) -> None:
    with locked_project(people.project.pk) as project:
        waiting = jobs.queue_job(project, people.owner, Job.Kind.PICK)
        running = jobs.queue_job(project, people.owner, Job.Kind.TRAIN)
    claim = jobs.claim(running.pk, "worker")
    assert claim is not None
    delete_project(people.project.pk, people.owner)
    assert Job.objects.get(pk=waiting.pk).status == Job.Status.CANCELLED
    with pytest.raises(jobs.Cancelled):
        jobs.report_progress(claim, 1, 2, "Training")
    jobs.end_cancelled(claim)
    assert Job.objects.get(pk=running.pk).status == Job.Status.CANCELLED


def test_its_invitations_do_not_hold_and_its_folders_are_not_watched(people: People) -> None:
    _, token = invite(people.project.pk, people.owner, NewInvitation(Role.VIEWER))
    link, secret = share(people.project.pk, people.owner, "Referees", timedelta(days=1))
    WatchedFolder.objects.create(project=people.project, place="/data")
    delete_project(people.project.pk, people.owner)
    assert (open_invitation(token), claim_scan(), open_shared(secret)) == (None, None, None)
    assert standing(link.guest_id, people.project.pk) is None
    clear_old_shared_links()
    restore_project(people.project.pk, people.owner)
    assert open_invitation(token) is not None
    assert open_shared(secret) is not None
    assert claim_scan() is not None


def test_its_old_exports_go_all_the_same(people: People) -> None:
    job = Job.objects.create(project=people.project, kind=Job.Kind.EXPORT, status=Job.Status.FINISHED)
    Export.objects.create(project=people.project, job=job, format="csv", options={})
    Export.objects.update(created_at=timezone.now() - KEPT - timedelta(minutes=1))
    delete_project(people.project.pk, people.owner)
    assert clear_old_exports() == 1


def test_only_a_deleted_one_is_removed_for_good_and_its_files_go_with_it(
    people: People, data_folder: Any, django_capture_on_commit_callbacks: Any
) -> None:
    folder = storage.project_folder(people.project.pk)
    (folder / "exports").mkdir(parents=True)
    with django_capture_on_commit_callbacks(execute=True):
        remove_project_for_good(people.project.pk)
    assert folder.exists()
    assert Project.objects.exists()
    delete_project(people.project.pk, people.owner)
    with django_capture_on_commit_callbacks(execute=True):
        remove_project_for_good(people.project.pk)
        remove_project_for_good(people.project.pk)
    assert not folder.exists()
    assert not Project.including_deleted.exists()


def test_after_thirty_days_the_workers_remove_it(people: People) -> None:
    delete_project(people.project.pk, people.owner)
    assert clear_deleted_projects() == 0
    Project.including_deleted.update(deleted_at=timezone.now() - RESTORABLE - timedelta(minutes=1))
    assert clear_deleted_projects() == 1
    assert not Project.including_deleted.exists()
