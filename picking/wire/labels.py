"""Labels by their kinds."""

from typing import TypedDict


class LabelCounts(TypedDict):
    """How many labels of each kind."""

    particle: int
    background: int
    contamination: int
