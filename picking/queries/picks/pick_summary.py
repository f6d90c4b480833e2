"""A summary of a project's picks, for pages that do not hold all of them: five million are 80 MB."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from picking import wire
from picking.models import Label, Project, Region, Verdict
from picking.queries.micrographs.final_picks import OF_RULE, final_picks, rule_for
from picking.queries.micrographs.micrographs import included
from picking.queries.micrographs.pick_sets import latest_pick_sets
from picking.queries.micrographs.visible import visible
from picking.science import final
from picking.science.formats.coordinates import Coordinates
from picking.science.picks import unpack
from picking.science.score_counts import BINS, CELLS, in_bins, in_plane

AT_ONCE = 200
"""Micrographs in memory."""


class _Alike(NamedTuple):
    """Picks on micrographs that have the same rule. `rows`: (n, 4), those of one after those of another; `counts`: of
    each of them.
    """

    rule: final.Rule
    micrographs: Sequence[int]
    sources: Sequence[int]
    counts: NDArray[np.intp]
    rows: NDArray[np.float64]


@dataclass
class _Sums:
    """Over all picks that keep the margin."""

    total: int = 0
    passing: int = 0
    combined: float = 0.0
    particle: NDArray[np.int64] = field(default_factory=lambda: np.zeros(BINS, np.int64))
    contamination: NDArray[np.int64] = field(default_factory=lambda: np.zeros(BINS, np.int64))
    plane: NDArray[np.int64] = field(default_factory=lambda: np.zeros(CELLS * CELLS, np.int64))

    def add(self, rows: NDArray[np.float64], kept: NDArray[np.bool_], passing: NDArray[np.bool_]) -> None:
        """`kept`, `passing`: which of them keep the margin, and which of those pass both thresholds."""
        self.passing += int(np.count_nonzero(passing))
        self.combined += float((rows[:, 2] * (1 - rows[:, 3]))[passing].sum())
        particle, contamination = rows[:, 2][kept], rows[:, 3][kept]
        self.total += len(particle)
        self.particle += in_bins(particle)
        self.contamination += in_bins(contamination)
        self.plane += in_plane(particle, contamination)


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
    marks, and else as many for ten thousand micrographs as for one.
    """
    sums, tallies = _Sums(), dict.fromkeys(included(project).values_list("pk", flat=True), NOTHING)
    for alike in _alike(project):
        kept = final.off_border(alike.rows[:, :2], alike.rule)
        passing = kept & final.over_thresholds(alike.rows, alike.rule)
        sums.add(alike.rows, kept, passing)
        tallies |= _tallies(alike, passing)
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
        "total": sums.total,
        "particle": sums.particle.tolist(),
        "contamination": sums.contamination.tolist(),
        "plane": sums.plane.tolist(),
        "passing": sums.passing,
        "sureness": sums.combined / sums.passing if sums.passing else 0.0,
    }


def _alike(project: Project) -> Iterator[_Alike]:
    sets = latest_pick_sets(project).filter(micrograph__excluded=False, count__gt=0).order_by()
    of_micrograph = [f"micrograph__{name}" for name in ("listed_pixel_size", "header_pixel_size", *OF_RULE)]
    told = sets.values_list("micrograph", "source", "count", "rows", *of_micrograph).iterator(chunk_size=AT_ONCE)
    rows = ((place // AT_ONCE, *row) for place, row in enumerate(told))
    for (_, listed, header, *of_rule), some in groupby(rows, key=lambda row: (row[0], *row[5:])):
        _, micrographs, sources, counts, packed, *_ = zip(*some, strict=True)
        rule = rule_for(project, project.diameter_px_of(listed or header) or 0, *of_rule)
        # Compared as `final` does; by columns, as each is read by itself.
        joined = unpack(b"".join(map(bytes, packed))).astype(np.float64, order="F")
        yield _Alike(rule, micrographs, sources, np.array(counts), joined)


def _tallies(alike: _Alike, passing: NDArray[np.bool_]) -> dict[int, _Tally]:
    left = final.left_of_network(alike.rows, passing, alike.counts, alike.rule)
    starts = np.concatenate([[0], np.cumsum(alike.counts)[:-1]])
    counts = np.add.reduceat(left.astype(np.intp), starts)
    sums = np.add.reduceat(np.where(left, alike.rows[:, 2], 0.0), starts)
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
