"""Background work."""

from typing import Annotated, Literal, NotRequired, TypedDict

from picking.models import Job

LossPoint = tuple[Annotated[str, Literal["particle", "contamination"]], int, float]
"""(network, step, loss)"""


class JobWire(TypedDict):
    """`done` of `total` steps; `error`: why it failed, until somebody has dismissed it (`dismissed`)."""

    id: int
    kind: Annotated[str, Job.Kind]
    status: Annotated[str, Job.Status]
    name: str
    done: int
    total: int
    message: str
    error: str
    dismissed: bool
    created_by: int | None
    created_at: str
    losses: NotRequired[list[LossPoint]]


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
