"""Put and delete labels, regions and verdicts: the operations that browsers send, one by one or in batches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from picking.actions.change import Refused, change, require_open
from picking.actions.keep_training import note_change
from picking.actions.operations import DeleteMark, Operation, Put, PutRegion, PutVerdict
from picking.actions.touched import Touched
from picking.models import Event, Micrograph, User, Verdict


@dataclass(frozen=True)
class Result:
    """What became of an operation. `refused` carries the reason; the others of the batch go on."""

    operation: UUID
    status: Literal["applied", "repeated", "refused"]
    detail: str = ""


def apply_operations(project_id: int, actor: User, operations: Sequence[Operation]) -> tuple[int, list[Result]]:
    """Applies operations in order and returns the project's sequence number and what became of each.

    An operation that was applied before (same `operation` id) changes nothing, so a browser that got no
    answer may send it again. Raises Refused when the project is archived.
    """
    with change(project_id) as project:
        require_open(project)
        ids = [operation.operation for operation in operations]
        seen = set(Event.objects.filter(project=project, operation__in=ids).values_list("operation", flat=True))
        touched = Touched(project, actor, operations)
        results = []
        for operation in operations:
            if operation.operation in seen:
                results.append(Result(operation.operation, "repeated"))
                continue
            seen.add(operation.operation)
            try:
                _apply(touched, operation)
            except Refused as refusal:
                results.append(Result(operation.operation, "refused", str(refusal)))
            else:
                results.append(Result(operation.operation, "applied"))
        touched.write()
        if any(result.status == "applied" for result in results):
            note_change(project)
    return project.sequence, results


def _apply(touched: Touched, operation: Operation) -> None:
    """One operation. It raises Refused before it changes anything: the batch has one transaction."""
    if isinstance(operation, DeleteMark):
        return touched.delete(operation)
    _require_places_inside(touched.micrograph(operation.micrograph), operation)
    return touched.put(operation)


def _require_places_inside(micrograph: Micrograph, put: Put) -> None:
    """A region may reach beyond the border; points may not."""
    if isinstance(put, PutRegion):
        return
    _require_inside(micrograph, put.x, put.y)
    if isinstance(put, PutVerdict) and put.kind == Verdict.Kind.MOVE:
        if put.to_x is None or put.to_y is None:
            raise Refused("A move needs the place to move to.")
        _require_inside(micrograph, put.to_x, put.to_y)


def _require_inside(micrograph: Micrograph, x: float, y: float) -> None:
    """Centres lie on the image; -0.5 … width - 0.5 is its extent when (0, 0) is the middle of the first pixel."""
    if not (-0.5 <= x <= micrograph.width - 0.5 and -0.5 <= y <= micrograph.height - 0.5):
        raise Refused(f"({x:.0f}, {y:.0f}) lies outside of {micrograph.name}.")
