"""What a socket carries, as JSON with a `type`."""

from typing import Any, Literal, TypedDict

from picking.events import Told
from picking.problems import Problem
from picking.wire import AppliedWire

Offer = Literal["projects", "sign_in", "reload", "snapshot", "nothing"]
"""What a disconnected page offers the person; with `snapshot` it continues by itself from a new one."""


class Person(TypedDict):
    """Someone who is here, the micrograph they look at, and whose view theirs follows; null where there is none.

    `id`: of a user, or of one guest among those of a shared link, for as long as they stay.
    """

    id: int
    username: str
    micrograph: int | None
    following: int | None


Place = tuple[float, float]
"""x and y, micrograph pixels."""

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom, micrograph pixels."""


class Seen(TypedDict):
    """What somebody sees of a micrograph, and where they point, null while their pointer is elsewhere."""

    person: int
    at: Place | None
    view: Rectangle


class EventsMessage(TypedDict):
    """What was committed up to the sequence number `last`, in order, as far as this person may see it."""

    type: Literal["events"]
    last: int
    events: list[Told]


class CaughtUpMessage(TypedDict):
    """All events up to this one have been sent; what follows is new. `you`: who this browser is among those here."""

    type: Literal["caught_up"]
    sequence: int
    you: int


class PresenceMessage(TypedDict):
    """Who is here now."""

    type: Literal["presence"]
    people: list[Person]


class ViewsMessage(TypedDict):
    """People on the micrograph that this browser shows have moved, itself perhaps among them."""

    type: Literal["views"]
    micrograph: int
    seen: list[Seen]


class PointedMessage(TypedDict):
    """Somebody wants others to look at a place."""

    type: Literal["pointed"]
    person: int
    micrograph: int
    at: Place


class ByeMessage(TypedDict):
    """The socket closes for good."""

    type: Literal["bye"]
    reason: str
    offer: Offer


class AppliedMessage(TypedDict):
    """What became of the operations that this browser asked for under the number `request`."""

    type: Literal["applied"]
    request: int
    applied: AppliedWire


class FailedMessage(TypedDict):
    """Nothing of the request was applied."""

    type: Literal["failed"]
    request: int
    problem: Problem


Message = (
    EventsMessage
    | CaughtUpMessage
    | PresenceMessage
    | ViewsMessage
    | PointedMessage
    | AppliedMessage
    | FailedMessage
    | ByeMessage
)
"""What the server says."""


class LookMessage(TypedDict):
    """A browser says which micrograph it shows."""

    type: Literal["look"]
    micrograph: int | None


class SeeMessage(TypedDict):
    """A browser says what it sees of the micrograph that it shows, and where its pointer is."""

    type: Literal["see"]
    micrograph: int
    at: Place | None
    view: Rectangle


class PointMessage(TypedDict):
    """A browser points at a place of the micrograph that it shows, for others to look at."""

    type: Literal["point"]
    micrograph: int
    at: Place


class FollowMessage(TypedDict):
    """A browser says whose view its own follows."""

    type: Literal["follow"]
    person: int | None


class OperationsMessage(TypedDict):
    """A browser asks for operations, as in the body of POST …/operations. `request`: a number of its own choice."""

    type: Literal["operations"]
    request: int
    operations: list[Any]


Said = LookMessage | SeeMessage | PointMessage | FollowMessage | OperationsMessage
"""What a browser says."""
