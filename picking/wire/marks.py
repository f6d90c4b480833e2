"""Marks: what labels, regions and verdicts look like, in events that tell of them and as columns of the snapshot."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypedDict

from picking.models.marks import Label, Mark, Region, Verdict
from picking.wire.columns import Columns, ColumnsOf

Corner = tuple[float, float]


@dataclass(frozen=True)
class MarkWire:
    """`id`: a UUID that the browser chose. `author`: null if the account is gone.

    `changed_by`: who changed it last, where that was not its author.
    """

    id: str
    micrograph: int
    author: int | None
    changed_by: int | None
    created_at: str


@dataclass(frozen=True)
class MarkDeleted:
    id: str
    micrograph: int


@dataclass(frozen=True)
class LabelWire(MarkWire):
    kind: Annotated[str, Label.Kind]
    x: float
    y: float


@dataclass(frozen=True)
class LabelPut(LabelWire):
    type: Literal["label.put"] = "label.put"


@dataclass(frozen=True)
class LabelDeleted(MarkDeleted):
    type: Literal["label.deleted"] = "label.deleted"


@dataclass(frozen=True)
class RegionWire(MarkWire):
    polygon: list[Corner]


@dataclass(frozen=True)
class RegionPut(RegionWire):
    type: Literal["region.put"] = "region.put"


@dataclass(frozen=True)
class RegionDeleted(MarkDeleted):
    type: Literal["region.deleted"] = "region.deleted"


@dataclass(frozen=True)
class VerdictWire(MarkWire):
    """`to_x`, `to_y`: where a move puts the pick; null for the others.

    `fit`: how well the pick fits the class of averages that it was judged with, 0 to 1; null where it was judged by
    itself.
    """

    kind: Annotated[str, Verdict.Kind]
    x: float
    y: float
    to_x: float | None
    to_y: float | None
    fit: float | None


@dataclass(frozen=True)
class VerdictPut(VerdictWire):
    type: Literal["verdict.put"] = "verdict.put"


@dataclass(frozen=True)
class VerdictDeleted(MarkDeleted):
    type: Literal["verdict.deleted"] = "verdict.deleted"


MarkEvent = LabelPut | LabelDeleted | RegionPut | RegionDeleted | VerdictPut | VerdictDeleted

LABELS, REGIONS, VERDICTS = ColumnsOf(LabelWire), ColumnsOf(RegionWire), ColumnsOf(VerdictWire)
COLUMNS: dict[str, tuple[type[Mark], ColumnsOf]] = {
    "labels": (Label, LABELS),
    "regions": (Region, REGIONS),
    "verdicts": (Verdict, VERDICTS),
}
"""Field of a snapshot -> the rows in it and their columns: marks are the largest part of a snapshot by far."""


class MarkColumns(TypedDict):
    """The marks of a project."""

    labels: Annotated[Columns, LABELS]
    regions: Annotated[Columns, REGIONS]
    verdicts: Annotated[Columns, VERDICTS]
