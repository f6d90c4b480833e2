"""What is deleted and can still be restored."""

import os
from contextlib import suppress
from pathlib import Path

from django.db.models import QuerySet

from picking import storage, wire
from picking.models import Micrograph, Project, Role, User


def deleted_micrographs(project: Project) -> QuerySet[Micrograph]:
    """Those of a project, the one deleted last first."""
    rows = Micrograph.including_deleted.filter(project=project, deleted_at__isnull=False)
    return rows.select_related("deleted_by").order_by("-deleted_at", "-pk")


def deleted_projects(user: User, only: int | None = None) -> QuerySet[Project]:
    """Those that a person may restore: of which they are an owner; of these the one with the id `only`."""
    rows = Project.including_deleted.filter(
        deleted_at__isnull=False, memberships__user=user, memberships__role=Role.OWNER
    )
    rows = rows if only is None else rows.filter(pk=only)
    return rows.select_related("deleted_by").order_by("-deleted_at", "-pk")


def deleted_micrograph_wire(micrograph: Micrograph) -> wire.DeletedWire:
    """With the room that it still takes."""
    return wire.deleted_wire(micrograph, room_of(storage.micrograph_folder(micrograph.project_id, micrograph.key)))


def deleted_project_wire(project: Project) -> wire.DeletedWire:
    """With the room that it still takes."""
    return wire.deleted_wire(project, room_of(storage.project_folder(project.pk)))


def room_of(folder: Path) -> int:
    """Bytes of the files in a folder and below; what goes away meanwhile counts nothing."""
    total = 0
    for where, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):
                total += Path(where, name).lstat().st_size
    return total
