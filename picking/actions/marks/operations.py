"""What a browser asks to be done to one mark or comment. `operation_id` names the request: a repeat is harmless.

`after` is the last event that whoever asks had read. What somebody else has done to the mark since then, and they could
not know of, stands. None: they want it whatever it is now.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Annotated, Any, ClassVar, Self
from uuid import UUID

from picking.actions.marks.comment_operations import CommentOperation
from picking.models import Micrograph
from picking.models.marks import Label, Mark, Region, Verdict
from picking.refusals import Refused
from picking.science.picks import as_points
from picking.science.polygon import clipped
from picking.wire import marks as wire

Polygon = list[list[float]]


@dataclass(frozen=True)
class PutMark(ABC):
    """Make a mark, or change one that is there. Each kind of mark adds what it says, in the words of its row."""

    model: ClassVar[type[Mark]]
    put: ClassVar[Callable[..., wire.MarkEvent]]
    """The event for a mark that was made or changed."""
    deleted: ClassVar[Callable[..., wire.MarkEvent]]
    """The event for a mark that was deleted."""
    operation_id: UUID
    id: UUID
    micrograph: int
    after: int | None = field(default=None, kw_only=True)

    @property
    def said(self) -> dict[str, Any]:
        """What only this kind of mark says: fields of its row, and of its event."""
        return {name: value for name, value in vars(self).items() if name not in PutMark.__annotations__}

    @classmethod
    def says(cls) -> list[str]:
        """The names of these."""
        return [each.name for each in fields(cls) if each.name not in PutMark.__annotations__]

    @abstractmethod
    def fitted(self, micrograph: Micrograph) -> Self:
        """As it is applied. Raises Refused for what does not lie on the micrograph."""


@dataclass(frozen=True)
class PutLabel(PutMark):
    model, put, deleted = Label, wire.LabelPut, wire.LabelDeleted
    kind: Annotated[str, Label.Kind]
    x: float
    y: float

    def fitted(self, micrograph: Micrograph) -> Self:
        require_inside(micrograph, self.x, self.y)
        return self


@dataclass(frozen=True)
class PutRegion(PutMark):
    model, put, deleted = Region, wire.RegionPut, wire.RegionDeleted
    polygon: Polygon

    def fitted(self, micrograph: Micrograph) -> Self:
        """Clipped to the micrograph."""
        whole = as_points(self.polygon)
        left = clipped(whole, micrograph.width, micrograph.height)
        if not len(left):
            raise Refused(f"This region does not overlap {micrograph.name}. Draw it on the image.")
        return self if left is whole else replace(self, polygon=left.tolist())


@dataclass(frozen=True)
class PutVerdict(PutMark):
    model, put, deleted = Verdict, wire.VerdictPut, wire.VerdictDeleted
    kind: Annotated[str, Verdict.Kind]
    x: float
    y: float
    to_x: float | None = None
    to_y: float | None = None
    fit: float | None = None

    def fitted(self, micrograph: Micrograph) -> Self:
        require_inside(micrograph, self.x, self.y)
        if self.to_x is not None and self.to_y is not None:
            require_inside(micrograph, self.to_x, self.to_y)
        elif self.kind == Verdict.Kind.MOVE or self.to_x is not self.to_y:
            raise Refused("A move needs x and y of the new place.")
        return self if self.fit is None else replace(self, fit=min(max(self.fit, 0.0), 1.0))


MARKS: Mapping[str, type[PutMark]] = {"label": PutLabel, "region": PutRegion, "verdict": PutVerdict}
"""The kinds of marks, by the name that their operations begin with."""


@dataclass(frozen=True)
class DeleteMark:
    operation_id: UUID
    id: UUID
    kind: type[PutMark]
    after: int | None = None

    @property
    def model(self) -> type[Mark]:
        return self.kind.model


MarkOperation = PutMark | DeleteMark
Operation = MarkOperation | CommentOperation


def require_inside(micrograph: Micrograph, x: float, y: float) -> None:
    """Centres must be on the image; -0.5 … width - 0.5 is its extent when (0, 0) is the middle of the first pixel."""
    if not (-0.5 <= x <= micrograph.width - 0.5 and -0.5 <= y <= micrograph.height - 0.5):
        raise Refused(f"({x:.6g}, {y:.6g}) is outside {micrograph.name}.")
