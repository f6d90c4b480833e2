"""The snapshot: all that a browser needs to open a project, as it stands at one sequence number."""

from typing import Annotated, TypedDict

from picking.wire.columns import Columns, ColumnsOf
from picking.wire.job import JobWire
from picking.wire.marks import LabelWire, RegionWire, VerdictWire
from picking.wire.member import MemberWire
from picking.wire.micrograph import MicrographWire
from picking.wire.project import ProjectWire
from picking.wire.training import TrainingWire

LABELS, REGIONS, VERDICTS = ColumnsOf(LabelWire), ColumnsOf(RegionWire), ColumnsOf(VerdictWire)
"""Marks are the largest part of a snapshot by far, and travel as columns."""


class ExportFormatWire(TypedDict):
    """A coordinate format, and its name for people."""

    key: str
    title: str


class ServerLimitsWire(TypedDict):
    """Numbers that page and server must agree on.

    `least_labels`: particles, and as many background places, that a training needs. `corners`: most of a region.
    `operations`: most in one request. `centres`: most places in one request. `tile`: edge of a tile, pixels.
    `crops`, `crops_across`: most crops of a sheet, and how many stand side by side.
    """

    least_labels: int
    corners: int
    operations: int
    centres: int
    tile: int
    crops: int
    crops_across: int


class SnapshotRowsWire(TypedDict):
    """What the database says, and what the server reads and writes.

    `micrographs`: in the order of their names. `extensions`: of files, such as .mrc, the preferred kind first.
    """

    sequence: int
    you: MemberWire
    project: ProjectWire
    members: list[MemberWire]
    micrographs: list[MicrographWire]
    labels: Annotated[Columns, LABELS]
    regions: Annotated[Columns, REGIONS]
    verdicts: Annotated[Columns, VERDICTS]
    trainings: list[TrainingWire]
    jobs: list[JobWire]
    extensions: list[str]
    formats: list[ExportFormatWire]


class SnapshotWire(SnapshotRowsWire):
    """A project at one sequence number. `tiles`: where the addresses of its tiles begin, for some hours."""

    tiles: str
    limits: ServerLimitsWire
