"""Which micrograph of a project the coordinates of a file belong to."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates, some_names
from picking.science.formats.export import flipped
from picking.science.formats.names import AmbiguousName, base_name, finder


@dataclass(frozen=True)
class MatchedCoordinates:
    """Coordinates by the project's micrograph names; and names in the files that match no micrograph, or several."""

    coordinates: dict[str, Coordinates]
    unmatched: list[str] = field(default_factory=list)
    ambiguous: dict[str, str] = field(default_factory=dict)
    """Name -> what to do about it."""


class NoMicrographMatches(UnreadableCoordinates):
    """The files name only micrographs that the project does not have."""

    def __init__(self, looked_for: Collection[str], present: Collection[str]) -> None:
        super().__init__(
            "None of these coordinates belongs to a micrograph of this project. "
            f"The files name {some_names(looked_for)}; the project has {some_names(present)}."
        )
        self.looked_for, self.present = looked_for, present


def matched(
    found: Iterable[Found],
    micrographs: Mapping[str, tuple[int, int]],
    stem: Callable[[str], str],
    flip_y: bool = False,
    scale: float = 1.0,
) -> MatchedCoordinates:
    """Give what files say to the project's micrographs, name -> (width, height).

    `scale`: a pixel of the files is so many of the micrograph's. `flip_y`: the files count rows from the other end.
    Raises NoMicrographMatches if none fits, UnreadableCoordinates if each name fits several.
    """
    find = finder(micrographs, base_name, stem)
    parts: dict[str, list[Coordinates]] = {}
    unmatched: dict[str, None] = {}
    ambiguous: dict[str, str] = {}
    for each in found:
        try:
            name = find(each.name)
        except AmbiguousName as several:
            ambiguous[each.name] = str(several)
            continue
        if name is None:
            unmatched[each.name] = None
        else:
            parts.setdefault(name, []).append(_placed(each.coordinates, micrographs[name][1], flip_y, scale, name))
    if not parts and ambiguous:
        raise UnreadableCoordinates(next(iter(ambiguous.values())))
    if not parts:
        raise NoMicrographMatches(unmatched, micrographs)
    joined = {name: Coordinates.joined(each) for name, each in parts.items()}
    return MatchedCoordinates(joined, list(unmatched), ambiguous)


def _placed(coordinates: Coordinates, height: int, flip_y: bool, scale: float, name: str) -> Coordinates:
    """Scaled first, then flipped: the other way round as in `Export.placed`."""
    xy = coordinates.xy * scale
    return coordinates.moved(flipped(xy, height, name) if flip_y else xy)
