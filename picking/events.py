"""The closed set of events: what can change in a project, and the only thing that travels live.

Each class is one type, named by its last field; building one with an unknown or a missing field is a TypeError. Those
of marks stand beside what marks look like. `append` is called by actions alone, inside their transaction.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple, TypedDict
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from picking import wire
from picking.models import Event, Job, Project, User
from picking.server.prepared import insert


@dataclass(frozen=True)
class MicrographAdded:
    micrograph: wire.MicrographWire
    type: Literal["micrograph.added"] = "micrograph.added"


@dataclass(frozen=True)
class MicrographChanged:
    micrograph: wire.MicrographWire
    type: Literal["micrograph.changed"] = "micrograph.changed"


@dataclass(frozen=True)
class MicrographRemoved:
    id: int
    type: Literal["micrograph.removed"] = "micrograph.removed"


@dataclass(frozen=True)
class MicrographRestored:
    """Follows MicrographAdded where that was deleted: its marks. Its picks are there again as well."""

    micrograph: int
    marks: wire.MarkColumns
    type: Literal["micrograph.restored"] = "micrograph.restored"


@dataclass(frozen=True)
class MicrographsBlind:
    """From now on people see only their own marks on these. `seed`: by which they were drawn."""

    micrographs: list[int]
    seed: int
    type: Literal["micrographs.blind"] = "micrographs.blind"


@dataclass(frozen=True)
class MicrographRevealed:
    """It is blind no more; with all its marks. `early`: before all had finished, because somebody wanted it so.

    `people`: the ids of those who had finished it: agreement is told of them (docs/decisions/0067-arbitration.md).
    """

    micrograph: wire.MicrographWire
    marks: wire.MarkColumns
    early: bool
    people: list[int]
    type: Literal["micrograph.revealed"] = "micrograph.revealed"


AssignmentChange = Literal[
    "given", "taken", "put_down", "freed", "run_out", "finished", "reopened", "accepted", "sent_back", "restored"
]


@dataclass(frozen=True)
class AssignmentsChanged:
    """Micrographs were given, taken, done, reviewed or freed.

    `removed`: ids of assignments that are no more. `doubled`: ids of micrographs that two are to label from now on.
    `change`: what was done with `micrographs` of `people`, by their ids. Put down: no longer worked on, and still
    assigned. Run out: others had it, for its holder has left.
    """

    assignments: list[wire.AssignmentWire]
    removed: list[int]
    doubled: list[int]
    change: AssignmentChange
    micrographs: list[int]
    people: list[int]
    type: Literal["assignments.changed"] = "assignments.changed"


@dataclass(frozen=True)
class CtfChanged:
    """Many micrographs at once, as a file brings them."""

    values: list[tuple[int, wire.CtfWire]]
    type: Literal["ctf.changed"] = "ctf.changed"


@dataclass(frozen=True)
class ProjectChanged:
    project: wire.ProjectWire
    type: Literal["project.changed"] = "project.changed"


@dataclass(frozen=True)
class DiameterSuggested:
    suggested: wire.SuggestedDiameterWire
    type: Literal["diameter.suggested"] = "diameter.suggested"


@dataclass(frozen=True)
class ProjectRemoved:
    """Sockets that come to this close, unless the project was restored meanwhile."""

    type: Literal["project.removed"] = "project.removed"


@dataclass(frozen=True)
class ProjectRestored:
    type: Literal["project.restored"] = "project.restored"


@dataclass(frozen=True)
class MemberChanged:
    """`joined`: they came by an invitation, and nobody else did it."""

    member: wire.MemberWire
    joined: bool = False
    type: Literal["member.changed"] = "member.changed"


@dataclass(frozen=True)
class MemberRemoved:
    id: int
    type: Literal["member.removed"] = "member.removed"


@dataclass(frozen=True)
class AccessChanged:
    """A link or a webhook was made, changed or taken away. Its address and its token are told to nobody.

    `name`: whom a shared link is for, the role of an invitation; empty for webhooks.
    """

    what: Literal["invitation", "shared_link", "webhook"]
    name: str
    change: Literal["made", "changed", "removed"]
    type: Literal["access.changed"] = "access.changed"


@dataclass(frozen=True)
class ExportRemoved:
    """Somebody deleted an export. That one was made is told by its job."""

    name: str
    type: Literal["export.removed"] = "export.removed"


@dataclass(frozen=True)
class SnapshotRemoved:
    """The file of a named snapshot was deleted. That one was made is told by its job."""

    number: int
    name: str
    type: Literal["snapshot.removed"] = "snapshot.removed"


@dataclass(frozen=True)
class JobChanged:
    job: wire.JobWire
    type: Literal["job.changed"] = "job.changed"


@dataclass(frozen=True)
class JobProgress:
    """Told while a job runs. Forgotten when it ends: the job's row then holds it all."""

    id: int
    done: int
    total: int
    message: str
    losses: list[wire.LossPoint]
    type: Literal["job.progress"] = "job.progress"


@dataclass(frozen=True)
class TrainingFinished:
    training: wire.TrainingWire
    type: Literal["training.finished"] = "training.finished"


@dataclass(frozen=True)
class TrainingMadeCurrent:
    """An older training is the project's again: the picks that are kept of it show at once."""

    training: int
    type: Literal["training.made_current"] = "training.made_current"


@dataclass(frozen=True)
class TrainingValidated:
    training: wire.TrainingWire
    type: Literal["training.validated"] = "training.validated"


