"""The particle diameter that the micrographs suggest."""

from typing import TypedDict

from picking.models import SuggestedDiameter


class SuggestedDiameterWire(TypedDict):
    """What a scan of the micrographs found.

    `diameter`: Å, null where there is nothing to suggest. `certainty`: the likelihood that it is right within 15 %;
    `sure`: enough of it. `curve`: each size in Å, and how likely it is. `places`: by the id of a micrograph, x and y of
    what was found there at that size, full-resolution pixels. `reason`: why there is no curve; empty where there is.
    `micrographs`: how many were looked at.
    """

    diameter: float | None
    certainty: float
    sure: bool
    dark: bool
    curve: list[tuple[float, float]]
    places: dict[str, list[tuple[float, float]]]
    reason: str
    micrographs: int
    made_at: str


def suggested_diameter_wire(row: SuggestedDiameter) -> SuggestedDiameterWire:
    return {
        "diameter": row.diameter,
        "certainty": row.certainty,
        "sure": row.sure,
        "dark": row.dark,
        "curve": row.curve,
        "places": row.places,
        "reason": row.reason,
        "micrographs": row.micrographs,
        "made_at": row.made_at.isoformat(),
    }
