"""Put and delete marks: the operations that browsers send, one by one or in batches (docs/decisions/0026-batches.md).

The marks of a batch are read at once, changed in memory, written at once: row by row, a thousand verdicts would be
four thousand statements.
"""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet

from picking import events, wire
from picking.actions.jobs.keep_training import note_change
from picking.actions.locked_project import locked_project, require_open
from picking.actions.marks.comment_operations import CommentOperation
from picking.actions.marks.comments import apply_comment
from picking.actions.marks.made import Made, made_before
from picking.actions.marks.operations import DeleteMark, MarkOperation, Operation, PutLabel, PutMark, PutRegion
from picking.actions.marks.overtaken import Overtaken, Overtaking
from picking.actions.people.activity import note_labelling
from picking.models import Event, Micrograph, Project, User
from picking.models.marks import Mark
from picking.queries.micrographs.visible import is_visible
from picking.refusals import Refused
from picking.server.prepared import Prepared, insert

AT_ONCE = 1000
"""Labels from files that are written together: as large as the batches of browsers."""
KEPT = {"id", "author", "created_at"}
"""What the first put of a mark settles."""


@dataclass(frozen=True)
class Result:
    """What became of an operation. The rest of the batch continues.

    `detail`: why it was refused, or what overtook it. `by`: the user who overtook it, where somebody did.
    """

    operation_id: UUID
    status: Literal["applied", "repeated", "refused", "overtaken"]
    detail: str = ""
    by: int | None = None


@dataclass(frozen=True)
class Asked:
    """What one person asked for, in the order in which they did it. `actor`: None for what a file brings."""

    actor: User | None
    operations: Sequence[Operation]


def apply_operations(project_id: int, actor: User, operations: Sequence[Operation]) -> tuple[int, list[Result]]:
    """As `apply_together`, for one person."""
    sequence, [results] = apply_together(project_id, [Asked(actor, operations)])
    return sequence, results


def apply_together(project_id: int, asked: Sequence[Asked]) -> tuple[int, list[list[Result]]]:
    """Applies what several people asked for, in one transaction.

    Returns the project's sequence number, and of each what became of their operations, in order. An operation that was
    applied before (same `operation_id`) changes nothing, so a browser that got no answer may send it again. Raises
    Refused when the project is archived.
    """
    if all(_is_new(operation) for each in asked for operation in each.operations):
        with suppress(IntegrityError):
            return _applied(project_id, asked, new=True)
    return _applied(project_id, asked)


def _is_new(operation: Operation) -> bool:
    """Whether it most likely makes a mark, as nearly all do that people ask for. Pages do not tell of these what they
    had read."""
    return isinstance(operation, PutLabel | PutRegion) and operation.after is None


def _applied(project_id: int, asked: Sequence[Asked], new: bool = False) -> tuple[int, list[list[Result]]]:
    with locked_project(project_id) as project:
        require_open(project)
        batch = MarkBatch(project, asked, new=new)
        results = [[batch.apply(operation, each.actor) for operation in each.operations] for each in asked]
        batch.write()
        if batch.teaches:
            note_change(project)
    return project.sequence, results


def put_labels(project: Project, actor: User | None, labels: Sequence[PutLabel]) -> None:
    """Labels from files, all in the transaction of the locked project. Raises Refused where one does not fit."""
    for start in range(0, len(labels), AT_ONCE):
        some = labels[start : start + AT_ONCE]
        batch = MarkBatch(project, [Asked(actor, some)])
        for label in some:
            if (result := batch.apply(label, actor)).status == "refused":
                raise Refused(result.detail)
        batch.write()
        if batch.teaches:
            note_change(project)


