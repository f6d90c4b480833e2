"""What a socket carries, as JSON with a `type`."""

from typing import Any, Literal, TypedDict

from picking.events import Told
from picking.problems import Problem
from picking.wire import AppliedWire

Offer = Literal["projects", "sign_in", "reload", "snapshot", "nothing"]
"""What a disconnected page offers the person; with `snapshot` it continues by itself from a new one."""


class Person(TypedDict):
    """Someone who is here, and the micrograph they look at; null while they look at none."""

    id: int
    username: str
    micrograph: int | None


class EventsMessage(TypedDict):
    """What was committed, in order."""

    type: Literal["events"]
    events: list[Told]


class CaughtUpMessage(TypedDict):
    """All events up to this one have been sent; what follows is new."""

    type: Literal["caught_up"]
    sequence: int


class PresenceMessage(TypedDict):
    """Who is here now."""

    type: Literal["presence"]
    people: list[Person]


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


Message = EventsMessage | CaughtUpMessage | PresenceMessage | AppliedMessage | FailedMessage | ByeMessage
"""What the server says."""


class LookMessage(TypedDict):
    """A browser says which micrograph it shows."""

    type: Literal["look"]
    micrograph: int | None


class OperationsMessage(TypedDict):
    """A browser asks for operations, as in the body of POST …/operations. `request`: a number of its own choice."""

    type: Literal["operations"]
    request: int
    operations: list[Any]
