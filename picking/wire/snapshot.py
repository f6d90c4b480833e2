"""The snapshot: all that a browser needs to open a project, at one sequence number."""

from typing import TypedDict

from picking.wire.assignment import AssignmentWire
from picking.wire.comment import CommentWire
from picking.wire.job import JobWire
from picking.wire.marks import MarkColumns
from picking.wire.member import LastSeenWire, MemberWire
from picking.wire.micrograph import MicrographWire
from picking.wire.project import ProjectWire
from picking.wire.source import SourceWire
from picking.wire.training import TrainingWire
from picking.wire.watched import WatchedWire


class ExportFormatWire(TypedDict):
    """A coordinate format: the program whose it is, its name for people, and what to do with it there.

    `boxes`: whether it says how large a box is. `read`: whether its files can be imported.
    """

    key: str
    program: str
    title: str
    after: str
    boxes: bool
    read: bool


class ServerLimitsWire(TypedDict):
    """Numbers that page and server must agree on.

    `least_labels`: particle labels, and as many background labels, that a training needs. `corners`: the most in a
    region. `operations`: the most in one request. `centres`: the most places in one request. `tile`: edge of a tile,
    pixels. `crops`, `crops_across`: the most crops in a sheet, and how many are side by side.
    `coordinate_files`: bytes of the files of coordinates in one request. `comment`: the most characters of one.
    `claim_seconds`: how long a micrograph that somebody took stays theirs after they have left.
    """

    least_labels: int
    corners: int
    operations: int
    centres: int
    tile: int
    crops: int
    crops_across: int
    coordinate_files: int
    claim_seconds: int
    comment: int


class SnapshotRowsWire(MarkColumns):
    """What the database holds, and what the server reads and writes.

    `guest`: came by a shared link. `micrographs`: in the order of their names. `extensions`: of files, such as .mrc,
    the preferred kind first.
    `other_kinds`: of files that are no micrographs, such as .eer, with the reason and what to do instead.
    `comments`: that this person sees. `comments_read`: id of a thread, and up to which event they have read it.
    """

    sequence: int
    you: MemberWire
    guest: bool
    project: ProjectWire
    members: list[MemberWire]
    micrographs: list[MicrographWire]
    assignments: list[AssignmentWire]
    last_seen: list[LastSeenWire]
    trainings: list[TrainingWire]
    sources: list[SourceWire]
    jobs: list[JobWire]
    watched: list[WatchedWire]
    comments: list[CommentWire]
    comments_read: dict[str, int]
    extensions: list[str]
    other_kinds: dict[str, str]
    formats: list[ExportFormatWire]


class SnapshotWire(SnapshotRowsWire):
    """A project at one sequence number. `tiles`: the start of the addresses of its tiles, valid for some hours."""

    tiles: str
    limits: ServerLimitsWire