class MarkBatch:
    """The marks that a batch names, of one locked project. `write` brings to the database what was applied.

    On a micrograph that is blind the marks of others are as if they were not there. `teaches`: whether anything
    changed that the networks learn from. `new`: nothing is read of marks and operations, which are taken to be new;
    `write` raises IntegrityError where one is not.
    """

    def __init__(self, project: Project, asked: Sequence[Asked], restored: bool = False, new: bool = False) -> None:
        self._project = project
        self._restored = restored
        all_asked = [operation for each in asked for operation in each.operations]
        operations = [operation for operation in all_asked if not isinstance(operation, CommentOperation)]
        self._seen = set() if new else _applied_before(project, all_asked)
        named = {operation.micrograph for operation in operations if isinstance(operation, PutMark)}
        self._micrographs = {each.pk: each for each in _micrographs(project.pk, named)}
        self._marks = {} if new else _marks_named(operations)
        self._overtaking = Overtaking(project, [each.operations for each in asked], self._marks)
        self._made = made_before(project, operations, self._marks)
        self._done: list[tuple[MarkOperation, Mark, User | None]] = []
        self._gone: set[Mark] = set()
        self.teaches = False

    def apply(self, operation: Operation, actor: User | None, made: Made | None = None) -> Result:
        """One operation. What is refused has changed nothing: the batch has one transaction."""
        if operation.operation_id in self._seen:
            return Result(operation.operation_id, "repeated")
        self._seen.add(operation.operation_id)
        try:
            if isinstance(operation, CommentOperation):
                self._comment(operation, actor)
            elif isinstance(operation, DeleteMark):
                self._delete(operation, actor)
            else:
                self._put(operation, actor, made)
        except Refused as refusal:
            return Result(operation.operation_id, "refused", str(refusal))
        except Overtaken as why:
            return Result(operation.operation_id, "overtaken", str(why), why.by.pk if why.by else None)
        return Result(operation.operation_id, "applied")

    def write(self) -> None:
        """Leaves the rows and events that the operations would have left one by one."""
        marks = list(dict.fromkeys(mark for _, mark, _ in self._done))
        for model in {type(mark) for mark in marks}:
            self._write_rows(model, [mark for mark in marks if type(mark) is model])
        events.append_all(self._project, [_told(*done, self._restored) for done in self._done])
        note_labelling({(actor.pk, mark.micrograph_id) for _, mark, actor in self._done if actor})
        self._done, self._gone = [], set()

    def _comment(self, operation: CommentOperation, actor: User | None) -> None:
        """Comments are few and are written one by one, after the marks that came before."""
        assert actor is not None
        self.write()
        apply_comment(self._project, actor, operation)

    def _put(self, put: PutMark, actor: User | None, made: Made | None) -> None:
        """Makes the mark, or changes all but its author."""
        micrograph = self._micrographs.get(put.micrograph)
        if micrograph is None:
            raise Refused("This micrograph is no longer in the project.")
        put = put.fitted(micrograph)
        mark = self._marks.get((put.model, put.id))
        if mark and not self._is_there(mark, actor):
            raise Refused("This id is taken.")
        if mark and mark.micrograph != micrograph:
            raise Refused("A mark stays on its micrograph. Delete it, and make another one.")
        self._overtaking.check(put, actor, mark)
        mark = mark or self._new(put, micrograph, actor, made)
        mark.micrograph = micrograph
        mark.changed_by_id = actor.pk if actor and actor.pk != mark.author_id else None
        for name, value in put.said.items():
            setattr(mark, name, value)
        self._note(put, mark, actor)

    def _delete(self, delete: DeleteMark, actor: User | None) -> None:
        """Deleting what is already gone is not an error: two people may erase the same label."""
        mark = self._marks.get((delete.model, delete.id))
        if mark and not self._is_there(mark, actor):
            return
        self._overtaking.check(delete, actor, mark)
        if mark is None:
            return
        del self._marks[delete.model, delete.id]
        self._made[delete.model, delete.id] = Made(mark.author_id, mark.created_at)
        self._gone.add(mark)
        self._note(delete, mark, actor)

    def _new(self, put: PutMark, micrograph: Micrograph, actor: User | None, made: Made | None) -> Mark:
        if micrograph.blind and actor is None:
            raise Refused(f"{micrograph.name} is labelled blind. Say whose marks these are.")
        mark = put.model(id=put.id, author=actor, micrograph=micrograph)
        if made := made or (None if micrograph.blind else self._made.get((put.model, put.id))):
            mark.author_id, mark.created_at = made.author, made.at
        if mark in self._gone:  # two rows of one id, one after the other
            self.write()
        self._marks[put.model, put.id] = mark
        return mark

    def _is_there(self, mark: Mark, actor: User | None) -> bool:
        """Whether it is of this project, on a micrograph that is not deleted, and one that the person sees."""
        there = mark.micrograph.project_id == self._project.pk and mark.micrograph.deleted_at is None
        return there and is_visible(mark, actor.pk if actor else None)

    def _note(self, operation: MarkOperation, mark: Mark, actor: User | None) -> None:
        self._done.append((operation, mark, actor))
        self.teaches = self.teaches or not mark.micrograph.blind
        mark.sequence = self._project.sequence + len(self._done)
        self._overtaking.note(operation, mark, actor)

    def _write_rows(self, model: type[Mark], marks: Sequence[Mark]) -> None:
        """A mark that was put and deleted again is written too, and goes."""
        rows = model.including_deleted
        new = [mark for mark in marks if mark._state.adding]
        known = [mark for mark in marks if not mark._state.adding and mark not in self._gone]
        changing = [field.name for field in model._meta.concrete_fields if field.name not in KEPT]
        insert(new)
        rows.bulk_create(known, update_conflicts=True, unique_fields=["id"], update_fields=changing)
        if gone := [mark.pk for mark in marks if mark in self._gone]:
            rows.filter(pk__in=gone).delete()


@Prepared
def _micrographs(project_id: int, ids: Sequence[int]) -> QuerySet[Micrograph]:
    """What a mark asks of them."""
    read = ("project", "name", "width", "height", "blind", "deleted_at")
    return Micrograph.objects.filter(project_id=project_id, pk__in=ids).only(*read)


def _applied_before(project: Project, operations: Sequence[Operation]) -> set[UUID | None]:
    """Those of them that were, by their ids."""
    told = Event.objects.filter(project=project, operation__in=[each.operation_id for each in operations])
    return set(told.values_list("operation", flat=True))


def _marks_named(operations: Sequence[MarkOperation]) -> dict[tuple[type[Mark], UUID], Mark]:
    """The marks that are there already, of any project."""
    ids: dict[type[Mark], set[UUID]] = defaultdict(set)
    for operation in operations:
        ids[operation.model].add(operation.id)
    return {
        (model, mark.pk): mark
        for model, wanted in ids.items()
        for mark in model.including_deleted.select_related("micrograph").in_bulk(wanted).values()
    }


def _told(operation: MarkOperation, mark: Mark, actor: User | None, restored: bool) -> events.Done:
    """Only the author may know of a mark on a micrograph that is blind: nobody else can have changed it."""
    only_for = mark.author_id if mark.micrograph.blind else None
    return events.Done(operation.operation_id, _event(operation, mark), actor, only_for, restored)


def _event(operation: MarkOperation, mark: Mark) -> wire.MarkEvent:
    """What the project's people are told."""
    if isinstance(operation, DeleteMark):
        return operation.kind.deleted(id=str(mark.pk), micrograph=mark.micrograph_id)
    return operation.put(
        id=str(mark.pk),
        micrograph=operation.micrograph,
        author=mark.author_id,
        changed_by=mark.changed_by_id,
        created_at=mark.created_at.isoformat(),
        **operation.said,
    )
