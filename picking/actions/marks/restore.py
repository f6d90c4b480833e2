"""Bring marks back to a moment, and take that back: ordinary puts and deletions, in one transaction."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from picking import events
from picking.actions.jobs.keep_training import note_change
from picking.actions.locked_project import locked_project, require_open
from picking.actions.marks.made import Made
from picking.actions.marks.marks import AT_ONCE, Asked, MarkBatch
from picking.actions.marks.operations import MARKS, DeleteMark, Operation
from picking.models import Event, Project, User
from picking.queries.past.restorations import Difference, Scope, difference, difference_back
from picking.refusals import Refused


def restore(project_id: int, actor: User, at: int, scope: Scope) -> Event:
    """Brings the marks of a scope back to the event of that number. Returns the event that sums it up.

    Marks that come back keep their author and their time. Raises Refused when the project is archived, and where
    nothing differs.
    """
    with locked_project(project_id) as project:
        require_open(project)
        if scope.micrograph and project.micrographs.filter(pk=scope.micrograph, blind=True).exists():
            raise Refused("This micrograph is labelled blind. Restore its marks once everyone may see them.")
        told = {"at": min(at, project.sequence), "micrograph": scope.micrograph, "person": scope.person}
        return _bring(project, actor, difference(project, at, scope), {**told, "undoes": None})


def take_back(project_id: int, actor: User, sequence: int) -> Event:
    """Undoes the restoration that the event of that number sums up, but for what somebody has changed since."""
    with locked_project(project_id) as project:
        require_open(project)
        restored = project.events.get(type="marks.restored", sequence=sequence)
        told = {name: restored.data[name] for name in ("micrograph", "person")}
        found = difference_back(project, restored)
        return _bring(project, actor, found, {**told, "at": restored.data["since"] - 1, "undoes": sequence})


def _bring(project: Project, actor: User, found: Difference, told: dict[str, Any]) -> Event:
    since = project.sequence + 1
    operations = list(_operations(found))
    for start in range(0, len(operations), AT_ONCE):
        some = operations[start : start + AT_ONCE]
        batch = MarkBatch(project, [Asked(actor, [operation for operation, _ in some])], restored=True)
        for operation, made in some:
            if (result := batch.apply(operation, actor, made)).status == "refused":
                raise Refused(result.detail)
        batch.write()
    if project.sequence < since:
        raise Refused("Somebody has changed all of it since." if found.left else "Nothing differs from that moment.")
    note_change(project)
    summed = events.MarksRestored(
        since=since,
        back=len(found.back),
        gone=len(found.gone),
        changed=len(found.changed),
        left=found.left,
        **told,
    )
    return project.events.get(sequence=events.append(project, summed, actor))


def _operations(found: Difference) -> Iterator[tuple[Operation, Made | None]]:
    put = {**found.back, **found.changed}
    authors = {row["author"] for row in put.values()} - {None}
    there = set(User.objects.filter(pk__in=authors).values_list("pk", flat=True))
    for kind, mark in found.gone:
        yield DeleteMark(uuid4(), UUID(mark), MARKS[kind]), None
    for (kind, mark), row in put.items():
        said = {name: row[name] for name in MARKS[kind].says()}
        author = row["author"] if row["author"] in there else None
        made = Made(author, datetime.fromisoformat(row["created_at"]))
        yield MARKS[kind](operation_id=uuid4(), id=UUID(mark), micrograph=row["micrograph"], **said), made
