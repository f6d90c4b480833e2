"""Final picks: the rows that `science.final` decides by."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from picking.models import Label, Micrograph, PickSet, Project, Region, Verdict
from picking.queries.micrographs.pick_sets import is_latest
from picking.queries.micrographs.visible import by_micrograph
from picking.science import final
from picking.science.formats.coordinates import Coordinates
from picking.science.formats.whence import FIRST_GUESS
from picking.science.name_order import name_order
from picking.science.picks import Picks, as_points, unpack
from picking.science.polygon import clipped

AT_ONCE = 200
"""Micrographs."""
OF_RULE = ("width", "height", "particle_threshold", "contamination_threshold")
"""The fields of a micrograph that its rule depends on, as `rule_for` takes them."""


@dataclass(frozen=True)
class FinalPicks:
    """What labels, verdicts, regions, thresholds and limits leave of a micrograph's newest picks.

    `pixel_size`: Å. `diameter_px`: of a particle, in the micrograph's pixels.
    `training`: the version whose networks picked, or FIRST_GUESS; None if none did.
    """

    micrograph: Micrograph
    pixel_size: float
    diameter_px: float
    picks: Coordinates
    training: int | str | None
    labels: Sequence[Label]
    verdicts: Sequence[Verdict]


class _Marks(NamedTuple):
    labels: Sequence[Label]
    verdicts: Sequence[Verdict]
    regions: Sequence[Region]


def final_picks(project: Project, micrographs: QuerySet[Micrograph], reader: int | None = None) -> Iterator[FinalPicks]:
    """Of those of the project's `micrographs` whose pixel size is known, in the order of their names.

    By the marks that the reader sees (queries/micrographs/visible.py). AT_ONCE of them are in memory: any number
    needs little.
    """
    names = sorted(micrographs.values_list("pk", "name"), key=lambda row: name_order(row[1]))
    for start in range(0, len(names), AT_ONCE):
        yield from _of_some(project, micrographs, [pk for pk, _ in names[start : start + AT_ONCE]], reader)


def _of_some(
    project: Project, micrographs: QuerySet[Micrograph], ids: Sequence[int], reader: int | None
) -> Iterator[FinalPicks]:
    # By the ids alone: told of the project too, PostgreSQL may walk through all of its micrographs for these.
    sets = PickSet.including_deleted.filter(is_latest(project.current_training_id), micrograph__in=ids)
    picked = sets.values_list("micrograph", "rows", "source__training__version")
    # What is picked by no training is the first guess.
    rows = {micrograph: (bytes(packed), version or FIRST_GUESS) for micrograph, packed, version in picked}
    labels, verdicts = by_micrograph(Label, ids, reader), by_micrograph(Verdict, ids, reader)
    regions = by_micrograph(Region, ids, reader)
    found = micrographs.in_bulk(ids)
    for pk, micrograph in ((pk, found[pk]) for pk in ids if pk in found):  # one may have been removed meanwhile
        micrograph.project = project
        pixel_size, diameter_px = micrograph.pixel_size, micrograph.diameter_px
        if pixel_size and diameter_px:
            marks = _Marks(labels[pk], verdicts[pk], regions[pk])
            rule = rule_of(micrograph, diameter_px)
            packed, version = rows.get(pk, (b"", None))
            left = _final_picks(unpack(packed), marks, diameter_px, rule)
            yield FinalPicks(micrograph, pixel_size, diameter_px, left, version, marks.labels, marks.verdicts)


def rule_of(micrograph: Micrograph, diameter_px: float) -> final.Rule:
    """The limits of the project, and the thresholds of the micrograph where it has its own."""
    return rule_for(micrograph.project, diameter_px, *(getattr(micrograph, name) for name in OF_RULE))


def rule_for(
    project: Project, diameter_px: float, width: int, height: int, particle: float | None, contamination: float | None
) -> final.Rule:
    """As `rule_of`, of a micrograph's fields OF_RULE: to make an object of each of thousands takes longer."""
    return final.Rule(
        particle_threshold=threshold_of(particle, project.particle_threshold),
        contamination_threshold=threshold_of(contamination, project.contamination_threshold),
        minimum_distance=project.minimum_distance * diameter_px,
        border_margin=project.border_margin * diameter_px,
        width=width,
        height=height,
    )


def threshold_of(threshold: float | None, of_project: float) -> float:
    """A micrograph's threshold, or the project's where it has none of its own."""
    return of_project if threshold is None else threshold


def _final_picks(picks: Picks, marks: _Marks, diameter_px: float, rule: final.Rule) -> Coordinates:
    return final.final_picks(
        picks,
        particles=as_points([(x.x, x.y) for x in marks.labels if x.kind == Label.Kind.PARTICLE]),
        others=as_points([(x.x, x.y) for x in marks.labels if x.kind != Label.Kind.PARTICLE]),
        verdicts=[_science_verdict(v) for v in marks.verdicts],
        regions=[clipped(as_points(r.polygon), int(rule.width), int(rule.height)) for r in marks.regions],
        diameter_px=diameter_px,
        rule=rule,
    )


def _science_verdict(verdict: Verdict) -> final.Verdict:
    kind: Any = verdict.kind
    return final.Verdict(kind, verdict.x, verdict.y, verdict.to_x, verdict.to_y)
