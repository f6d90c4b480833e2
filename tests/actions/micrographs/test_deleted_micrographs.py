"""Micrographs that are deleted, restored, and removed for good."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from picking import storage
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import DeleteMark, Operation, PutLabel
from picking.actions.micrographs.deleted_micrographs import (
    clear_deleted_micrographs,
    delete_micrographs,
    remove_for_good,
    restore_micrographs,
)
from picking.models import Event, Export, Job, Label, Micrograph, Project
from picking.models.deletion import RESTORABLE
from picking.refusals import Refused
from tests.people import People
from tests.trainings import make_training


@pytest.fixture
def here(people: People) -> Micrograph:
    """A micrograph with a label, whose folder holds a file."""
    micrograph = Micrograph.objects.create(project=people.project, name="first", width=9, height=9)
    folder = storage.micrograph_folder(people.project.pk, micrograph.key)
    folder.mkdir(parents=True)
    (folder / "source.mrc").write_bytes(b"pixels")
    apply_operations(people.project.pk, people.member, [label(micrograph)])
    return micrograph


def label(micrograph: Micrograph) -> PutLabel:
    return PutLabel(operation_id=uuid4(), id=uuid4(), micrograph=micrograph.pk, kind="particle", x=3.0, y=4.0)


def delete(people: People, *micrographs: Micrograph) -> None:
    delete_micrographs(people.project.pk, people.owner, [each.pk for each in micrographs])


def told(people: People, after: int) -> list[dict[str, Any]]:
    events = Event.objects.filter(project=people.project, sequence__gt=after)
    return [data for data in events.values_list("data", flat=True) if data["type"] != "job.changed"]


def test_a_deleted_micrograph_is_hidden_with_its_marks_and_everyone_is_told(people: People, here: Micrograph) -> None:
    before = Project.objects.get().sequence
    delete(people, here)
    assert not people.project.micrographs.exists()
    assert not Label.objects.exists()
    assert told(people, before) == [{"type": "micrograph.removed", "id": here.pk}]
    deleted = Micrograph.including_deleted.get()
    assert (deleted.deleted_by, Label.including_deleted.count()) == (people.owner, 1)
    assert (storage.micrograph_folder(people.project.pk, here.key) / "source.mrc").exists()


def test_a_restored_one_comes_back_with_its_marks_told_to_everyone(people: People, here: Micrograph) -> None:
    delete(people, here)
    before = Project.objects.get().sequence
    restore_micrographs(people.project.pk, people.owner, [here.pk])
    mark = Label.objects.get()
    added, marks = told(people, before)
    assert (added["type"], added["micrograph"]["id"]) == ("micrograph.added", here.pk)
    assert (marks["type"], marks["micrograph"]) == ("micrograph.restored", here.pk)
    assert marks["marks"]["labels"]["id"] == [str(mark.pk)]
    assert marks["marks"]["labels"]["author"] == [people.member.pk]
    assert marks["marks"]["regions"]["id"] == []


def test_deleting_and_restoring_again_does_nothing(people: People, here: Micrograph) -> None:
    delete(people, here)
    before = Project.objects.get().sequence
    delete(people, here)
    assert Project.objects.get().sequence == before
    restore_micrographs(people.project.pk, people.owner, [here.pk])
    before = Project.objects.get().sequence
    assert restore_micrographs(people.project.pk, people.owner, [here.pk]) == []
    assert Project.objects.get().sequence == before


def test_one_of_the_same_name_may_come_meanwhile_and_the_restored_one_gets_another(
    people: People, here: Micrograph
) -> None:
    delete(people, here)
    Micrograph.objects.create(project=people.project, name="first", width=9, height=9)
    [back] = restore_micrographs(people.project.pk, people.owner, [here.pk])
    assert back.pk == here.pk
    assert back.name != "first"
    assert people.project.micrographs.count() == 2


def test_marks_of_a_deleted_micrograph_cannot_be_changed(people: People, here: Micrograph) -> None:
    mark = Label.objects.get()
    delete(people, here)
    other = Micrograph.objects.create(project=people.project, name="second", width=9, height=9)
    asked: list[Operation] = [label(here), replace(label(other), id=mark.pk), DeleteMark(uuid4(), mark.pk, PutLabel)]
    results = apply_operations(people.project.pk, people.owner, asked)[1]
    assert [each.status for each in results] == ["refused", "refused", "applied"]
    assert Label.including_deleted.get() == mark


def test_the_export_of_a_deleted_micrograph_is_cancelled(people: People, here: Micrograph) -> None:
    ours, all_of_them = (Job.objects.create(project=people.project, kind=Job.Kind.EXPORT) for _ in range(2))
    for job, options in ((ours, {"micrograph": here.pk}), (all_of_them, {"micrograph": None})):
        Export.objects.create(project=people.project, job=job, format="csv", options=options)
    delete(people, here)
    statuses = [Job.objects.get(pk=job.pk).status for job in (ours, all_of_them)]
    assert statuses == ["cancelled", "queued"]


def test_a_restored_one_is_picked_if_it_has_no_picks_of_the_networks(people: People, here: Micrograph) -> None:
    delete(people, here)
    Project.objects.update(current_training=make_training(people.project, 1))
    restore_micrographs(people.project.pk, people.owner, [here.pk])
    assert people.project.jobs.filter(kind=Job.Kind.PICK).exists()


def test_an_archived_project_keeps_its_micrographs(people: People, here: Micrograph) -> None:
    Project.objects.update(archived_at=timezone.now())
    for act in (
        lambda: delete(people, here),
        lambda: restore_micrographs(people.project.pk, people.owner, [here.pk]),
        lambda: remove_for_good(people.project.pk, here.pk),
    ):
        with pytest.raises(Refused, match="archived"):
            act()


def test_only_what_is_deleted_is_removed_for_good_and_its_files_go_with_it(
    people: People, here: Micrograph, django_capture_on_commit_callbacks: Any
) -> None:
    folder = storage.micrograph_folder(people.project.pk, here.key)
    with django_capture_on_commit_callbacks(execute=True):
        remove_for_good(people.project.pk, here.pk)
    assert folder.exists()
    delete(people, here)
    with django_capture_on_commit_callbacks(execute=True):
        remove_for_good(people.project.pk, here.pk)
    assert not folder.exists()
    assert not Micrograph.including_deleted.exists()
    assert not Label.including_deleted.exists()


def test_after_thirty_days_the_workers_remove_it(
    people: People, here: Micrograph, django_capture_on_commit_callbacks: Any
) -> None:
    delete(people, here)
    assert clear_deleted_micrographs() == 0
    Micrograph.including_deleted.update(deleted_at=timezone.now() - RESTORABLE - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_deleted_micrographs() == 1
    assert not storage.micrograph_folder(people.project.pk, here.key).exists()
    assert not Micrograph.including_deleted.exists()


def test_old_deleted_micrographs_of_deleted_and_archived_projects_go_too(people: People, here: Micrograph) -> None:
    long_ago = timezone.now() - RESTORABLE - timedelta(minutes=1)
    Micrograph.including_deleted.update(deleted_at=long_ago)
    Project.objects.update(archived_at=timezone.now(), deleted_at=timezone.now())
    assert clear_deleted_micrographs() == 1


def test_where_people_label_blind_each_is_told_of_their_own_marks_alone(people: People, here: Micrograph) -> None:
    Micrograph.objects.update(blind=True)
    apply_operations(people.project.pk, people.owner, [label(here)])
    delete(people, here)
    restore_micrographs(people.project.pk, people.owner, [here.pk])
    events = Event.objects.filter(data__type="micrograph.restored")
    authors = {event.only_for_id: event.data["marks"]["labels"]["author"] for event in events}
    assert authors == {None: [], people.owner.pk: [people.owner.pk], people.member.pk: [people.member.pk]}
