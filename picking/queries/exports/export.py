"""What a download of picks holds, and what it leaves out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

import numpy as np
from django.db.models import QuerySet

from picking.models import Label, Micrograph, Project, Verdict
from picking.queries.exports.extraction import extract_settings
from picking.queries.micrographs.final_picks import AT_ONCE, FinalPicks, final_picks, rule_of
from picking.queries.micrographs.marks import place_of
from picking.queries.micrographs.micrographs import (
    ctf_values,
    included,
    not_blind,
    require_diameter,
    require_pixel_size,
    reviewed,
)
from picking.queries.picks.source_picks import SourcePicks, joined
from picking.refusals import Refused
from picking.science import provenance
from picking.science.extract.settings import STACKS
from picking.science.file_names import export_paths
from picking.science.formats import FORMATS, Coordinates, Export, ExportMicrograph, UnreadableCoordinates
from picking.science.formats.coordinates import BY_PEOPLE, some_names
from picking.science.formats.export import inside
from picking.science.formats.renamed import Renaming
from picking.science.formats.whence import FIRST_GUESS, Whence
from picking.science.imaging.file_name import EXTENSIONS
from picking.wire import CitedSnapshotWire, ExportCountsWire, ExportOptions

EXPORTS = (*FORMATS, STACKS)
"""What an export can be."""

EXCLUDED, BLIND, NOT_REVIEWED = "excluded", "labelled blind", "without a mark of a person"


@dataclass
class Tally:
    """What was found while an export was written."""

    micrographs: int = 0
    empty: int = 0
    outside: int = 0
    below_score: int = 0
    doubled: int = 0
    by_source: Counter[str] = field(default_factory=Counter)

    def wire(self) -> ExportCountsWire:
        return {
            "micrographs": self.micrographs,
            "empty": self.empty,
            "picks": self.by_source.total(),
            "by_source": [{"source": source, "picks": picks} for source, picks in sorted(self.by_source.items())],
            "outside": self.outside,
            "below_score": self.below_score,
            "doubled": self.doubled,
        }


@dataclass
class Outgoing:
    """An export that can be made. `left_out`: names of micrographs by why they are not in it.

    `ids`: micrograph by its name in the file, of those that were written. `who`: takes the provenance of what is.
    `frozen`: the head of the named snapshot that it is of. `first_guess`: whether picks of the first guess are among
    those that were written.
    """

    project: Project
    options: ExportOptions
    micrographs: QuerySet[Micrograph]
    sources: SourcePicks
    left_out: dict[str, list[str]]
    tally: Tally = field(default_factory=Tally)
    ids: dict[str, int] = field(default_factory=dict)
    who: BinaryIO | None = None
    frozen: dict[str, Any] | None = None
    first_guess: bool = False

    def written(self) -> Iterator[ExportMicrograph]:
        """One micrograph at a time, those without picks too; counts on the way. Raises UnreadableCoordinates."""
        renaming = renaming_of(self.options)
        for pk, held, whence in self.held():
            picks = self._kept(Coordinates.of(held.picks), (held.width, held.height))
            self._count(picks)
            self.first_guess |= whence.training == FIRST_GUESS and "network" in picks.source
            said = whence if self.options.provenance else None
            each = _renamed(replace(held, picks=picks, whence=said), renaming)
            self.ids[each.name] = pk
            if self.who:
                self.who.write(provenance.rows(each.name, picks, whence))
            yield each

    def held(self) -> Iterator[tuple[int, ExportMicrograph, Whence]]:
        """Each micrograph by its id, with all its picks, and what decided on these."""
        paths = export_paths_of(self.project)
        every = final_picks(self.project, self.micrographs)
        while some := list(islice(every, AT_ONCE)):
            others = self.sources.of_micrographs([each.micrograph.pk for each in some])
            for found in some:
                pk = found.micrograph.pk
                picks = self._joined(found, others.get(pk, {}))
                yield pk, _export_micrograph(found, picks, paths.get(pk, "")), _whence(found)

    def cited(self) -> CitedSnapshotWire | None:
        """The named snapshot that it is of."""
        return None

    def count(self) -> int:
        """Micrographs."""
        return self.micrographs.count()

    def first(self) -> ExportMicrograph | None:
        """One of them, for its size."""
        row = self.micrographs.first()
        if row is None:
            return None
        row.project = self.project
        return ExportMicrograph("", "", row.width, row.height, row.pixel_size or 0.0, ())

    def export(self, micrographs: Iterator[ExportMicrograph]) -> Export:
        """As the formats write it."""
        asked = self.options
        made_at = datetime.fromisoformat(self.frozen["created_at"]) if self.frozen else None
        return Export(
            require_diameter(self.project), micrographs, asked.folder, asked.flip_y, asked.scale, asked.box_px, made_at
        )

    def _joined(self, found: FinalPicks, others: dict[int, Coordinates]) -> Coordinates:
        own, none = _with_authors(found), Coordinates.of([])
        several = [own if source == 0 else others.get(source, none) for source in self.options.sources]
        both, doubled = joined(found, several)
        self.tally.doubled += doubled
        return both

    def _kept(self, both: Coordinates, size: tuple[int, int]) -> Coordinates:
        on_image = both.chosen(inside(both.xy, size))
        self.tally.outside += len(both) - len(on_image)
        if self.options.least_score is None:
            return on_image
        people = np.array([source in BY_PEOPLE for source in on_image.source], bool)
        left = on_image.chosen(people | (on_image.merit >= self.options.least_score))
        self.tally.below_score += len(on_image) - len(left)
        return left

    def _count(self, picks: Coordinates) -> None:
        self.tally.by_source.update(picks.source)
        if len(picks):
            self.tally.micrographs += 1
        else:
            self.tally.empty += 1


def outgoing(project: Project, options: ExportOptions) -> Outgoing:
    """What these options mean for a project now.

    Raises Refused where a pixel size or the diameter is not known, where what was asked for by name cannot be exported,
    and where the names would be useless.
    """
    require_sense(options)
    only = options.micrograph
    if only and project.micrographs.filter(pk=only, excluded=True).exists():
        raise Refused("This micrograph is excluded from downloads. Include it again first.")
    if only and project.micrographs.filter(pk=only, blind=True).exists():
        raise Refused("This micrograph is labelled blind. It can be downloaded once everyone has finished with it.")
    require_pixel_size(project, only)
    require_diameter(project)
    if options.format == STACKS:
        extract_settings(project, options)
    micrographs = not_blind(project).select_related("ctf")
    left_out: dict[str, list[str]] = {}
    if only:
        micrographs = micrographs.filter(pk=only)
    else:
        left_out[EXCLUDED] = list(project.micrographs.filter(excluded=True).values_list("name", flat=True))
        left_out[BLIND] = list(included(project).filter(blind=True).values_list("name", flat=True))
    if options.reviewed_only:
        left_out[NOT_REVIEWED] = list(micrographs.exclude(reviewed(None)).values_list("name", flat=True))
        micrographs = micrographs.filter(reviewed(None))
    require_names(renaming_of(options), list(micrographs.values_list("name", flat=True)))
    return Outgoing(project, options, micrographs, SourcePicks.of(project, options.sources), left_out)


def export(project: Project) -> Export:
    """The final picks of all micrographs, as the formats write them."""
    found = outgoing(project, ExportOptions("csv"))
    return found.export(found.written())


def renaming_of(options: ExportOptions) -> Renaming:
    return Renaming(**{each.name: getattr(options, each.name) for each in fields(Renaming)})


def require_sense(options: ExportOptions) -> None:
    if options.format not in EXPORTS:
        raise Refused(f"There is no format “{options.format}”. Choose one of {', '.join(EXPORTS)}.")
    if options.extension and f".{options.extension.lstrip('.').lower()}" not in EXTENSIONS:
        raise Refused(f"“{options.extension}” is no extension of micrographs. Choose one of {', '.join(EXTENSIONS)}.")


def require_names(renaming: Renaming, names: list[str]) -> None:
    try:
        counted = Counter(map(renaming.name, names))
    except UnreadableCoordinates as error:
        raise Refused(str(error)) from error
    if twice := [name for name, count in counted.items() if count > 1]:
        raise Refused(f"Several micrographs would be called {some_names(twice)}. Take less off their names.")


def export_paths_of(project: Project) -> dict[int, str]:
    rows = list(project.micrographs.only("project", "name", "source", "uploaded_as", "file_name"))
    return dict(zip((row.pk for row in rows), export_paths([(row.name, row.path) for row in rows]), strict=True))


def _renamed(micrograph: ExportMicrograph, renaming: Renaming) -> ExportMicrograph:
    if renaming == Renaming():
        return micrograph
    return replace(
        micrograph,
        name=renaming.name(micrograph.name),
        file_name=renaming.path(micrograph.file_name),
        listed_as=renaming.path(micrograph.listed_as),
    )


def _export_micrograph(found: FinalPicks, picks: Coordinates, path: str) -> ExportMicrograph:
    micrograph = found.micrograph
    return ExportMicrograph(
        name=micrograph.name,
        file_name=path or micrograph.file_name,
        width=micrograph.width,
        height=micrograph.height,
        pixel_size=found.pixel_size,
        picks=picks,
        ctf=ctf_values(micrograph),
        listed_as=micrograph.listed_as,
        cryosparc_uid=int(micrograph.cryosparc_uid) if micrograph.cryosparc_uid else None,
    )


def _whence(found: FinalPicks) -> Whence:
    rule = rule_of(found.micrograph, found.diameter_px)
    moves = (verdict for verdict in found.verdicts if verdict.kind == Verdict.Kind.MOVE)
    moved = set(map(place_of, moves))
    return Whence(rule.particle_threshold, rule.contamination_threshold, found.training, moved)


def _with_authors(found: FinalPicks) -> Coordinates:
    """The picks, with who added those that people added, and when."""
    picks = found.picks
    said: dict[tuple[float, float], Label | Verdict] = {place_of(verdict): verdict for verdict in found.verdicts}
    said |= {(label.x, label.y): label for label in found.labels}
    if not said:
        return picks
    of_people = [source in BY_PEOPLE for source in picks.source]
    marks = [
        said.get(place) if by else None for place, by in zip(map(tuple, picks.xy.tolist()), of_people, strict=True)
    ]
    authors = tuple(mark.author.username if mark and mark.author else "" for mark in marks)
    return replace(picks, author=authors, created=tuple(mark.created_at.isoformat() if mark else "" for mark in marks))
