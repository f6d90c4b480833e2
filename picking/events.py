"""The closed set of events: what can change in a project, and the only thing that travels live.

Each class is one type; building one with an unknown or a missing field is a TypeError. `append` is called
by actions alone, inside their transaction.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from picking import wire
from picking.models import Event, Job, Project, User


@dataclass(frozen=True)
class LabelPut:
    TYPE: ClassVar[str] = "label.put"
    id: str
    micrograph: int
    kind: str
    x: float
    y: float
    author: int | None
    created_at: str


@dataclass(frozen=True)
class LabelDeleted:
    TYPE: ClassVar[str] = "label.deleted"
    id: str
    micrograph: int


@dataclass(frozen=True)
class RegionPut:
    TYPE: ClassVar[str] = "region.put"
    id: str
    micrograph: int
    polygon: list[list[float]]
    author: int | None
    created_at: str


@dataclass(frozen=True)
class RegionDeleted:
    TYPE: ClassVar[str] = "region.deleted"
    id: str
    micrograph: int


@dataclass(frozen=True)
class VerdictPut:
    TYPE: ClassVar[str] = "verdict.put"
    id: str
    micrograph: int
    kind: str
    x: float
    y: float
    to_x: float | None
    to_y: float | None
    author: int | None
    created_at: str


@dataclass(frozen=True)
class VerdictDeleted:
    TYPE: ClassVar[str] = "verdict.deleted"
    id: str
    micrograph: int


@dataclass(frozen=True)
class MicrographAdded:
    TYPE: ClassVar[str] = "micrograph.added"
    micrograph: wire.MicrographWire


@dataclass(frozen=True)
class MicrographChanged:
    TYPE: ClassVar[str] = "micrograph.changed"
    micrograph: wire.MicrographWire


@dataclass(frozen=True)
class MicrographRemoved:
    TYPE: ClassVar[str] = "micrograph.removed"
    id: int


@dataclass(frozen=True)
class CtfChanged:
    """Many micrographs at once, as a file brings them."""

    TYPE: ClassVar[str] = "ctf.changed"
    values: list[tuple[int, wire.CtfWire]]


@dataclass(frozen=True)
class ProjectChanged:
    TYPE: ClassVar[str] = "project.changed"
    project: wire.ProjectWire


@dataclass(frozen=True)
class MemberChanged:
    TYPE: ClassVar[str] = "member.changed"
    member: wire.MemberWire


@dataclass(frozen=True)
class MemberRemoved:
    TYPE: ClassVar[str] = "member.removed"
    id: int


@dataclass(frozen=True)
class JobChanged:
    TYPE: ClassVar[str] = "job.changed"
    job: wire.JobWire


@dataclass(frozen=True)
class JobProgress:
    """Told while a job runs. Forgotten when it ends: the job's row then holds it all."""

    TYPE: ClassVar[str] = "job.progress"
    id: int
    done: int
    total: int
    message: str
    losses: list[wire.LossPoint]


@dataclass(frozen=True)
class TrainingFinished:
    TYPE: ClassVar[str] = "training.finished"
    training: wire.TrainingWire


@dataclass(frozen=True)
class TrainingMadeCurrent:
    """An older training is the project's again: the picks that are kept of it show at once."""

    TYPE: ClassVar[str] = "training.made_current"
    training: int


@dataclass(frozen=True)
class TrainingValidated:
    TYPE: ClassVar[str] = "training.validated"
    training: wire.TrainingWire


@dataclass(frozen=True)
class PicksAdded:
    TYPE: ClassVar[str] = "picks.added"
    micrograph: int
    training: int
    count: int


AnyEvent = (
    LabelPut
    | LabelDeleted
    | RegionPut
    | RegionDeleted
    | VerdictPut
    | VerdictDeleted
    | MicrographAdded
    | MicrographChanged
    | MicrographRemoved
    | CtfChanged
    | ProjectChanged
    | MemberChanged
    | MemberRemoved
    | JobChanged
    | JobProgress
    | TrainingFinished
    | TrainingMadeCurrent
    | TrainingValidated
    | PicksAdded
)


def append(
    project: Project,
    event: AnyEvent,
    actor: User | None = None,
    operation_id: UUID | None = None,
    job: Job | None = None,
) -> int:
    """Writes `event` as the next of `project`, whose row the caller has locked, and returns its sequence number."""
    _next(project, event, actor, operation_id, job).save(force_insert=True)
    return project.sequence


def append_all(project: Project, told: Iterable[tuple[UUID, AnyEvent]], actor: User) -> None:
    """As `append`, one event for each of a person's operations, in one go."""
    Event.objects.bulk_create([_next(project, event, actor, operation_id) for operation_id, event in told])


def _next(
    project: Project, event: AnyEvent, actor: User | None, operation_id: UUID | None, job: Job | None = None
) -> Event:
    project.sequence += 1
    return Event(
        project=project,
        sequence=project.sequence,
        data={"type": event.TYPE, **asdict(event)},
        actor=actor,
        operation=operation_id,
        job=job,
    )


def as_told(event: Event) -> dict[str, Any]:
    """An event as it travels over the socket, in a page of them."""
    return {
        "sequence": event.sequence,
        "event": event.data,
        "actor": event.actor_id,
        "operation": str(event.operation) if event.operation else None,
        "at": event.created_at.isoformat(),
    }


def group(project_id: int) -> str:
    """The channel layer's group of a project's sockets."""
    return f"project.{project_id}"


def announce(project_id: int, sequence: int) -> None:
    """Tells the project's sockets that events up to `sequence` are there to be read."""
    async_to_sync(announce_here)(project_id, sequence)


async def announce_here(project_id: int, sequence: int) -> None:
    """As `announce`, within an event loop."""
    layer = get_channel_layer()
    assert layer is not None
    await layer.group_send(group(project_id), {"type": "project.advanced", "sequence": sequence})
