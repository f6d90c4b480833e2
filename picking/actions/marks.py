"""Put and delete labels, regions and verdicts: the operations that browsers send, one by one or in batches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar
from uuid import UUID

from picking import events
from picking.actions.change import Refused, change, require_open
from picking.actions.keep_training import note_change
from picking.models import Event, Label, Micrograph, Project, Region, User, Verdict
from picking.models.mark import Mark

M = TypeVar("M", bound=Mark)


@dataclass(frozen=True)
class PutLabel:
    operation: UUID
    id: UUID
    micrograph: int
    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class PutRegion:
    operation: UUID
    id: UUID
    micrograph: int
    polygon: list[list[float]]


@dataclass(frozen=True)
class PutVerdict:
    operation: UUID
    id: UUID
    micrograph: int
    kind: str
    x: float
    y: float
    to_x: float | None = None
    to_y: float | None = None


@dataclass(frozen=True)
class DeleteMark:
    operation: UUID
    id: UUID
    mark: Literal["label", "region", "verdict"]


Operation = PutLabel | PutRegion | PutVerdict | DeleteMark


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
        results = []
        for operation in operations:
            if operation.operation in seen:
                results.append(Result(operation.operation, "repeated"))
                continue
            seen.add(operation.operation)
            try:
                _apply(project, actor, operation)
            except Refused as refusal:
                results.append(Result(operation.operation, "refused", str(refusal)))
            else:
                results.append(Result(operation.operation, "applied"))
        if any(result.status == "applied" for result in results):
            note_change(project)
    return project.sequence, results


def _apply(project: Project, actor: User, operation: Operation) -> None:
    """One operation. It must raise Refused before its first write: the batch has one transaction."""
    match operation:
        case PutLabel():
            _put_label(project, actor, operation)
        case PutRegion():
            _put_region(project, actor, operation)
        case PutVerdict():
            _put_verdict(project, actor, operation)
        case DeleteMark():
            _delete_mark(project, actor, operation)


def _put_label(project: Project, actor: User, put: PutLabel) -> None:
    micrograph = _micrograph(project, put.micrograph)
    _require_inside(micrograph, put.x, put.y)
    label = _existing(Label, project, put.id) or Label(id=put.id, author=actor)
    label.micrograph, label.kind, label.x, label.y = micrograph, put.kind, put.x, put.y
    _save(project, label)
    event = events.LabelPut(
        id=str(label.pk),
        micrograph=micrograph.pk,
        kind=label.kind,
        x=label.x,
        y=label.y,
        author=label.author_id,
        created_at=label.created_at.isoformat(),
    )
    events.append(project, event, actor, put.operation)


def _put_region(project: Project, actor: User, put: PutRegion) -> None:
    micrograph = _micrograph(project, put.micrograph)
    region = _existing(Region, project, put.id) or Region(id=put.id, author=actor)
    region.micrograph, region.polygon = micrograph, put.polygon
    _save(project, region)
    event = events.RegionPut(
        id=str(region.pk),
        micrograph=micrograph.pk,
        polygon=region.polygon,
        author=region.author_id,
        created_at=region.created_at.isoformat(),
    )
    events.append(project, event, actor, put.operation)


def _put_verdict(project: Project, actor: User, put: PutVerdict) -> None:
    micrograph = _micrograph(project, put.micrograph)
    _require_inside(micrograph, put.x, put.y)
    if put.kind == Verdict.Kind.MOVE:
        if put.to_x is None or put.to_y is None:
            raise Refused("A move needs the place to move to.")
        _require_inside(micrograph, put.to_x, put.to_y)
    verdict = _existing(Verdict, project, put.id) or Verdict(id=put.id, author=actor)
    verdict.micrograph, verdict.kind = micrograph, put.kind
    verdict.x, verdict.y, verdict.to_x, verdict.to_y = put.x, put.y, put.to_x, put.to_y
    _save(project, verdict)
    event = events.VerdictPut(
        id=str(verdict.pk),
        micrograph=micrograph.pk,
        kind=verdict.kind,
        x=verdict.x,
        y=verdict.y,
        to_x=verdict.to_x,
        to_y=verdict.to_y,
        author=verdict.author_id,
        created_at=verdict.created_at.isoformat(),
    )
    events.append(project, event, actor, put.operation)


_MARKS: dict[str, tuple[type[Mark], Callable[..., events.AnyEvent]]] = {
    "label": (Label, events.LabelDeleted),
    "region": (Region, events.RegionDeleted),
    "verdict": (Verdict, events.VerdictDeleted),
}


def _delete_mark(project: Project, actor: User, delete: DeleteMark) -> None:
    """Deleting what is gone already is no error: two people may erase the same label."""
    model, deleted = _MARKS[delete.mark]
    mark = model._default_manager.filter(pk=delete.id, micrograph__project=project).first()
    if mark is None:
        return
    event = deleted(id=str(mark.pk), micrograph=mark.micrograph_id)
    mark.delete()
    events.append(project, event, actor, delete.operation)


def _micrograph(project: Project, micrograph_id: int) -> Micrograph:
    micrograph = project.micrographs.filter(pk=micrograph_id).first()
    if micrograph is None:
        raise Refused("This micrograph is no longer in the project.")
    return micrograph


def _existing(model: type[M], project: Project, mark_id: UUID) -> M | None:
    mark = model._default_manager.filter(pk=mark_id).select_related("micrograph").first()
    if mark is not None and mark.micrograph.project_id != project.pk:
        raise Refused("This id is taken.")
    return mark


def _save(project: Project, mark: Mark) -> None:
    mark.sequence = project.sequence + 1
    mark.save(force_insert=mark._state.adding)


def _require_inside(micrograph: Micrograph, x: float, y: float) -> None:
    """Centres lie on the image; -0.5 … width - 0.5 is its extent when (0, 0) is the middle of the first pixel."""
    if not (-0.5 <= x <= micrograph.width - 0.5 and -0.5 <= y <= micrograph.height - 0.5):
        raise Refused(f"({x:.0f}, {y:.0f}) lies outside of {micrograph.name}.")
