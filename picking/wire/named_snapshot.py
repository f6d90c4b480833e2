"""Named snapshots."""

from typing import Annotated, TypedDict

from picking.models import Job, NamedSnapshot
from picking.wire.job import JobWire, job_wire


class SnapshotCountsWire(TypedDict):
    """`picks`: final picks."""

    micrographs: int
    excluded: int
    picks: int
    labels: int
    regions: int
    verdicts: int


class NamedSnapshotWire(TypedDict):
    """A named snapshot. `number`: in its address. `sequence`: of the last event that it holds.

    `sha256`: of its canonical form; empty until its job has finished. `size`: of its file, bytes. `job`: null once the
    job is forgotten. `created_by`: null if the account is gone.
    """

    number: int
    name: str
    note: str
    address: str
    status: Annotated[str, Job.Status]
    job: JobWire | None
    sequence: int
    sha256: str
    size: int | None
    counts: SnapshotCountsWire | None
    created_by: str | None
    created_at: str


def named_snapshot_wire(named: NamedSnapshot) -> NamedSnapshotWire:
    return {
        "number": named.number,
        "name": named.name,
        "note": named.note,
        "address": address_of(named),
        "status": named.job.status if named.job else Job.Status.FINISHED.value,
        "job": job_wire(named.job) if named.job else None,
        "sequence": named.sequence,
        "sha256": named.sha256,
        "size": named.size,
        "counts": named.counts,
        "created_by": named.created_by.username if named.created_by else None,
        "created_at": named.created_at.isoformat(),
    }


def address_of(named: NamedSnapshot) -> str:
    """Below the server's: the same in the page and, after /api/v1, in the API."""
    return f"/projects/{named.project_id}/snapshots/{named.number}"
