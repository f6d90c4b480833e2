"""The history of a project, its past, and what a restoration would change."""

from typing import Any, TypedDict

from picking.models import Event
from picking.wire.marks import MarkColumns
from picking.wire.micrograph import MicrographWire
from picking.wire.project import ProjectWire


class HistoryEntryWire(TypedDict):
    """Changes of one kind by one person, made without a long pause.

    `first`, `last`: sequence numbers. `actor`, `who`: null and empty where nobody did it, or the account is gone.
    `type`: of the events; a mark's is put, changed, deleted or restored; of the queue it says what was done: given,
    taken, put_down, freed, finished, reopened, accepted, sent_back. `count`: of marks, or changes. `micrograph`,
    `name`: null and empty for none and for several; the id of one that was removed may stand there. `micrographs`: how
    many. `kinds`: of the labels and verdicts that were put, and how many of each; what a restoration did. `places`: of
    some marks, x and y in pixels. `changes`: setting -> (before, after). `about`: what it is about in a word: a source,
    a training, a job, whose micrographs.
    """

    first: int
    last: int
    since: str
    until: str
    actor: int | None
    who: str
    type: str
    count: int
    micrograph: int | None
    micrographs: int
    name: str
    kinds: dict[str, int]
    places: list[tuple[float, float]]
    changes: dict[str, tuple[Any, Any]]
    about: str


class PastWire(MarkColumns):
    """A micrograph as of an event, with its marks.

    `sequence`, `at`: of the last event until then; 0 and null before the first. `project`: the settings of then.
    `micrograph`: null if it was not in the project. `source`: whose picks were shown; null if there were none.
    `source_kept`: whether these picks are still there. `previous`, `following`: sequence numbers of the states before
    and after what one person changed here at once; null at the ends.
    """

    sequence: int
    at: str | None
    project: ProjectWire
    micrograph: MicrographWire | None
    source: int | None
    source_kept: bool
    previous: int | None
    following: int | None


class MomentWire(TypedDict):
    sequence: int
    at: str


class TickWire(MomentWire):
    """`type`: of the event. `name`: of the training or the source; empty for micrographs. `count`: how many came."""

    type: str
    name: str
    count: int


class TimelineWire(TypedDict):
    """`moments`: some events, about as many changes apart from one another, the first and the last among them."""

    moments: list[MomentWire]
    ticks: list[TickWire]


class DifferenceWire(TypedDict):
    """How many marks a restoration puts back, takes away and changes. `micrographs`: on how many."""

    back: int
    gone: int
    changed: int
    micrographs: int


class RestoredWire(TypedDict):
    """`sequence`: of the event that sums it up, by which it is undone. `left`: marks changed by somebody since."""

    sequence: int
    back: int
    gone: int
    changed: int
    left: int


def restored_wire(event: Event) -> RestoredWire:
    told = event.data
    return {
        "sequence": event.sequence,
        "back": told["back"],
        "gone": told["gone"],
        "changed": told["changed"],
        "left": told["left"],
    }
