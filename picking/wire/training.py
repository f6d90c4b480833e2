"""Trainings and their networks."""

from typing import Annotated, Any, TypedDict

from picking.models import Job, Label, Training
from picking.wire.figures import FiguresWire, NoFiguresWire
from picking.wire.job import LossPoint
from picking.wire.labels import LabelCounts

HeldOutRow = tuple[Annotated[str, Label.Kind], float, float]
"""A labelled place that was held out: (kind, particle score, contamination score).

Both scores are 0 where the networks saw nothing.
"""


class OriginWire(TypedDict):
    """Where adopted networks come from: the project's name and the version there."""

    project: str
    training: int


class TrainingWire(TypedDict):
    """`labels`: how many it learnt from. `seconds`: how long it ran; null for networks that were not trained here.

    `validation`: null until it is there.
    """

    id: int
    version: int
    created_at: str
    created_by: int | None
    labels: LabelCounts
    has_contamination_network: bool
    losses: list[LossPoint]
    seconds: float | None
    validation: FiguresWire | NoFiguresWire | None
    origin: OriginWire | None


class TrainingDetailWire(TrainingWire):
    """With what made it, and what its validation saw."""

    seed: int
    settings: dict[str, Any]
    held_out: list[HeldOutRow]


class NetworksWire(TypedDict):
    """Networks that another project may start from."""

    id: int
    project: int
    project_name: str
    particle_diameter: float
    version: int
    created_at: str
    labels: LabelCounts
    validation: FiguresWire | NoFiguresWire | None


def training_wire(training: Training) -> TrainingWire:
    return {
        "id": training.pk,
        "version": training.version,
        "created_at": training.created_at.isoformat(),
        "created_by": training.created_by_id,
        "labels": training.labels,
        "has_contamination_network": training.has_contamination_network,
        "losses": training.losses,
        "seconds": _seconds(training.job),
        "validation": training.validation,
        "origin": training.origin,
    }


def training_detail_wire(training: Training) -> TrainingDetailWire:
    return {
        **training_wire(training),
        "seed": training.seed,
        "settings": training.settings,
        "held_out": training.held_out,
    }


def networks_wire(training: Training) -> NetworksWire:
    project = training.project
    assert project.particle_diameter is not None, "networks are trained with a diameter"
    return {
        "id": training.pk,
        "project": project.pk,
        "project_name": project.name,
        "particle_diameter": project.particle_diameter,
        "version": training.version,
        "created_at": training.created_at.isoformat(),
        "labels": training.labels,
        "validation": training.validation,
    }


def _seconds(job: Job | None) -> float | None:
    """How long a job ran; None while it does, and for networks that were not trained here."""
    if job is None or job.started_at is None or job.ended_at is None:
        return None
    return round((job.ended_at - job.started_at).total_seconds(), 1)
