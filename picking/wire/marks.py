"""Marks: what labels, regions and verdicts look like, in events that put them and as columns of the snapshot.

A new kind is a class here, its events in `picking.events` and a file of the page (frontend/src/model/mark.ts).
"""

from dataclasses import dataclass
from typing import Annotated

from picking.models import Label, Verdict

Corner = tuple[float, float]


@dataclass(frozen=True)
class MarkWire:
    """`id`: a UUID that the browser chose. `author`: null where the account is gone."""

    id: str
    micrograph: int
    author: int | None
    created_at: str


@dataclass(frozen=True)
class LabelWire(MarkWire):
    kind: Annotated[str, Label.Kind]
    x: float
    y: float


@dataclass(frozen=True)
class RegionWire(MarkWire):
    polygon: list[Corner]


@dataclass(frozen=True)
class VerdictWire(MarkWire):
    """`to_x`, `to_y`: where a move puts the pick; null for the others."""

    kind: Annotated[str, Verdict.Kind]
    x: float
    y: float
    to_x: float | None
    to_y: float | None
