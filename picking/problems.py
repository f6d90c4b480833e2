"""One shape for every error of the API: problem details (RFC 9457), in words for the person who asked."""

import json
from typing import Any, NotRequired, TypedDict

from picking.refusals import Conflict, Refused
from picking.room import FULL, says_full
from picking.server.outage import AWAY, says_away

MEDIA_TYPE = "application/problem+json"


class FieldProblem(TypedDict):
    """What is wrong with one field. `field`: its name; dots lead into lists and objects, as in `points.0`."""

    field: str
    detail: str


class Problem(TypedDict):
    """Why a request failed. `type`: for programs. `detail`: for people, with what to do. `errors`: the wrong fields."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[FieldProblem]]


KINDS: dict[int, tuple[str, str]] = {
    400: ("refused", "The request cannot be carried out"),
    401: ("not-signed-in", "Not signed in"),
    403: ("not-allowed", "Not allowed"),
    404: ("not-found", "Not found"),
    405: ("method-not-allowed", "Wrong method"),
    406: ("not-acceptable", "No such form of the answer"),
    409: ("conflict", "Something is in the way"),
    410: ("gone", "No longer there"),
    412: ("changed-meanwhile", "Changed meanwhile"),
    413: ("too-large", "Too large"),
    415: ("unsupported-media-type", "Wrong form of the request"),
    416: ("no-such-part", "The file is shorter than the part that was asked for"),
    422: ("key-reused", "Idempotency key used for another request"),
    429: ("too-many-requests", "Too many requests"),
    500: ("failed", "The server failed"),
    503: ("database-away", "The database does not answer"),
    507: ("disk-full", "The server’s disk is full"),
}
"""status -> the end of its type, and its title."""


def problem(status: int, detail: str, **more: Any) -> Problem:
    """`more`: what else a program needs to know, and `errors`."""
    kind, title = KINDS[status]
    told: Any = {"type": f"urn:cryoweb:problem:{kind}", "title": title, "status": status, "detail": detail, **more}
    return told  # type: ignore[no-any-return]


def problem_of(error: Exception) -> Problem | None:
    """What the rules do not allow, a full disk, or a database that is away; None for any other error."""
    if isinstance(error, Refused):
        return problem(409 if isinstance(error, Conflict) else 400, str(error), **vars(error))
    if says_away(error):
        return problem(503, AWAY)
    return problem(507, FULL) if says_full(error) else None


def problem_bytes(status: int, detail: str) -> bytes:
    """The same as the body of an answer."""
    return json.dumps(problem(status, detail)).encode()
