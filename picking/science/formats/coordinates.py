"""What all coordinate formats share: what they write, what they read, and how names find their micrograph."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite

from picking.science.formats.names import AmbiguousName, base_name, finder


@dataclass(frozen=True, slots=True)
class Coordinate:
    """One particle: its centre in full-resolution pixels, and what is known about it.

    `source`: label, verdict or network. `created`: ISO 8601.
    """

    x: float
    y: float
    particle_score: float | None = None
    contamination_score: float | None = None
    source: str = ""
    author: str = ""
    created: str = ""

    @property
    def merit(self) -> float:
        """One score for formats that have one: 1 where a person marked the particle, else the combined score.

        The combined score is the particle score times (1 - contamination score), as in `picks`.
        """
        if self.source != "network" or self.particle_score is None:
            return 1.0
        return self.particle_score * (1 - (self.contamination_score or 0))


@dataclass(frozen=True)
class ExportMicrograph:
    """`name` as people see it; `file_name`: the file's path below the common folder of the project's micrographs.

    Size in pixels, pixel size in Ångström.
    """

    name: str
    file_name: str
    width: int
    height: int
    pixel_size: float
    picks: Sequence[Coordinate]


@dataclass(frozen=True)
class Export:
    """What is written. `micrographs` may be a generator: formats that can process one at a time.

    `folder`: the path before the file names in RELION's micrographs.star, such as MotionCorr/job002/Movies.
    `flip_y`: for micrographs that the next program reads upside down, as some do with TIFF.
    """

    particle_diameter: float
    micrographs: Iterable[ExportMicrograph]
    folder: str = ""
    flip_y: bool = False

    def placed(self) -> Iterator[tuple[ExportMicrograph, list[Coordinate]]]:
        """Every micrograph that has picks, with those whose centre lies in the image, flipped if asked for.

        Pixel i reaches from i - 0.5 to i + 0.5. A box wholly outside would abort RELION's extraction.
        """
        for micrograph in self.micrographs:
            width, height = micrograph.width, micrograph.height
            inside = [p for p in micrograph.picks if -0.5 <= p.x <= width - 0.5 and -0.5 <= p.y <= height - 0.5]
            if inside:
                yield micrograph, flipped(inside, height) if self.flip_y else inside

    def box(self, micrograph: ExportMicrograph) -> int:
        """Pixels along a box of one and a half particle diameters, even."""
        return 2 * round(0.75 * self.particle_diameter / micrograph.pixel_size)


@dataclass(frozen=True)
class MatchedCoordinates:
    """Coordinates by the project's micrograph names; and names in the files that match no micrograph, or several."""

    coordinates: dict[str, list[Coordinate]]
    unmatched: list[str] = field(default_factory=list)
    ambiguous: dict[str, str] = field(default_factory=dict)
    """Name -> what to do about it."""


class UnreadableCoordinates(Exception):
    """Coordinate files that cannot be used. The message is for people."""


class NoMicrographMatches(UnreadableCoordinates):
    """The files name only micrographs that the project does not have."""

    def __init__(self, looked_for: Collection[str], present: Collection[str]) -> None:
        super().__init__(
            "None of these coordinates belongs to a micrograph of this project. "
            f"The files name {some_names(looked_for)}; the project has {some_names(present)}."
        )
        self.looked_for, self.present = looked_for, present


def matched(
    named: Mapping[str, list[Coordinate]],
    micrographs: Mapping[str, tuple[int, int]],
    stem: Callable[[str], str],
    flip_y: bool,
) -> MatchedCoordinates:
    """Give coordinates by written name to the project's micrographs, name -> (width, height).

    Raises NoMicrographMatches if none fits, UnreadableCoordinates if each name fits several.
    """
    find = finder(micrographs, base_name, stem)
    coordinates: dict[str, list[Coordinate]] = {}
    unmatched: list[str] = []
    ambiguous: dict[str, str] = {}
    for written, rows in named.items():
        try:
            name = find(written)
        except AmbiguousName as several:
            ambiguous[written] = str(several)
            continue
        if name is None:
            unmatched.append(written)
            continue
        coordinates.setdefault(name, []).extend(flipped(rows, micrographs[name][1]) if flip_y else rows)
    if not coordinates and ambiguous:
        raise UnreadableCoordinates(next(iter(ambiguous.values())))
    if not coordinates:
        raise NoMicrographMatches(unmatched, list(micrographs))
    return MatchedCoordinates(coordinates, unmatched, ambiguous)


def flipped(coordinates: Iterable[Coordinate], height: int) -> list[Coordinate]:
    """The rows counted from the other end: y' = height - 1 - y."""
    return [replace(each, y=height - 1 - each.y) for each in coordinates]


def number(text: str, where: str) -> float:
    """A finite number. Raises UnreadableCoordinates, saying `where` it should have been."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise UnreadableCoordinates(f"{where}: {text!r} is not a number.")
    return value


def text(path: str, content: bytes) -> str:
    """The text of a file in UTF-8. Raises UnreadableCoordinates."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableCoordinates(f"{path} is not a text file.") from error


def some_names(names: Collection[str], shown: int = 3) -> str:
    """The first few for a message, and how many more there are."""
    if not names:
        return "none"
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(sorted(names)[:shown]) + more
