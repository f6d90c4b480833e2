"""What sources that teach add to people's examples of particles."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from picking.models import Label, Micrograph, PickSet, Project, Region, Source, Verdict
from picking.queries.micrographs.micrographs import not_blind
from picking.queries.micrographs.visible import by_micrograph
from picking.science.name_order import name_order
from picking.science.picks import Points, as_points, unpack
from picking.science.polygon import clipped
from picking.science.teach import MOST, MOST_MICROGRAPHS, evenly, taught


def taught_points(project: Project) -> dict[int, Points]:
    """micrograph -> (n, 2) full-resolution x, y of the particles that sources teach, on those that take part
    and are not labelled blind.

    None where people said otherwise. Micrographs of unknown pixel size, which cannot be trained on, have none.
    """
    points: dict[int, list[Points]] = defaultdict(list)
    for source in project.sources.filter(teaches=True):
        chosen = _chosen(project, source)
        labels, verdicts = by_micrograph(Label, chosen, None), by_micrograph(Verdict, chosen, None)
        regions = by_micrograph(Region, chosen, None)
        for micrograph in project.micrographs.filter(pk__in=chosen).select_related("project"):
            refused = [(x.x, x.y) for x in labels[micrograph.pk] if x.kind != Label.Kind.PARTICLE]
            refused += [(x.x, x.y) for x in verdicts[micrograph.pk] if x.kind != Verdict.Kind.ACCEPT]
            polygons = [as_points(x.polygon) for x in regions[micrograph.pk]]
            rows = PickSet.objects.values_list("rows", flat=True).get(source=source, micrograph=micrograph)
            least = (source.threshold, -(-MOST // len(chosen)))
            found = _taught(micrograph, bytes(rows), as_points(refused), polygons, *least)
            if len(found):
                points[micrograph.pk].append(found)
    return {micrograph: np.concatenate(several) for micrograph, several in points.items()}


def _chosen(project: Project, source: Source) -> list[int]:
    """Keys of micrographs with picks of the source, evenly chosen from them in the order of their names."""
    rows = not_blind(project).filter(pick_sets__source=source).values_list("name", "pk")
    ids = [pk for _, pk in sorted(rows, key=lambda row: name_order(row[0]))]
    return [ids[i] for i in evenly(len(ids), MOST_MICROGRAPHS).tolist()]


def _taught(
    micrograph: Micrograph,
    rows: bytes,
    refused: Points,
    polygons: Sequence[Points],
    threshold: float | None,
    most: int,
) -> Points:
    if not micrograph.diameter_px:
        return as_points([])
    regions = [clipped(polygon, micrograph.width, micrograph.height) for polygon in polygons]
    return taught(unpack(rows), threshold, refused, regions, micrograph.diameter_px, most)
