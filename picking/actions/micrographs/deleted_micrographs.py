"""Delete micrographs, restore them, and remove for good those that were deleted long ago."""

import shutil
from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from picking import events, storage, wire
from picking.actions.jobs import jobs
from picking.actions.jobs.keep_training import note_change
from picking.actions.jobs.trainings import queue_picking
from picking.actions.labelling.queue import tell
from picking.actions.locked_project import locked_project, require_open
from picking.actions.marks.comments import tell_comments
from picking.actions.micrographs.imports import name_apart_in
from picking.models import Assignment, Micrograph, Project, User
from picking.models.deletion import RESTORABLE
from picking.queries.jobs import due
from picking.queries.micrographs.micrographs import micrograph_wire, reviewed
from picking.queries.projects.deleted import deleted_micrographs
from picking.queries.projects.snapshot import marks_of


def delete_micrographs(project_id: int, actor: User, ids: Collection[int]) -> None:
    """Takes micrographs, with their marks and picks, out of the project. Those that are not there are passed by."""
    with locked_project(project_id) as project:
        require_open(project)
        rows = project.micrographs.filter(pk__in=ids)
        if rows.filter(reviewed(None)).exists():
            note_change(project)
        going = list(rows)
        for micrograph in going:
            micrograph.deleted_at, micrograph.deleted_by = timezone.now(), actor
            events.append(project, events.MicrographRemoved(id=micrograph.pk), actor)
        Micrograph.objects.bulk_update(going, ["deleted_at", "deleted_by"])
        of_them = {"export__options__micrograph__in": [each.pk for each in going]}
        jobs.stop(project, project.jobs.filter(**of_them), actor)


def restore_micrographs(project_id: int, actor: User, ids: Collection[int]) -> list[Micrograph]:
    """Takes deleted micrographs back, with all that was on them. Those that are not deleted are passed by.

    Where a new one has got the name, the restored one is told apart as a second file of that name would be.
    """
    with locked_project(project_id) as project:
        require_open(project)
        back = list(deleted_micrographs(project).filter(pk__in=ids).select_related("ctf"))
        for micrograph in back:
            micrograph.project = project
            if project.micrographs.filter(name=micrograph.name).exists():
                micrograph.name = name_apart_in(project, micrograph.path)
            micrograph.deleted_at = micrograph.deleted_by = None
            micrograph.save(update_fields=["name", "deleted_at", "deleted_by"])
            events.append(project, events.MicrographAdded(micrograph=micrograph_wire(micrograph)), actor)
            _tell_marks(project, micrograph, actor)
            tell_comments(project, micrograph, actor, "restored")
            _tell_assignments(project, micrograph, actor)
        there = project.micrographs.filter(pk__in=[each.pk for each in back])
        if there.filter(reviewed(None)).exists():
            note_change(project)
        if due.unpicked(project).filter(pk__in=there.values("pk")).exists():
            queue_picking(project, actor)
    return back


def remove_for_good(project_id: int, micrograph_id: int) -> None:
    """Removes a deleted micrograph and its files. Nothing happens where it is gone already."""
    with locked_project(project_id) as project:
        require_open(project)
        _remove(project, micrograph_id)


def clear_deleted_micrographs() -> int:
    """Removes those that were deleted long enough ago, and returns how many."""
    old = Micrograph.including_deleted.filter(deleted_at__lt=timezone.now() - RESTORABLE)
    rows = list(old.values_list("project", "pk"))
    for project_id, micrograph_id in rows:
        with locked_project(project_id, deleted=True) as project:
            _remove(project, micrograph_id)
    return len(rows)


def _remove(project: Project, micrograph_id: int) -> None:
    micrograph = deleted_micrographs(project).filter(pk=micrograph_id).first()
    if micrograph:
        folder = storage.micrograph_folder(project.pk, micrograph.key)
        micrograph.delete()
        transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))


def _tell_assignments(project: Project, micrograph: Micrograph, actor: User) -> None:
    rows = list(Assignment.objects.filter(micrograph=micrograph))
    if rows:
        tell(project, "restored", rows, actor)


def _tell_marks(project: Project, micrograph: Micrograph, actor: User) -> None:
    """Each author alone of theirs, where they are hidden from one another."""
    authors: set[int | None] = set()
    if micrograph.blind:
        for kind, _ in wire.COLUMNS.values():
            authors.update(kind.objects.filter(micrograph=micrograph).values_list("author", flat=True))
    for reader in (None, *(authors - {None})):
        restored = events.MicrographRestored(micrograph=micrograph.pk, marks=marks_of(Q(micrograph=micrograph), reader))
        events.append(project, restored, actor, only_for=reader)
