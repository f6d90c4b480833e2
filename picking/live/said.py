"""What a browser says over a socket: what its person looks at, and which changes it asks for. All else is ignored."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeGuard

import orjson
from rest_framework.serializers import ValidationError

from picking.actions.marks.operations import Operation
from picking.live.messages import Place, Rectangle
from picking.operation_forms import BATCH, parse


@dataclass(frozen=True)
class Look:
    """`micrograph` is an id that a database can hold, or None where none is shown."""

    micrograph: int | None


@dataclass(frozen=True)
class See:
    """What is seen of a micrograph, and where the pointer is, if it is there."""

    micrograph: int
    at: Place | None
    view: Rectangle


@dataclass(frozen=True)
class Point:
    """A place that others are to look at."""

    micrograph: int
    at: Place


@dataclass(frozen=True)
class Follow:
    """Whose view is followed; None for nobody's."""

    person: int | None


@dataclass(frozen=True)
class Ask:
    """`request`: the browser's number for it. `operations`: none where they cannot be read."""

    request: int
    operations: list[Operation]


Said = Look | See | Point | Follow | Ask

FAR = 1e6
"""No micrograph is so large, nor is what is seen around one."""


def read(text: str | bytes) -> Said | None:
    """What `text` says, or None."""
    try:
        said = orjson.loads(text)
    except ValueError:  # not JSON, or nested too deeply
        return None
    if not isinstance(said, dict) or not isinstance(said.get("type"), str):
        return None
    reader = READERS.get(said["type"])
    return reader(said) if reader else None


def _look(said: dict[str, Any]) -> Look | None:
    micrograph = said.get("micrograph")
    return Look(micrograph) if micrograph is None or _is_id(micrograph) else None


def _see(said: dict[str, Any]) -> See | None:
    micrograph, at = said.get("micrograph"), said.get("at")
    pointer, seen = _pixels(at, 2), _pixels(said.get("view"), 4)
    if not _is_id(micrograph) or not seen or (at is not None and not pointer):
        return None
    return See(micrograph, pointer, seen)


def _point(said: dict[str, Any]) -> Point | None:
    micrograph, at = said.get("micrograph"), _pixels(said.get("at"), 2)
    return Point(micrograph, at) if _is_id(micrograph) and at else None


def _follow(said: dict[str, Any]) -> Follow | None:
    person = said.get("person")
    return Follow(person) if person is None or _is_id(person) else None


def _ask(said: dict[str, Any]) -> Ask | None:
    request = said.get("request")
    return Ask(request, _operations(said.get("operations"))) if type(request) is int else None


READERS: dict[str, Callable[[dict[str, Any]], Said | None]] = {
    "look": _look,
    "see": _see,
    "point": _point,
    "follow": _follow,
    "operations": _ask,
}


def _is_id(value: Any) -> TypeGuard[int]:
    # By the exact type: True is an int too.
    return type(value) is int and 0 < value < 2**63


def _pixels(value: Any, count: int) -> Any:
    """A tuple of as many numbers, to a tenth of a pixel; None for anything else."""
    if not isinstance(value, list) or len(value) != count:
        return None
    numbers = [round(each, 1) for each in value if type(each) in (int, float) and abs(each) < FAR]  # NaN is not
    return tuple(numbers) if len(numbers) == count else None


def _operations(asked: Any) -> list[Operation]:
    if not isinstance(asked, list) or not 0 < len(asked) <= BATCH or not all(isinstance(each, dict) for each in asked):
        return []
    try:
        return [parse(each) for each in asked]
    except ValidationError:
        return []
