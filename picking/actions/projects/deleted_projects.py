"""Delete projects, restore them, and remove for good those that were deleted long ago."""

import shutil
from functools import partial

from django.db import transaction
from django.utils import timezone

from picking import events, storage
from picking.actions.jobs import jobs
from picking.actions.jobs.trainings import queue_picking
from picking.actions.locked_project import locked_project
from picking.models import Project, User
from picking.models.deletion import RESTORABLE
from picking.queries.jobs import due


def delete_project(project_id: int, actor: User) -> None:
    """Hides a project from everyone, and stops what is done for it."""
    with locked_project(project_id) as project:
        jobs.stop(project, project.jobs.all(), actor)
        project.deleted_at, project.deleted_by = timezone.now(), actor
        project.save(update_fields=["deleted_at", "deleted_by"])
        events.append(project, events.ProjectRemoved(), actor)


def restore_project(project_id: int, actor: User) -> Project:
    """Takes a deleted project back as it was. Nothing happens to one that is there."""
    with locked_project(project_id, deleted=True) as project:
        if project.deleted_at is not None:
            project.deleted_at = project.deleted_by = None
            project.save(update_fields=["deleted_at", "deleted_by"])
            events.append(project, events.ProjectRestored(), actor)
            if due.unpicked(project).exists():
                queue_picking(project, actor)
    return project


def remove_project_for_good(project_id: int) -> None:
    """Removes a deleted project and its files. Nothing happens to one that is there, or is gone already."""
    with transaction.atomic():
        project = Project.including_deleted.select_for_update().filter(pk=project_id).first()
        if project is None or project.deleted_at is None:
            return
        project.delete()
        folder = storage.project_folder(project_id)
        transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))


def clear_deleted_projects() -> int:
    """Removes those that were deleted long enough ago, and returns how many."""
    old = Project.including_deleted.filter(deleted_at__lt=timezone.now() - RESTORABLE)
    ids = list(old.values_list("pk", flat=True))
    for project_id in ids:
        remove_project_for_good(project_id)
    return len(ids)
