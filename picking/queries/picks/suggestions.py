"""Label these next: the rows that the choice of places rests on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import inf

import numpy as np

from picking.models import Label, PickSet, Project
from picking.queries.micrographs.final_picks import rule_of
from picking.queries.micrographs.marks import labelled_points, region_polygons
from picking.queries.micrographs.micrographs import included, not_blind
from picking.queries.micrographs.pick_sets import latest_pick_sets
from picking.queries.micrographs.visible import visible
from picking.science.final import off_border
from picking.science.name_order import name_order
from picking.science.picks import as_points, unpack
from picking.science.polygon import clipped
from picking.science.suggest import PickedMicrograph, Suggestion, spread, suggest


def suggestions(project: Project) -> list[Suggestion[int]]:
    """Where labels would teach most, by micrograph id; not where they are blind and so teach nothing yet."""
    return suggest(_picked_micrographs(project))


def teaching_order(project: Project) -> list[int]:
    """All included micrographs, by their ids, in the order in which labels on them teach most: as they take turns."""
    rows = list(included(project).values_list("pk", "name", "ctf__defocus_u"))
    labelled = visible(Label, None).filter(micrograph__in=not_blind(project)).values_list("micrograph", flat=True)
    return spread(_in_turn(rows), labelled={*labelled})


def _in_turn(rows: Iterable[tuple[int, str, float | None]]) -> list[int]:
    """By defocus where it is known, then by name: (id, name, defocus in Å)."""
    return [row[0] for row in sorted(rows, key=lambda row: (inf if row[2] is None else row[2], name_order(row[1])))]


def _picked_micrographs(project: Project) -> Iterator[PickedMicrograph[int]]:
    """In the order in which they take turns; each one's picks are read when it is its turn."""
    picked = latest_pick_sets(project).filter(micrograph__in=not_blind(project))
    sets = dict(picked.values_list("micrograph", "pk"))
    in_turn = _in_turn(picked.values_list("micrograph", "micrograph__name", "micrograph__ctf__defocus_u"))
    polygons, marked = region_polygons(project), defaultdict(list)
    for by_micrograph in labelled_points(project).values():
        for micrograph_id, points in by_micrograph.items():
            marked[micrograph_id].append(points[:, :2])
    for micrograph_id in spread(in_turn, labelled={*marked}):
        found = PickSet.objects.select_related("micrograph__project").get(pk=sets[micrograph_id])
        micrograph = found.micrograph
        diameter_px = micrograph.diameter_px
        if not diameter_px:
            continue
        rule, picks = rule_of(micrograph, diameter_px), unpack(bytes(found.rows))
        yield PickedMicrograph(
            micrograph_id,
            picks[off_border(picks[:, :2].astype(np.float64), rule)],
            marked=np.concatenate([as_points([]), *marked[micrograph_id]]),
            regions=[
                clipped(polygon, micrograph.width, micrograph.height) for polygon in polygons.get(micrograph_id, ())
            ],
            diameter_px=diameter_px,
            particle_threshold=rule.particle_threshold,
            contamination_threshold=rule.contamination_threshold,
        )
