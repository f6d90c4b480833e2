"""Put and delete labels, regions and verdicts: the operations that browsers send, one by one or in batches."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

from picking.actions.keep_training import note_change
from picking.actions.locked_project import locked_project, require_open
from picking.actions.mark_batch import MarkBatch
from picking.actions.operations import DeleteMark, Operation, Put, PutRegion, PutVerdict
from picking.models import Event, Micrograph, User, Verdict
from picking.refusals import Refused
from picking.science.picks import as_points
from picking.science.polygon import clipped


@dataclass(frozen=True)
class Result:
    """What became of an operation. `refused` carries the reason; the rest of the batch continues."""

    operation_id: UUID
    status: Literal["applied", "repeated", "refused"]
    detail: str = ""


def apply_operations(project_id: int, actor: User, operations: Sequence[Operation]) -> tuple[int, list[Result]]:
    """Applies operations in order and returns the project's sequence number and what became of each.

    An operation that was applied before (same `operation_id`) changes nothing, so a browser that got no
    answer may send it again. Raises Refused when the project is archived.
    """
    with locked_project(project_id) as project:
        require_open(project)
        ids = [operation.operation_id for operation in operations]
        seen = set(Event.objects.filter(project=project, operation__in=ids).values_list("operation", flat=True))
        batch = MarkBatch(project, actor, operations)
        results = []
        for operation in operations:
            if operation.operation_id in seen:
                results.append(Result(operation.operation_id, "repeated"))
                continue
            seen.add(operation.operation_id)
            try:
                _apply(batch, operation)
            except Refused as refusal:
                results.append(Result(operation.operation_id, "refused", str(refusal)))
            else:
                results.append(Result(operation.operation_id, "applied"))
        batch.write()
        if any(result.status == "applied" for result in results):
            note_change(project)
    return project.sequence, results


def _apply(batch: MarkBatch, operation: Operation) -> None:
    """One operation. It raises Refused before it changes anything: the batch has one transaction."""
    if isinstance(operation, DeleteMark):
        return batch.delete(operation)
    return batch.put(_on_image(batch.micrograph(operation.micrograph), operation))


def _on_image(micrograph: Micrograph, put: Put) -> Put:
    """The operation as it is applied: a region is clipped to the micrograph, and places must be on it."""
    if isinstance(put, PutRegion):
        return _cut(micrograph, put)
    _require_inside(micrograph, put.x, put.y)
    if isinstance(put, PutVerdict):
        if put.to_x is not None and put.to_y is not None:
            _require_inside(micrograph, put.to_x, put.to_y)
        elif put.kind == Verdict.Kind.MOVE or put.to_x is not put.to_y:
            raise Refused("A move needs x and y of the new place.")
    return put


def _cut(micrograph: Micrograph, put: PutRegion) -> PutRegion:
    whole = as_points(put.polygon)
    left = clipped(whole, micrograph.width, micrograph.height)
    if not len(left):
        raise Refused(f"This region does not overlap {micrograph.name}. Draw it on the image.")
    return put if left is whole else replace(put, polygon=left.tolist())


def _require_inside(micrograph: Micrograph, x: float, y: float) -> None:
    """Centres must be on the image; -0.5 … width - 0.5 is its extent when (0, 0) is the middle of the first pixel."""
    if not (-0.5 <= x <= micrograph.width - 0.5 and -0.5 <= y <= micrograph.height - 0.5):
        raise Refused(f"({x:.6g}, {y:.6g}) is outside {micrograph.name}.")