@dataclass(frozen=True)
class SourceAdded:
    """With all its picks, unless it is a training's, which are picked one micrograph after the other."""

    source: wire.SourceWire
    type: Literal["source.added"] = "source.added"


@dataclass(frozen=True)
class SourceChanged:
    source: wire.SourceWire
    type: Literal["source.changed"] = "source.changed"


@dataclass(frozen=True)
class SourceRemoved:
    id: int
    type: Literal["source.removed"] = "source.removed"


@dataclass(frozen=True)
class PicksAdded:
    micrograph: int
    source: int
    count: int
    type: Literal["picks.added"] = "picks.added"


@dataclass(frozen=True)
class AveragesChanged:
    """They were asked for, sharpened by a round, or ended. Rounds are forgotten at the end, as progress is."""

    averages: wire.AveragesWire
    type: Literal["averages.changed"] = "averages.changed"


@dataclass(frozen=True)
class AveragesDeleted:
    number: int
    type: Literal["averages.deleted"] = "averages.deleted"


@dataclass(frozen=True)
class MarksRestored:
    """The marks told of from `since` up to here are as they were at `at`: both are sequence numbers.

    Of one micrograph, of one person, or all. `undoes`: the number of such an event that this takes back. `back`,
    `gone`, `changed`: how many were put, deleted and changed. `left`: how many were not, as somebody had changed them.
    """

    since: int
    at: int
    micrograph: int | None
    person: int | None
    undoes: int | None
    back: int
    gone: int
    changed: int
    left: int
    type: Literal["marks.restored"] = "marks.restored"


@dataclass(frozen=True)
class WatchedChanged:
    """A watched folder was started or stopped, or a scan of it found something new."""

    watched: wire.WatchedWire
    type: Literal["watched.changed"] = "watched.changed"


@dataclass(frozen=True)
class CommentChanged:
    """A comment as it is now, and what was done to it."""

    comment: wire.CommentWire
    change: Literal["added", "edited", "resolved", "reopened", "deleted", "restored"]
    type: Literal["comment.changed"] = "comment.changed"


AnyEvent = (
    wire.MarkEvent
    | MicrographAdded
    | MicrographChanged
    | MicrographRemoved
    | MicrographRestored
    | MicrographsBlind
    | MicrographRevealed
    | AssignmentsChanged
    | CtfChanged
    | ProjectChanged
    | DiameterSuggested
    | ProjectRemoved
    | ProjectRestored
    | MemberChanged
    | MemberRemoved
    | AccessChanged
    | ExportRemoved
    | SnapshotRemoved
    | JobChanged
    | JobProgress
    | TrainingFinished
    | TrainingMadeCurrent
    | TrainingValidated
    | SourceAdded
    | SourceChanged
    | SourceRemoved
    | PicksAdded
    | AveragesChanged
    | AveragesDeleted
    | MarksRestored
    | WatchedChanged
    | CommentChanged
)


def append(
    project: Project,
    event: AnyEvent,
    actor: User | None = None,
    operation_id: UUID | None = None,
    job: Job | None = None,
    only_for: int | None = None,
) -> int:
    """Writes `event` as the next of `project`, whose row the caller has locked, and returns its sequence number."""
    _next(project, event, actor, operation_id, only_for, job).save(force_insert=True)
    return project.sequence


class Done(NamedTuple):
    """What came of a person's operation. `only_for`: the id of the one person who may know of it; None: everyone.

    `restored`: whether another event sums it up.
    """

    operation: UUID
    event: AnyEvent
    actor: User | None
    only_for: int | None
    restored: bool = False


def append_all(project: Project, done: Iterable[Done]) -> None:
    """As `append`, one event for each of people's operations, in one go."""
    rows = [_next(project, x.event, x.actor, x.operation, x.only_for, restored=x.restored) for x in done]
    insert(rows)


def _next(
    project: Project,
    event: AnyEvent,
    actor: User | None,
    operation_id: UUID | None,
    only_for: int | None = None,
    job: Job | None = None,
    restored: bool = False,
) -> Event:
    project.sequence += 1
    data = asdict(event)
    return Event(
        project=project,
        sequence=project.sequence,
        data=data,
        type=event.type,
        micrograph=_micrograph(data),
        actor=actor,
        operation=operation_id,
        only_for_id=only_for,
        restored=restored,
        job=job,
    )


def _micrograph(data: dict[str, Any]) -> int | None:
    """The one that an event is about, by its id; None where it is about none, or several."""
    if data["type"] == "micrograph.removed":
        return int(data["id"])
    named: Any = data.get("comment", data).get("micrograph")
    found: int | None = named["id"] if isinstance(named, dict) else named
    return found


class Told(TypedDict):
    """One committed change. `actor`: null where nobody did it. `operation`: that a browser asked for, by its id."""

    sequence: int
    event: AnyEvent
    actor: int | None
    operation: str | None
    at: str


def as_told(event: Event) -> Told:
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
    publish = getattr(get_channel_layer(), "publish", None)  # as picking/server/channel_layer.py has
    if publish:
        publish(group(project_id), _advanced(sequence))
    else:
        async_to_sync(announce_here)(project_id, sequence)


async def announce_here(project_id: int, sequence: int) -> None:
    """As `announce`, within an event loop."""
    layer = get_channel_layer()
    assert layer is not None
    await layer.group_send(group(project_id), _advanced(sequence))


def _advanced(sequence: int) -> dict[str, Any]:
    return {"type": "project.advanced", "sequence": sequence}
