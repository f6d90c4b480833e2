"""A conversion: read, placed, written, read back, and drawn if wanted."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from picking.science.convert.arguments import Arguments
from picking.science.convert.drawing import draw
from picking.science.convert.inputs import inputs
from picking.science.convert.micrographs import Target, Targets, by_name, header_of, in_folder
from picking.science.convert.outputs import written
from picking.science.convert.spool import Spool
from picking.science.formats import FORMATS, Coordinates, Export, ExportMicrograph, Placing, UnreadableCoordinates
from picking.science.formats.detect import doubt
from picking.science.formats.export import Size, inside
from picking.science.formats.read_back import compared
from picking.science.imaging.micrograph import Header
from picking.science.incoming.guess import Reach, guess_placing

DRAWN = 5
"""Micrographs are drawn at most."""


@dataclass(frozen=True)
class Done:
    """What was converted, in a sentence, and what a person should know."""

    sentence: str
    notes: list[str]


@dataclass
class Conversion:
    """`asked`: what was typed. `names`: micrograph -> what it is called in the files, those with coordinates inside."""

    asked: Arguments
    spool: Spool
    targets: Targets
    names: dict[str, str] = field(default_factory=dict)
    headers: dict[str, Header] = field(default_factory=dict)
    outside: dict[str, int] = field(default_factory=dict)
    reaches: list[Reach] = field(default_factory=list)
    picks: int = 0
    unsized: bool = False

    def micrographs(self) -> Iterator[ExportMicrograph]:
        """What is written, a micrograph at a time; counts what is found on the way."""
        for written_name, target in self.targets.targets.items():
            if target.name in self.names:
                raise UnreadableCoordinates(
                    f"{self.names[target.name]} and {written_name} both mean {target.name}. Convert each alone."
                )
            header = self._header(written_name, target)
            found = self.spool.found(written_name)
            self.reaches.append(Reach.of(found, header))
            self.names[target.name], self.headers[target.name] = written_name, header
            coordinates = self.placed(target.name)
            within = int(inside(coordinates.xy, _size(header)).sum())
            if within < len(coordinates):
                self.outside[target.name] = len(coordinates) - within
            if not within:
                del self.names[target.name]
                continue
            self.picks += within
            pixel_size = self.asked.pixel_size or header.pixel_size or 0.0
            self.unsized |= not pixel_size
            yield ExportMicrograph(target.name, target.file_name, header.width, header.height, pixel_size, coordinates)

    def placed(self, name: str) -> Coordinates:
        """The coordinates of a micrograph in its pixels."""
        header = self.headers[name]
        placing = Placing(self.asked.scale, self.asked.flip_y)
        return placing.placed(self.spool.found(self.names[name]), _size(header), header.pixel_size, name)

    def meant(self, name: str) -> Coordinates:
        """Those of them that lie inside: what is written."""
        coordinates = self.placed(name)
        return coordinates.chosen(inside(coordinates.xy, _size(self.headers[name])))

    def notes(self) -> Iterator[str]:
        yield from self.targets.notes
        if self.outside:
            most = sorted(self.outside, key=lambda name: -self.outside[name])[:3]
            listed = ", ".join(f"{name} ({self.outside[name]:,})" for name in most)
            total = sum(self.outside.values())
            yield f"{total:,} coordinates lie outside their micrographs and are left out: {listed}."
        if self.asked.write_as == "relion_particles" and self.unsized:
            yield "RELION needs the pixel size of the micrographs: convert with --pixel-size or --micrographs."
        if self.asked.scale == 1 and any(reach.header.width for reach in self.reaches):
            guess = guess_placing(self.reaches)
            if guess.sure != "unsure" and guess.placing.scale not in (None, 1.0):
                yield f"{guess.sentence} If so, convert with --scale {guess.placing.scale:g}."

    def _header(self, written_name: str, target: Target) -> Header:
        if target.path:
            return header_of(target.path)
        said, pixel_size = self.spool.sizes[written_name]
        width, height = said or (0, 0)
        scaled = (round(width * self.asked.scale), round(height * self.asked.scale))
        width, height = self.asked.size or scaled
        return Header(width, height, pixel_size and pixel_size / self.asked.scale)


def convert(asked: Arguments) -> Done:
    """Raises UnreadableCoordinates, and OSError where files cannot be read or written."""
    read_as, files = inputs(asked.given, asked.read_as)
    spool = Spool.of(FORMATS[read_as].parse(files))
    try:
        names = list(spool.places)
        stem = FORMATS[read_as].stem
        targets = in_folder(names, asked.micrographs, stem) if asked.micrographs else by_name(names)
        unsure = "" if asked.read_as else doubt(read_as, files)
        done = _converted(Conversion(asked, spool, targets))
        return replace(done, notes=[unsure, *done.notes] if unsure else done.notes)
    finally:
        spool.close()


def _converted(conversion: Conversion) -> Done:
    asked = conversion.asked
    export = Export(asked.diameter, conversion.micrographs(), box_px=asked.box)
    pictures = []
    with written(FORMATS[asked.write_as].write(export), asked.written, asked.overwrite) as files:
        wanted = set[str]()
        for name, coordinates in compared(asked.write_as, files, conversion.names, conversion.meant):
            wanted = wanted or set(list(conversion.names)[:: max(1, len(conversion.names) // DRAWN)][:DRAWN])
            if asked.check and name in wanted:
                pictures.append(_drawn(conversion, name, coordinates))
    sentence = (
        f"{conversion.picks:,} coordinates of {len(conversion.names):,} micrographs are in {asked.written} "
        f"({FORMATS[asked.write_as].title}), read back and compared."
    )
    drawn = f" Drawn: {', '.join(pictures)}." if pictures else ""
    return Done(sentence + drawn, list(conversion.notes()))


def _drawn(conversion: Conversion, name: str, coordinates: Coordinates) -> str:
    asked, target = conversion.asked, conversion.targets.targets[conversion.names[name]]
    assert target.path is not None, "--check comes with --micrographs"
    pixel_size = asked.pixel_size or conversion.headers[name].pixel_size
    diameter = asked.diameter / pixel_size if asked.diameter and pixel_size else None
    folder = asked.written.with_name(f"{asked.written.stem}_check")
    return str(draw(target.path, coordinates, folder / f"{name.replace('/', '-')}.png", diameter, asked.box))


def _size(header: Header) -> Size:
    return header.width, header.height
