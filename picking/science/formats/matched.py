"""Which micrograph of a project the coordinates of a file belong to."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from picking.science.formats.coordinates import Coordinates, Found, UnreadableCoordinates, some_names
from picking.science.formats.export import Size
from picking.science.formats.name_rule import AS_WRITTEN, NameRule
from picking.science.formats.names import AmbiguousName, base_name, finder
from picking.science.formats.placing import Placing

NO_OTHERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class MatchedNames:
    """`micrographs`: written name -> the project's micrograph. `unmatched`: what names none.

    `ambiguous`: what may mean several -> what to do about it.
    """

    micrographs: dict[str, str]
    unmatched: list[str] = field(default_factory=list)
    ambiguous: dict[str, str] = field(default_factory=dict)

    @property
    def shared(self) -> dict[str, list[str]]:
        """Micrograph -> the names in the files that mean it, where these are several."""
        written = defaultdict[str, list[str]](list)
        for name, micrograph in self.micrographs.items():
            written[micrograph].append(name)
        return {micrograph: names for micrograph, names in written.items() if len(names) > 1}


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


def match_names(
    written: Iterable[str],
    micrographs: Collection[str],
    stem: Callable[[str], str] = str,
    rule: NameRule = AS_WRITTEN,
    others: Mapping[str, str] = NO_OTHERS,
) -> MatchedNames:
    """Which micrograph each name in the files means: first as it is written, then by the rule.

    `others`: what else a micrograph is called, as its sum without dose weighting, without extension -> its name.
    """
    finders = [finder(micrographs, base_name, stem)]
    if others:
        find_other = finder(others)
        finders.append(lambda name: others.get(find_other(name) or ""))
    if rule:
        finders.append(finder(micrographs, base_name, stem, rule))
    names = MatchedNames({})
    for name in dict.fromkeys(written):
        try:
            micrograph = next((found for find in finders if (found := find(name)) is not None), None)
        except AmbiguousName as several:
            names.ambiguous[name] = str(several)
            continue
        if micrograph is None:
            names.unmatched.append(name)
        else:
            names.micrographs[name] = micrograph
    return names


def matched(
    found: Iterable[Found],
    micrographs: Mapping[str, Size],
    stem: Callable[[str], str],
    placing: Placing,
    rule: NameRule = AS_WRITTEN,
) -> MatchedCoordinates:
    """Give what files say to the project's micrographs, name -> (width, height).

    Raises NoMicrographMatches if none fits, UnreadableCoordinates if each name fits several.
    """
    every = list(found)
    names = match_names((each.name for each in every), micrographs, stem, rule)
    if not names.micrographs and names.ambiguous:
        raise UnreadableCoordinates(next(iter(names.ambiguous.values())))
    if not names.micrographs:
        raise NoMicrographMatches(names.unmatched, micrographs)
    parts: dict[str, list[Coordinates]] = {}
    for each in every:
        if name := names.micrographs.get(each.name):
            parts.setdefault(name, []).append(placing.placed(each, micrographs[name], None, name))
    joined = {name: Coordinates.joined(each) for name, each in parts.items()}
    return MatchedCoordinates(joined, names.unmatched, names.ambiguous)
