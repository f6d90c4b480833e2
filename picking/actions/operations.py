"""What a browser asks to be done to one mark. `operation_id` names the request itself: a repeat is harmless."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from picking.models import Label, Region, Verdict
from picking.models.mark import Mark


@dataclass(frozen=True)
class PutMark:
    """Make a mark, or change one that is there."""

    model: ClassVar[type[Mark]]
    operation_id: UUID
    id: UUID
    micrograph: int


@dataclass(frozen=True)
class PutLabel(PutMark):
    model = Label
    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class PutRegion(PutMark):
    model = Region
    polygon: list[list[float]]


@dataclass(frozen=True)
class PutVerdict(PutMark):
    model = Verdict
    kind: str
    x: float
    y: float
    to_x: float | None = None
    to_y: float | None = None


@dataclass(frozen=True)
class DeleteMark:
    operation_id: UUID
    id: UUID
    model: type[Mark]


Put = PutLabel | PutRegion | PutVerdict
Operation = Put | DeleteMark
