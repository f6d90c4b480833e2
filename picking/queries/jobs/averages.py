"""Averages: which picks they are made of, who is in which class, and how two sets of them compare."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from picking import storage, wire
from picking.models import Averages, Micrograph, Project, Source
from picking.queries.micrographs.final_picks import final_picks
from picking.queries.micrographs.micrographs import not_blind
from picking.refusals import Refused
from picking.science.class_members import FILE, PICTURE, SAME, STACK, TABLE, ClassMembers, shared
from picking.science.formats.coordinates import Coordinates
from picking.science.formats.whence import FIRST_GUESS

T = TypeVar("T")
MOST = 20_000
"""Picks that are sorted at once. Of more, a random part."""


def shown_source(project: Project) -> Source | None:
    """Whose picks people see: those of the current training, else the newest of the networks; None before any."""
    sources = project.sources.filter(kind__in=Source.BY_NETWORKS, pick_sets__isnull=False).distinct()
    current = sources.filter(training__isnull=False, training=project.current_training_id).first()
    return current or sources.order_by("-pk").first()


def averages_of(project: Project) -> QuerySet[Averages]:
    """With all that is told of them."""
    rows: QuerySet[Averages] = project.averages.select_related("job", "source__training")
    return rows


@dataclass(frozen=True)
class ChosenPicks:
    """What is sorted: picks by their micrographs, and how many there were in all (`of`)."""

    micrographs: Sequence[tuple[Micrograph, Coordinates]]
    of: int

    @property
    def count(self) -> int:
        return sum(len(picks) for _, picks in self.micrographs)


def chosen_picks(row: Averages) -> ChosenPicks:
    """The final picks of their source that were asked for, as everyone sees them; of too many a random part.

    People's own labels are not among them: judging a class would change nothing of these. The part is whole
    micrographs, so that few have to be read.
    """
    found = _all_of(row)
    of = sum(len(picks) for _, picks in found)
    if of <= MOST:
        return ChosenPicks(found, of)
    random, chosen, left = np.random.default_rng(row.number), [], MOST
    for at in random.permutation(len(found)).tolist():
        micrograph, picks = found[at]
        part = np.sort(random.permutation(len(picks))[:left])
        chosen.append((micrograph, picks.chosen(part)))
        left -= len(part)
        if not left:
            break
    return ChosenPicks(chosen, of)


def _all_of(row: Averages) -> list[tuple[Micrograph, Coordinates]]:
    asked: dict[str, Any] = row.made_from
    rows = not_blind(row.project).filter(pick_sets__source=row.source_id).select_related("ctf", "imported_by")
    if asked["micrographs"] is not None:
        rows = rows.filter(pk__in=asked["micrographs"])
    whose = row.source.training.version if row.source.training else FIRST_GUESS
    final = (found for found in final_picks(row.project, rows) if found.training == whose)
    every = ((found.micrograph, _asked_for(found.picks, asked)) for found in final)
    return [(micrograph, picks) for micrograph, picks in every if len(picks)]


def _asked_for(picks: Coordinates, asked: dict[str, Any]) -> Coordinates:
    left = np.array([source != "label" for source in picks.source], bool)
    if asked["least_particle"] is not None:
        left &= picks.particle_score >= asked["least_particle"]
    if asked["most_contamination"] is not None:
        left &= picks.contamination_score <= asked["most_contamination"]
    return picks.chosen(left)


def class_members(row: Averages, number: int) -> wire.AverageMembersWire:
    """Those of a class, on micrographs that are in the project now. Raises Refused before the first round."""
    members = _in_project(row.project, _members(row)).of_class(number)
    return {
        "micrograph": members.micrograph.tolist(),
        "x": members.x.tolist(),
        "y": members.y.tolist(),
        "particle": _none_for_nan(members.particle),
        "contamination": _none_for_nan(members.contamination),
        "fit": members.fit.round(4).tolist(),
    }


def picture_of(row: Averages) -> bytes:
    """PNG of all averages. Raises Refused before the first round."""
    return _read(row, PICTURE, Path.read_bytes)


def files_of(row: Averages) -> list[tuple[str, bytes]]:
    """What people download: names and content. Raises Refused before the first round."""
    return [(name, _read(row, name, Path.read_bytes)) for name in (STACK, TABLE, PICTURE)]


def _members(row: Averages) -> ClassMembers:
    """All, as they were sorted last. Raises Refused before the first round."""
    return _read(row, FILE, ClassMembers.read)


def _read(row: Averages, name: str, read: Callable[[Path], T]) -> T:
    try:
        return read(storage.averages_folder(row) / name)
    except OSError as gone:
        if row.classes is None:
            raise Refused(f"Averages {row.number} have no classes yet. Wait for their first round.") from gone
        raise Refused(f"The files of averages {row.number} no longer exist. Sort the picks again.") from gone


def beside(row: Averages, other: Averages) -> wire.BesideWire:
    """For each class the other that holds most of the same picks. Raises Refused before the first round of either."""
    one, two = _members(row), _members(other)
    found = _pixel_sizes(row.project, np.unique(one.micrograph).tolist())
    counts = shared(one, two, {pk: SAME * row.diameter / size for pk, size in found.items()})
    return {"pairs": [_pair(number, of_class) for number, of_class in enumerate(counts, 1)]}


def _pair(number: int, counts: NDArray[np.int64]) -> wire.BesidePairWire:
    if not counts.any():
        return {"number": number, "beside": None, "shared": 0}
    return {"number": number, "beside": int(counts.argmax()) + 1, "shared": int(counts.max())}


def _pixel_sizes(project: Project, micrographs: Iterable[int]) -> dict[int, float]:
    """Å per pixel of those of the micrographs that are in the project, by their ids."""
    rows = project.micrographs.filter(pk__in=micrographs).select_related("project")
    return {row.pk: size for row in rows if (size := row.pixel_size)}


def _in_project(project: Project, members: ClassMembers) -> ClassMembers:
    there = list(project.micrographs.values_list("pk", flat=True))
    return members.chosen(np.isin(members.micrograph, there))


def _none_for_nan(column: NDArray[np.float64]) -> list[float | None]:
    """JSON has no NaN."""
    return [None if np.isnan(value) else value for value in column.tolist()]
