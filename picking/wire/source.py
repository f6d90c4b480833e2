"""Sources: named sets of picks."""

from typing import Annotated, Any, TypedDict

from picking.models import Source


class SourceWire(TypedDict):
    """`training`: whose picks these are; null for the other kinds.

    `threshold`: its picks count from this score, in its own units. `lowest_score`, `highest_score`: of its picks. All
    three are null where the picks have no scores, and for trainings and the first guess, which go by the project's
    thresholds.
    `teaches`: whether its picks are examples of particles in training. `how`: what it was made from.
    """

    id: int
    kind: Annotated[str, Source.Kind]
    name: str
    training: int | None
    threshold: float | None
    lowest_score: float | None
    highest_score: float | None
    teaches: bool
    how: dict[str, Any]
    created_by: int | None
    created_at: str


def source_wire(source: Source) -> SourceWire:
    return {
        "id": source.pk,
        "kind": source.kind,
        "name": source.name,
        "training": source.training_id,
        "threshold": source.threshold,
        "lowest_score": source.lowest_score,
        "highest_score": source.highest_score,
        "teaches": source.teaches,
        "how": source.how,
        "created_by": source.created_by_id,
        "created_at": source.created_at.isoformat(),
    }
