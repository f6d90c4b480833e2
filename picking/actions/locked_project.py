"""The frame of every action: one transaction, the project's row locked, its sockets told after the commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from picking import events
from picking.models import Project
from picking.refusals import Refused
from picking.server.prepared import Prepared, update

SAVED = ["sequence", "updated_at", "changed_at", "untrained_since"]
"""What changes with nearly every event: one statement."""


@contextmanager
def locked_project(project_id: int, deleted: bool = False) -> Iterator[Project]:
    """Gives the locked project. Events appended inside are committed, with all else, when the block ends.

    Raises Refused where it was deleted, unless a `deleted` one will do as well.

    The lock makes changes of one project one after another, so that sequence numbers commit in order.
    """
    with transaction.atomic():
        project = _locked(project_id)
        if project.deleted_at is not None and not deleted:
            raise Refused("This project was deleted. Its owners can restore it from the list of projects.")
        before = project.sequence
        yield project
        if project.sequence > before:
            project.updated_at = timezone.now()
            update(project, SAVED)
            reached = project.sequence
            # Robust: what is committed stays so, whether or not the sockets could be told of it just now.
            # No partial: Django notes the function's name when it fails, and a partial has none.
            transaction.on_commit(lambda: events.announce(project_id, reached), robust=True)


def _locked(project_id: int) -> Project:
    found = _by_id(project_id)
    if not found:
        raise Project.DoesNotExist
    return found[0]


@Prepared
def _by_id(project_id: int) -> QuerySet[Project]:
    return Project.including_deleted.select_for_update().filter(pk=project_id)


def require_open(project: Project) -> None:
    """Refuses changes to an archived project."""
    if project.archived_at is not None:
        raise Refused("This project is archived. An owner can unarchive it in the project settings.")
