"""Who has which micrograph, and how far they are."""

from datetime import datetime
from typing import TypedDict

from picking.models import Assignment


class AssignmentWire(TypedDict):
    """One person's work on one micrograph.

    `assigned`: given by a manager, and so not free for others when its holder leaves. `claimed_at`: since when they
    work on it. `active_at`: when they last did something on it, as of the last change of this row. `seconds_worked`:
    active time. `sent_back`: why a reviewer wants more work on it; empty if nobody does. Null: not yet, or by nobody.
    """

    id: int
    micrograph: int
    user: int
    assigned: bool
    assigned_by: int | None
    claimed_at: str | None
    active_at: str | None
    seconds_worked: float
    done_at: str | None
    reviewed_by: int | None
    reviewed_at: str | None
    sent_back: str


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def assignment_wire(row: Assignment) -> AssignmentWire:
    return {
        "id": row.pk,
        "micrograph": row.micrograph_id,
        "user": row.user_id,
        "assigned": row.assigned,
        "assigned_by": row.assigned_by_id,
        "claimed_at": _time(row.claimed_at),
        "active_at": _time(row.active_at),
        "seconds_worked": row.seconds_worked,
        "done_at": _time(row.done_at),
        "reviewed_by": row.reviewed_by_id,
        "reviewed_at": _time(row.reviewed_at),
        "sent_back": row.sent_back,
    }


class QueueProgressWire(TypedDict):
    """How many micrographs are how far, each as far as the least far of its people. Excluded ones do not count."""

    to_do: int
    assigned: int
    claimed: int
    done: int
    reviewed: int


class QueuePersonWire(TypedDict):
    """One person's part: how many micrographs they are to begin, work on, have finished and had reviewed.

    `median_seconds`: active time on a micrograph, of those finished; null before the first. `labels_per_micrograph`:
    the same.
    """

    user: int
    assigned: int
    claimed: int
    done: int
    reviewed: int
    median_seconds: float | None
    labels_per_micrograph: float | None


class QueueWire(TypedDict):
    """The queue of a project as it stands now. `people`: those who have or had a micrograph."""

    progress: QueueProgressWire
    people: list[QueuePersonWire]
