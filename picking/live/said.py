"""What a browser says over a socket: which micrograph it shows. Everything else is ignored."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """`micrograph` is an id that a database can hold, or None where none is shown."""

    micrograph: int | None


def read(text: str) -> Look | None:
    """The look that `text` says, or None."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):  # not JSON, or nested too deeply
        return None
    if not isinstance(said, dict) or said.get("type") != "look":
        return None
    micrograph = said.get("micrograph")
    if micrograph is None:
        return Look(None)
    # By the exact type: True is an int too.
    return Look(micrograph) if type(micrograph) is int and 0 < micrograph < 2**63 else None
