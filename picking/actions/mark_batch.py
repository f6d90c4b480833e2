"""The marks that a batch of operations touches: read at once, changed in memory, written at once.

Row by row, a thousand verdicts would be four thousand statements.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

from picking import events
from picking.actions.operations import DeleteMark, Operation, Put
from picking.models import Label, Micrograph, Project, Region, User, Verdict
from picking.models.mark import Mark
from picking.refusals import Refused

PUT: dict[type[Mark], Callable[..., events.AnyEvent]] = {
    Label: events.LabelPut,
    Region: events.RegionPut,
    Verdict: events.VerdictPut,
}
DELETED: dict[type[Mark], Callable[..., events.AnyEvent]] = {
    Label: events.LabelDeleted,
    Region: events.RegionDeleted,
    Verdict: events.VerdictDeleted,
}
KEPT = {"id", "author", "created_at"}
"""What the first put of a mark settles."""


class MarkBatch:
    """Of one project, whose row the caller has locked. `write` brings to the database what was put and deleted."""

    def __init__(self, project: Project, actor: User, operations: Sequence[Operation]) -> None:
        self._project, self._actor = project, actor
        named = {operation.micrograph for operation in operations if not isinstance(operation, DeleteMark)}
        self._micrographs = project.micrographs.in_bulk(named)
        ids: dict[type[Mark], set[UUID]] = defaultdict(set)
        for operation in operations:
            ids[operation.model].add(operation.id)
        self._marks: dict[tuple[type[Mark], UUID], Mark] = {
            (model, mark.pk): mark
            for model, wanted in ids.items()
            for mark in model._default_manager.select_related("micrograph").in_bulk(wanted).values()
        }
        self._done: list[tuple[Operation, Mark]] = []
        self._gone: set[Mark] = set()

    def micrograph(self, micrograph_id: int) -> Micrograph:
        """Raises Refused where it is not in the project."""
        if micrograph_id not in self._micrographs:
            raise Refused("This micrograph is no longer in the project.")
        return self._micrographs[micrograph_id]

    def put(self, put: Put) -> None:
        """Makes the mark, or changes all but its author; raises Refused where it is another project's."""
        micrograph = self.micrograph(put.micrograph)
        mark = self._marks.get((put.model, put.id)) or self._new(put)
        if not self._is_ours(mark):
            raise Refused("This id is taken.")
        mark.micrograph = micrograph
        for name, value in _said(put).items():
            setattr(mark, name, value)
        self._note(put, mark)

    def delete(self, delete: DeleteMark) -> None:
        """Deleting what is already gone is not an error: two people may erase the same label."""
        mark = self._marks.get((delete.model, delete.id))
        if mark is None or not self._is_ours(mark):
            return
        del self._marks[delete.model, delete.id]
        self._gone.add(mark)
        self._note(delete, mark)

    def write(self) -> None:
        """Leaves the rows and events that the operations would have left one by one."""
        marks = list(dict.fromkeys(mark for _, mark in self._done))
        for model in {type(mark) for mark in marks}:
            self._write_rows(model, [mark for mark in marks if type(mark) is model])
        told = [(operation.operation_id, _event(operation, mark)) for operation, mark in self._done]
        events.append_all(self._project, told, self._actor)
        self._done, self._gone = [], set()

    def _new(self, put: Put) -> Mark:
        mark = put.model(id=put.id, author=self._actor)
        if mark in self._gone:  # two rows of one id, one after the other
            self.write()
        self._marks[put.model, put.id] = mark
        return mark

    def _is_ours(self, mark: Mark) -> bool:
        return mark._state.adding or mark.micrograph.project_id == self._project.pk

    def _note(self, operation: Operation, mark: Mark) -> None:
        self._done.append((operation, mark))
        mark.sequence = self._project.sequence + len(self._done)

    def _write_rows(self, model: type[Mark], marks: Sequence[Mark]) -> None:
        """A mark that was put and deleted again is written too, and goes."""
        rows = model._default_manager
        new = [mark for mark in marks if mark._state.adding]
        known = [mark for mark in marks if not mark._state.adding and mark not in self._gone]
        changing = [field.name for field in model._meta.concrete_fields if field.name not in KEPT]
        rows.bulk_create(new)
        rows.bulk_create(known, update_conflicts=True, unique_fields=["id"], update_fields=changing)
        rows.filter(pk__in=[mark.pk for mark in marks if mark in self._gone]).delete()


def _said(put: Put) -> dict[str, object]:
    """What a put says of the mark: fields of its row, and of its event."""
    return {name: value for name, value in vars(put).items() if name not in {"operation_id", "id", "micrograph"}}


def _event(operation: Operation, mark: Mark) -> events.AnyEvent:
    if isinstance(operation, DeleteMark):
        return DELETED[operation.model](id=str(mark.pk), micrograph=mark.micrograph_id)
    return PUT[operation.model](
        id=str(mark.pk),
        micrograph=operation.micrograph,
        author=mark.author_id,
        created_at=mark.created_at.isoformat(),
        **_said(operation),
    )
