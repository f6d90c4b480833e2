"""How rows look on the wire: the same shapes in answers, snapshots and events."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from picking.models import Ctf, Job, Membership, Micrograph, Project, Training
from picking.science.imaging.pyramid import level_shapes

LossPoint = tuple[str, int, float]
"""(network, step, loss)"""


class ProjectWire(TypedDict):
    id: int
    name: str
    particle_diameter: float
    pixel_size: float | None
    archived: bool
    particle_threshold: float
    contamination_threshold: float
    minimum_distance: float
    border_margin: float
    current_training: int | None
    keep_training: bool


class ListedProjectWire(ProjectWire):
    """`cover`: key of a micrograph; `quality`: of the current training; `changed_…`: the last change by a person."""

    role: str
    members: list["MemberWire"]
    micrographs: int
    labels: dict[str, int]
    picks: int
    quality: "FiguresWire | None"
    cover: str | None
    changed_at: str
    changed_by: str | None


class MemberWire(TypedDict):
    id: int
    username: str
    role: str


class PickCountWire(TypedDict):
    training: int
    count: int


class CtfWire(TypedDict):
    defocus_u: float
    defocus_v: float
    astigmatism_angle: float
    voltage: float
    spherical_aberration: float
    amplitude_contrast: float
    phase_shift: float
    resolution: float | None


class MicrographWire(TypedDict):
    id: int
    key: str
    name: str
    file_name: str
    width: int
    height: int
    pixel_size: float | None
    replaced_pixels: int
    levels: int
    picks: PickCountWire | None
    has_reference: bool
    created_at: str
    particle_threshold: float | None
    contamination_threshold: float | None
    excluded: bool
    flagged: bool
    note: str
    ctf: CtfWire | None


class JobWire(TypedDict):
    id: int
    kind: str
    status: str
    name: str
    done: int
    total: int
    message: str
    error: str
    dismissed: bool
    created_by: int | None
    created_at: str
    losses: NotRequired[list[LossPoint]]


class FiguresWire(TypedDict):
    """What a validation found; `particles` and `others`: how many labels were held out."""

    average_precision: float
    best_f1: float
    particles: int
    others: int
    whole_micrographs: bool


class NoFiguresWire(TypedDict):
    """Why there are none, in words."""

    reason: str


class OriginWire(TypedDict):
    """Where adopted networks come from: the project's name and the version there."""

    project: str
    training: int


class TrainingWire(TypedDict):
    id: int
    version: int
    created_at: str
    created_by: int | None
    labels: dict[str, int]
    has_contamination_network: bool
    losses: list[LossPoint]
    seconds: float | None
    validation: FiguresWire | NoFiguresWire | None
    origin: OriginWire | None


HeldOutRow = tuple[str, float, float]
"""(kind of label, particle score, contamination score)"""


class TrainingDetailWire(TrainingWire):
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
    labels: dict[str, int]
    validation: FiguresWire | NoFiguresWire | None


class LeftOutWire(TypedDict):
    """Files or micrographs that something passes over: why, how many, and the names of the first."""

    reason: str
    count: int
    names: list[str]


# Marks travel as rows of these columns, the largest part of a snapshot by far: see `mark_row`.
LABEL_COLUMNS = ("id", "micrograph", "kind", "x", "y", "author", "created_at")
REGION_COLUMNS = ("id", "micrograph", "polygon", "author", "created_at")
VERDICT_COLUMNS = ("id", "micrograph", "kind", "x", "y", "to_x", "to_y", "author", "created_at")


def project_wire(project: Project) -> ProjectWire:
    return {
        "id": project.pk,
        "name": project.name,
        "particle_diameter": project.particle_diameter,
        "pixel_size": project.pixel_size,
        "archived": project.archived_at is not None,
        "particle_threshold": project.particle_threshold,
        "contamination_threshold": project.contamination_threshold,
        "minimum_distance": project.minimum_distance,
        "border_margin": project.border_margin,
        "current_training": project.current_training_id,
        "keep_training": project.keep_training,
    }


def member_wire(membership: Membership) -> MemberWire:
    user = membership.user
    return {"id": user.pk, "username": user.username, "role": membership.role}


def micrograph_wire(micrograph: Micrograph, picks: PickCountWire | None, has_reference: bool) -> MicrographWire:
    """`pixel_size` is the one in force: what a person typed for the project, else what the file's header says."""
    return {
        "id": micrograph.pk,
        "key": str(micrograph.key),
        "name": micrograph.name,
        "file_name": micrograph.file_name,
        "width": micrograph.width,
        "height": micrograph.height,
        "pixel_size": micrograph.pixel_size,
        "replaced_pixels": micrograph.replaced_pixels,
        "levels": len(level_shapes(micrograph.width, micrograph.height)),
        "picks": picks,
        "has_reference": has_reference,
        "created_at": micrograph.created_at.isoformat(),
        "particle_threshold": micrograph.particle_threshold,
        "contamination_threshold": micrograph.contamination_threshold,
        "excluded": micrograph.excluded,
        "flagged": micrograph.flagged,
        "note": micrograph.note,
        "ctf": ctf_wire(micrograph.ctf) if hasattr(micrograph, "ctf") else None,
    }


def ctf_wire(ctf: Ctf) -> CtfWire:
    return {
        "defocus_u": ctf.defocus_u,
        "defocus_v": ctf.defocus_v,
        "astigmatism_angle": ctf.astigmatism_angle,
        "voltage": ctf.voltage,
        "spherical_aberration": ctf.spherical_aberration,
        "amplitude_contrast": ctf.amplitude_contrast,
        "phase_shift": ctf.phase_shift,
        "resolution": ctf.resolution,
    }


def job_wire(job: Job, with_losses: bool = False) -> JobWire:
    wire: JobWire = {
        "id": job.pk,
        "kind": job.kind,
        "status": job.status,
        "name": job.name,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "error": job.error,
        "dismissed": job.dismissed,
        "created_by": job.created_by_id,
        "created_at": job.created_at.isoformat(),
    }
    if with_losses:
        wire["losses"] = job.losses
    return wire


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


def left_out_wire(left_out: Mapping[str, Sequence[str]], shown: int = 20) -> list[LeftOutWire]:
    """`left_out`: names by reason."""
    return [
        {"reason": reason, "count": len(names), "names": list(names[:shown])}
        for reason, names in left_out.items()
        if names
    ]


def mark_row(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """A mark's values, from its id to the time when it was made."""
    return (str(values[0]), *values[1:-1], values[-1].isoformat())
