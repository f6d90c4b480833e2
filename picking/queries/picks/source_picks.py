"""Picks of chosen sources, and those of several joined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from picking.models import PickSet, Project, Source
from picking.queries.micrographs.final_picks import FinalPicks, rule_of
from picking.refusals import Refused
from picking.science.final import passing
from picking.science.formats import Coordinates
from picking.science.formats.coordinates import Column
from picking.science.picks import NEAR, unpack


@dataclass(frozen=True)
class SourcePicks:
    """`sources`: by id, besides the final picks."""

    project: Project
    sources: Mapping[int, Source]

    @classmethod
    def of(cls, project: Project, wanted: Sequence[int]) -> "SourcePicks":
        """Raises Refused where there are none, or one that the project does not have."""
        ids = [each for each in wanted if each]
        found = project.sources.in_bulk(ids)
        if not wanted or len(found) < len(set(ids)):
            raise Refused("Choose at least one source of picks, among those of this project.")
        return cls(project, found)

    def of_micrographs(self, ids: Sequence[int]) -> dict[int, dict[int, Coordinates]]:
        """micrograph -> source -> picks that reach its threshold; those of networks, the project's thresholds."""
        found: dict[int, dict[int, Coordinates]] = {}
        if self.sources:
            sets = PickSet.objects.filter(micrograph__in=ids, source__in=self.sources).select_related("micrograph")
            for each in sets:
                found.setdefault(each.micrograph_id, {})[each.source_id] = self._picks(each)
        return found

    def _picks(self, each: PickSet) -> Coordinates:
        source, micrograph = self.sources[each.source_id], each.micrograph
        micrograph.project = self.project
        rows = unpack(bytes(each.rows)).astype(np.float64)
        if source.kind in Source.BY_NETWORKS:
            rows = rows[passing(rows, rule_of(micrograph, micrograph.diameter_px or 0))]
        elif source.threshold is not None:
            rows = rows[rows[:, 2] >= source.threshold]
        return Coordinates(rows[:, :2], rows[:, 2], rows[:, 3], (f"source {source.name}",) * len(rows))


def joined(found: FinalPicks, sources: Sequence[Coordinates]) -> tuple[Coordinates, int]:
    """All picks of at least one source, without those near one of an earlier source; and how many these were."""
    first, *others = sources
    kept, doubled = first, 0
    for each in others:
        if not len(kept) or not len(each):
            kept = kept if len(kept) else each
            continue
        distances: Column = np.asarray(cKDTree(kept.xy).query(each.xy)[0])
        new = each.chosen(distances > NEAR * found.diameter_px)
        doubled += len(each) - len(new)
        kept = Coordinates.joined([kept, new])
    return kept, doubled
