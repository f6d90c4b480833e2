"""Picks of two kinds beside one another: of the networks, of people, of other sources."""

from collections.abc import Iterator, Sequence

import numpy as np

from picking import wire
from picking.models import Micrograph, Project
from picking.queries.picks.compared_sets import measured, places_of, title_of
from picking.refusals import Refused
from picking.science.compare.comparison import Comparison, Pairs, Side, compare
from picking.science.compare.consensus import consensus
from picking.science.picks import NEAR, Picks, Points, as_picks, as_points

OFFSETS = 2000
"""Offsets are told at most, evenly chosen."""


def comparison(project: Project, first: str, second: str) -> wire.ComparisonWire:
    """Over the micrographs that both have looked at.

    `first`, `second`: `final`, `networks`, `labels`, `labels:USER` or `source:ID`. Raises Refused for any other.
    """
    titles = title_of(project, first), title_of(project, second)
    quoted = f"“{titles[0]}”", f"“{titles[1]}”"
    found = compare(_sides(project, first, second, measured(project)), quoted)
    x, y = found.median
    pixel_size = found.pixel_size or 1.0
    return {
        **matched(found),
        "titles": list(titles),
        "offset": (x, y),
        "offset_px": (x / pixel_size, y / pixel_size),
    }


def matched(found: Comparison) -> wire.MatchedWire:
    """What any comparison of two sets says in numbers."""
    total = found.total
    return {
        "first": total.reference,
        "second": total.found,
        "matched": total.matched,
        "precision": total.precision,
        "recall": total.recall,
        "f1": total.f1,
        "offsets": found.offsets[:: -(-len(found.offsets) // OFFSETS) or 1].tolist(),
        "sentences": found.sentences,
        "micrographs": [
            {"id": key, "first": each.reference, "second": each.found, "matched": each.matched}
            for key, each in found.micrographs
        ],
    }


def compared_places(micrograph: Micrograph, first: str, second: str) -> wire.ComparedPlacesWire:
    """Of one micrograph: places that both have, where the first has them, and those of one alone.

    Raises Refused while it is labelled blind.
    """
    project = micrograph.project
    if micrograph.blind:
        raise Refused(f"{micrograph.name} is labelled blind. It can be compared once everyone has finished with it.")
    for key in (first, second):
        title_of(project, key)
    pairs = [Pairs.of(side) for side in _sides(project, first, second, measured(project, micrograph.pk))]
    nothing: list[tuple[float, float]] = []
    return {
        "matched": pairs[0].first.tolist() if pairs else nothing,
        "only_first": pairs[0].only_first.tolist() if pairs else nothing,
        "only_second": pairs[0].only_second.tolist() if pairs else nothing,
    }


def agreed_picks(project: Project, keys: Sequence[str], at_least: int) -> dict[int, Picks]:
    """Micrograph -> picks that at least so many of the sets have, with the share of the sets as their score."""
    for key in keys:
        title_of(project, key)
    micrographs = measured(project)
    sets = [places_of(project, key, micrographs) for key in keys]
    return {
        each.pk: _picks(*consensus([places.get(each.pk, as_points([])) for places in sets], at_least, _near(each)))
        for each in micrographs
    }


def _sides(project: Project, first: str, second: str, micrographs: Sequence[Micrograph]) -> Iterator[Side]:
    one, other = (places_of(project, key, micrographs) for key in (first, second))
    for each in micrographs:
        if each.pk in one and each.pk in other and each.diameter_px and each.pixel_size:
            yield Side(each.pk, one[each.pk], other[each.pk], each.height, each.diameter_px, each.pixel_size)


def _picks(places: Points, shares: np.ndarray) -> Picks:
    return as_picks(np.column_stack([places, shares, np.zeros(len(places))]))


def _near(micrograph: Micrograph) -> float:
    return NEAR * (micrograph.diameter_px or 0.0)
