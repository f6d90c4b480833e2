"""The frame of every action: one transaction, the project's row locked, its sockets told after the commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from picking import events
from picking.models import Project
from picking.refusals import Refused


@contextmanager
def locked_project(project_id: int) -> Iterator[Project]:
    """Gives the locked project. Events appended inside are committed, with all else, when the block ends.

    The lock makes changes of one project one after another, so that sequence numbers commit in order.
    """
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=project_id)
        before = project.sequence
        yield project
        if project.sequence > before:
            Project.objects.filter(pk=project.pk).update(sequence=project.sequence, updated_at=timezone.now())
            reached = project.sequence
            # Robust: what is committed stays so, whether or not the sockets could be told of it just now.
            # No partial: Django notes the function's name when it fails, and a partial has none.
            transaction.on_commit(lambda: events.announce(project_id, reached), robust=True)


def require_open(project: Project) -> None:
    """Refuses changes to an archived project."""
    if project.archived_at is not None:
        raise Refused("This project is archived. An owner can unarchive it in the project settings.")
