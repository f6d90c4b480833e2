"""What was left out."""

from collections.abc import Mapping, Sequence
from typing import TypedDict


class LeftOutWire(TypedDict):
    """Files or micrographs that were left out: why, how many, and the names of the first."""

    reason: str
    count: int
    names: list[str]


def left_out_wire(left_out: Mapping[str, Sequence[str]], shown: int = 20) -> list[LeftOutWire]:
    """`left_out`: names by reason."""
    return [
        {"reason": reason, "count": len(names), "names": list(names[:shown])}
        for reason, names in left_out.items()
        if names
    ]
