"""What a browser says over a socket: which micrograph it shows, and which changes it asks for. All else is ignored."""

import json
from dataclasses import dataclass
from typing import Any

from rest_framework.serializers import ValidationError

from picking.actions.operations import Operation
from picking.operation_forms import BATCH, parse


@dataclass(frozen=True)
class Look:
    """`micrograph` is an id that a database can hold, or None where none is shown."""

    micrograph: int | None


@dataclass(frozen=True)
class Ask:
    """`request`: the browser's number for it. `operations`: none where they cannot be read."""

    request: int
    operations: list[Operation]


def read(text: str) -> Look | Ask | None:
    """What `text` says, or None."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):  # not JSON, or nested too deeply
        return None
    if not isinstance(said, dict):
        return None
    if said.get("type") == "look":
        return _look(said.get("micrograph"))
    if said.get("type") == "operations" and type(said.get("request")) is int:
        return Ask(said["request"], _operations(said.get("operations")))
    return None


def _look(micrograph: Any) -> Look | None:
    if micrograph is None:
        return Look(None)
    # By the exact type: True is an int too.
    return Look(micrograph) if type(micrograph) is int and 0 < micrograph < 2**63 else None


def _operations(asked: Any) -> list[Operation]:
    if not isinstance(asked, list) or not 0 < len(asked) <= BATCH or not all(isinstance(each, dict) for each in asked):
        return []
    try:
        return [parse(each) for each in asked]
    except ValidationError:
        return []
