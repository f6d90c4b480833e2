"""Coordinates as they would be imported, and all that is odd about them: what a person sees before anything is kept."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from picking.science.formats.coordinates import Coordinates, Found, some_names
from picking.science.formats.export import inside
from picking.science.formats.matched import NO_OTHERS, MatchedNames, match_names
from picking.science.formats.name_rule import NameRule
from picking.science.formats.placing import Placing
from picking.science.imaging.micrograph import Header
from picking.science.incoming.doubled import NEAR, doubled
from picking.science.incoming.guess import Guess, Reach, guess_placing
from picking.science.incoming.suggested import suggest_rules

SUSPICIOUS = 0.05
"""Of the coordinates: when more lie outside, scale or flip are likely to be wrong."""


@dataclass(frozen=True)
class IncomingMicrograph:
    """What comes in for one micrograph, in its full-resolution pixels.

    `inside`, `outside`: the particles whose centre lies in the image, and the others, which are never moved into it.
    `doubled`: how many of those inside lie nearer than a tenth of a diameter to a better one; `near`: that in pixels.
    """

    name: str
    inside: Coordinates
    outside: Coordinates
    doubled: int
    near: float


@dataclass(frozen=True)
class Incoming:
    """`micrographs`: those with coordinates, in the order of the files. `rule`, `placing`: what was used.

    `guess`: what the coordinates themselves say about their scale.
    """

    micrographs: list[IncomingMicrograph]
    names: MatchedNames
    rule: NameRule
    placing: Placing
    guess: Guess

    @cached_property
    def picks(self) -> int:
        """Particles in the micrographs."""
        return sum(len(each.inside) for each in self.micrographs)

    @cached_property
    def outside(self) -> int:
        return sum(len(each.outside) for each in self.micrographs)

    @cached_property
    def doubled(self) -> int:
        return sum(each.doubled for each in self.micrographs)

    @property
    def warnings(self) -> list[str]:
        """What a person should know before importing, in sentences."""
        return [*self._of_names(), *self._of_places()]

    def _of_names(self) -> Iterable[str]:
        names = self.names
        every = len(names.micrographs) + len(names.unmatched) + len(names.ambiguous)
        if names.unmatched:
            yield f"{len(names.unmatched):,} of {_names(every)} match no micrograph: {some_names(names.unmatched)}."
        yield from list(names.ambiguous.values())[:3]
        if len(names.ambiguous) > 3:
            yield f"{len(names.ambiguous) - 3:,} more names may mean several micrographs."
        for micrograph, written in list(names.shared.items())[:3]:
            yield f"{len(written)} names mean {micrograph}: {some_names(written)}. Their coordinates are put together."
        if len(names.shared) > 3:
            yield f"{len(names.shared) - 3:,} more micrographs are meant by several names."

    def _of_places(self) -> Iterable[str]:
        every = self.picks + self.outside
        if not every:
            yield "There are no coordinates for these micrographs."
            return
        if self.guess.sure != "exact" or self.guess.placing != self.placing:
            yield self.guess.sentence
        if self.outside:
            most = sorted(self.micrographs, key=lambda each: -len(each.outside))
            listed = ", ".join(f"{each.name} ({len(each.outside):,})" for each in most[:3] if len(each.outside))
            wrong = " Scale or flip are probably wrong." if self.outside > SUSPICIOUS * every else ""
            yield f"{self.outside:,} of {every:,} coordinates lie outside their micrographs: {listed}.{wrong}"
        if self.doubled:
            yield f"{self.doubled:,} of {self.picks:,} lie nearer than a tenth of a diameter to another one."


def receive(
    found: Sequence[Found],
    micrographs: Mapping[str, Header],
    diameter: float,
    stem: Callable[[str], str] = str,
    rule: NameRule | None = None,
    placing: Placing | None = None,
    others: Mapping[str, str] = NO_OTHERS,
) -> Incoming:
    """What files say, for the project's `micrographs`, name -> size and pixel size; the same `found` again and again.

    `diameter`: of a particle in Å; 0 where it is not known, and nothing is doubled then but what lies within a pixel.
    `rule`, `placing`: None for the likeliest, which leaves unsure scales alone. `others`: as in `match_names`.
    Raises UnreadableCoordinates where a size or a pixel size is needed that is not known.
    """
    written = dict.fromkeys(each.name for each in found)
    used = suggest_rules(list(written), micrographs, stem, others)[0].rule if rule is None else rule
    names = match_names(written, micrographs, stem, used, others)
    ours = [(each, name) for each in found if (name := names.micrographs.get(each.name)) is not None]
    guess = guess_placing(Reach.of(each, micrographs[name]) for each, name in ours)
    likely = Placing() if guess.sure == "unsure" else guess.placing
    place = likely if placing is None else placing
    parts: dict[str, list[Coordinates]] = defaultdict(list)
    for each, name in ours:
        header = micrographs[name]
        parts[name].append(place.placed(each, (header.width, header.height), header.pixel_size, name))
    come = [_incoming(name, Coordinates.joined(each), micrographs[name], diameter) for name, each in parts.items()]
    return Incoming(come, names, used, place, guess)


def _incoming(name: str, coordinates: Coordinates, header: Header, diameter: float) -> IncomingMicrograph:
    within = inside(coordinates.xy, (header.width, header.height))
    kept = coordinates.chosen(within)
    near = NEAR * diameter / header.pixel_size if diameter and header.pixel_size else 1.0
    return IncomingMicrograph(name, kept, coordinates.chosen(~within), int(doubled(kept, near).sum()), near)


def _names(number: int) -> str:
    return f"{number:,} names" if number != 1 else "1 name"
