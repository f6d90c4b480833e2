"""A blind micrograph is revealed: when all have finished it, or before (docs/decisions/0061-blind.md)."""

from collections.abc import Sequence

from django.db.models import Q

from picking import events
from picking.actions.jobs.keep_training import note_change
from picking.actions.locked_project import locked_project
from picking.actions.marks.comments import tell_comments
from picking.models import Event, Micrograph, Project, User
from picking.queries.micrographs.micrographs import micrograph_wire
from picking.queries.projects.snapshot import marks_of


def reveal_early(project_id: int, actor: User, micrographs: Sequence[int]) -> list[int]:
    """Reveals those of the micrographs that are blind, whoever has not finished; returns their ids.

    In an archived project too: nothing stays blind for ever.
    """
    with locked_project(project_id) as project:
        rows = list(project.micrographs.filter(pk__in=micrographs, blind=True))
        for each in rows:
            _reveal(project, each, actor, early=True)
    return [each.pk for each in rows]


def reveal_if_done(project: Project, micrograph_id: int, actor: User) -> None:
    """Reveals a blind micrograph of the locked project once two people or more had it and all have finished."""
    micrograph = project.micrographs.get(pk=micrograph_id)
    work = micrograph.assignments.values_list("done_at", flat=True)
    if micrograph.blind and len(work) > 1 and None not in work:
        _reveal(project, micrograph, actor, early=False)


def _reveal(project: Project, micrograph: Micrograph, actor: User, early: bool) -> None:
    """One event carries all the marks: pages that were away have not seen them one by one."""
    micrograph.blind = False
    micrograph.save(update_fields=["blind"])
    hidden = Event.objects.filter(project=project, only_for__isnull=False, micrograph=micrograph.pk)
    hidden.update(only_for=None)
    marks = marks_of(Q(micrograph=micrograph), None)
    if any(each["id"] for each in (marks["labels"], marks["regions"], marks["verdicts"])):
        note_change(project)
    finished = micrograph.assignments.filter(done_at__isnull=False).values_list("user", flat=True)
    revealed = events.MicrographRevealed(
        micrograph=micrograph_wire(micrograph), marks=marks, early=early, people=[*finished]
    )
    events.append(project, revealed, actor)
    tell_comments(project, micrograph, actor, "added")
