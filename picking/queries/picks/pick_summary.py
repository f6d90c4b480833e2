"""A summary of a project's picks, for pages that do not hold all of them: five million are 80 MB."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import NamedTuple

import numpy as np
from cachetools import LRUCache
from django.db.models import QuerySet
from numpy.typing import NDArray

from picking import wire
from picking.models import Label, PickSet, Project, Region, Verdict
from picking.queries.micrographs.final_picks import OF_RULE, final_picks, rule_for
from picking.queries.micrographs.micrographs import included
from picking.queries.micrographs.pick_sets import latest_pick_sets
from picking.queries.micrographs.visible import visible
from picking.queries.picks.held_rows import AT_ONCE, held_rows
from picking.science import final
from picking.science.formats.coordinates import Coordinates
from picking.science.score_counts import BINS, CELLS, in_bins, in_plane

SPREADS = 16
"""In each process; of ten thousand micrographs one takes half a MiB."""


class _Alike(NamedTuple):
    """Pick sets on micrographs that have the same rule. `counts`: of picks, of each of them."""

    rule: final.Rule
    sets: tuple[int, ...]
    micrographs: Sequence[int]
    sources: Sequence[int]
    counts: NDArray[np.intp]


@dataclass
class _Spread:
    """How the scores of all picks are spread that keep the margin: the same at any threshold."""

    total: int = 0
    particle: NDArray[np.int64] = field(default_factory=lambda: np.zeros(BINS, np.int64))
    contamination: NDArray[np.int64] = field(default_factory=lambda: np.zeros(BINS, np.int64))
    plane: NDArray[np.int64] = field(default_factory=lambda: np.zeros(CELLS * CELLS, np.int64))

    def add(self, particle: NDArray[np.float64], contamination: NDArray[np.float64]) -> None:
        self.total += len(particle)
        self.particle += in_bins(particle)
        self.contamination += in_bins(contamination)
        self.plane += in_plane(particle, contamination)


_spreads: LRUCache[Hashable, _Spread] = LRUCache(SPREADS)
_lock = Lock()


class _Tally(NamedTuple):
    source: int | None
    picks: int
    final: int
    found: int
    score: float | None


NOTHING = _Tally(None, 0, 0, 0, None)


def pick_summary(project: Project, reader: int) -> wire.PickSummaryWire:
    """At the thresholds and limits that `project` has, be they stored or not, by the marks that the reader sees.

    Where nobody marked anything, the rule is asked of many micrographs at once. One query more for each 200 that have
    marks, one for picks that are not at hand, and else as many for ten thousand micrographs as for one.
    """
    tallies = dict.fromkeys(included(project).values_list("pk", flat=True), NOTHING)
    sets = _sets(project)
    alikes = list(_alike(project, sets))
    margins = (project.created_at, *((alike.sets, _margin(alike.rule)) for alike in alikes))
    with _lock:
        known = _spreads.get(margins)
    spread = known or _Spread()
    passed, combined, whole = 0, 0.0, True
    for alike, held in zip(alikes, held_rows(project, sets, [alike.sets for alike in alikes]), strict=True):
        if len(held) != alike.counts.sum():
            whole = False  # some were deleted meanwhile: an event comes that says so
            continue
        rows = held.astype(np.float64, order="F")  # compared as `final` does
        kept = final.off_border(rows[:, :2], alike.rule)
        passing = kept & final.over_thresholds(rows, alike.rule)
        passed += int(np.count_nonzero(passing))
        combined += float((rows[:, 2] * (1 - rows[:, 3]))[passing].sum())
        if not known:
            spread.add(rows[:, 2][kept], rows[:, 3][kept])
        tallies |= _tallies(alike, rows, passing)
    if whole:
        with _lock:
            _spreads[margins] = spread
    marked = included(project).filter(pk__in=_marked(project, reader))
    for found in final_picks(project, marked, reader):
        tallies[found.micrograph.pk] = _tally(tallies[found.micrograph.pk], found.picks)
    return {
        "micrographs": [*tallies],
        "source": [each.source for each in tallies.values()],
        "count": [each.picks for each in tallies.values()],
        "final": [each.final for each in tallies.values()],
        "found": [each.found for each in tallies.values()],
        "score": [each.score for each in tallies.values()],
        "total": spread.total,
        "particle": spread.particle.tolist(),
        "contamination": spread.contamination.tolist(),
        "plane": spread.plane.tolist(),
        "passing": passed,
        "sureness": combined / passed if passed else 0.0,
    }


def _margin(rule: final.Rule) -> final.Rule:
    """What of a rule says which picks keep the margin."""
    return replace(rule, particle_threshold=0, contamination_threshold=0, minimum_distance=0)


def _sets(project: Project) -> QuerySet[PickSet]:
    return latest_pick_sets(project).filter(micrograph__excluded=False, count__gt=0).order_by()


def _alike(project: Project, sets: QuerySet[PickSet]) -> Iterator[_Alike]:
    """In the order of the micrographs' ids, so that every process adds up alike."""
    of_micrograph = [f"micrograph__{name}" for name in ("listed_pixel_size", "header_pixel_size", *OF_RULE)]
    told = sorted(sets.values_list("micrograph", "source", "count", "pk", *of_micrograph), key=itemgetter(0))
    rows = ((place // AT_ONCE, *row) for place, row in enumerate(told))
    for (_, listed, header, *of_rule), some in groupby(rows, key=lambda row: (row[0], *row[5:])):
        _, micrographs, sources, counts, ids, *_ = zip(*some, strict=True)
        rule = rule_for(project, project.diameter_px_of(listed or header) or 0, *of_rule)
        yield _Alike(rule, ids, micrographs, sources, np.array(counts))


def _tallies(alike: _Alike, rows: NDArray[np.float64], passing: NDArray[np.bool_]) -> dict[int, _Tally]:
    left = final.left_of_network(rows, passing, alike.counts, alike.rule)
    starts = np.concatenate([[0], np.cumsum(alike.counts)[:-1]])
    counts = np.add.reduceat(left.astype(np.intp), starts)
    sums = np.add.reduceat(np.where(left, rows[:, 2], 0.0), starts)
    means = [total / count if count else None for total, count in zip(sums.tolist(), counts.tolist(), strict=True)]
    return {
        micrograph: _Tally(source, total, count, count, mean)
        for micrograph, source, total, count, mean in zip(
            alike.micrographs, alike.sources, alike.counts.tolist(), counts.tolist(), means, strict=True
        )
    }


def _tally(alone: _Tally, picks: Coordinates) -> _Tally:
    scores = picks.particle_score[~np.isnan(picks.particle_score)]
    found = sum(source != "label" for source in picks.source)
    return alone._replace(final=len(picks), found=found, score=float(scores.mean()) if len(scores) else None)


def _marked(project: Project, reader: int) -> set[int]:
    """Micrographs on which somebody marked something."""
    marked: set[int] = set()
    for kind in (Label, Verdict, Region):
        rows = visible(kind, reader).filter(micrograph__project=project).order_by()
        marked |= {*rows.values_list("micrograph", flat=True).distinct()}
    return marked
