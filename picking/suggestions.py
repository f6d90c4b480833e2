"""Label these next: the rows that the choice of places rests on."""

from collections import defaultdict
from collections.abc import Iterator
from math import inf

import numpy as np

from picking import queries
from picking.models import PickSet, Project
from picking.science.name_order import name_order
from picking.science.picks import as_points, unpack
from picking.science.polygon import clipped
from picking.science.suggest import PickedMicrograph, Suggestion, spread, suggest


def suggestions(project: Project) -> list[Suggestion[int]]:
    """Where labels would teach most, by micrograph id."""
    return suggest(_picked_micrographs(project))


def _picked_micrographs(project: Project) -> Iterator[PickedMicrograph[int]]:
    """The picked micrographs in the order in which they take turns; each one's picks are read when it is its turn."""
    picked = queries.latest_pick_sets(project).filter(micrograph__excluded=False)
    rows = picked.values_list("micrograph_id", "pk", "micrograph__name", "micrograph__ctf__defocus_u")
    in_turn = sorted(rows, key=lambda row: (inf if row[3] is None else row[3], name_order(row[2])))
    sets = {row[0]: row[1] for row in in_turn}
    polygons, marked = queries.region_polygons(project), defaultdict(list)
    for by_micrograph in queries.labelled_points(project).values():
        for micrograph_id, points in by_micrograph.items():
            marked[micrograph_id].append(points)
    for micrograph_id in spread(list(sets), labelled={*marked}):
        found = PickSet.objects.select_related("micrograph").get(pk=sets[micrograph_id])
        micrograph = found.micrograph
        yield PickedMicrograph(
            micrograph_id,
            unpack(bytes(found.rows)),
            marked=np.concatenate([as_points([]), *marked[micrograph_id]]),
            regions=[
                clipped(polygon, micrograph.width, micrograph.height) for polygon in polygons.get(micrograph_id, ())
            ],
            diameter_px=project.particle_diameter / (project.pixel_size or micrograph.header_pixel_size or 1.0),
            particle_threshold=queries.threshold_of(micrograph.particle_threshold, project.particle_threshold),
            contamination_threshold=queries.threshold_of(
                micrograph.contamination_threshold, project.contamination_threshold
            ),
        )
