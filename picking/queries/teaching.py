"""What sources that teach add to people's examples of particles."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from picking.models import Label, Micrograph, PickSet, Project, Source, Verdict
from picking.queries.micrographs import included
from picking.science.name_order import name_order
from picking.science.picks import Points, as_points, unpack
from picking.science.polygon import clipped
from picking.science.teach import MOST, MOST_MICROGRAPHS, evenly, taught


def taught_points(project: Project) -> dict[int, Points]:
    """micrograph -> (n, 2) full-resolution x, y of the particles that sources teach, on those that take part.

    None where people said otherwise. Micrographs of unknown pixel size, which cannot be trained on, have none.
    """
    points: dict[int, list[Points]] = defaultdict(list)
    for source in project.sources.filter(teaches=True):
        chosen = _chosen(project, source)
        for micrograph in _with_marks(project, chosen):
            rows = PickSet.objects.values_list("rows", flat=True).get(source=source, micrograph=micrograph)
            found = _taught(micrograph, bytes(rows), source.threshold, -(-MOST // len(chosen)))
            if len(found):
                points[micrograph.pk].append(found)
    return {micrograph: np.concatenate(several) for micrograph, several in points.items()}


def _chosen(project: Project, source: Source) -> list[int]:
    """Keys of micrographs with picks of the source, evenly chosen from them in the order of their names."""
    rows = included(project).filter(pick_sets__source=source).values_list("name", "pk")
    ids = [pk for _, pk in sorted(rows, key=lambda row: name_order(row[0]))]
    return [ids[i] for i in evenly(len(ids), MOST_MICROGRAPHS).tolist()]


def _with_marks(project: Project, chosen: Sequence[int]) -> Iterable[Micrograph]:
    rows = project.micrographs.filter(pk__in=chosen).select_related("project")
    return rows.prefetch_related("labels", "verdicts", "regions")


def _taught(micrograph: Micrograph, rows: bytes, threshold: float | None, most: int) -> Points:
    if not micrograph.diameter_px:
        return as_points([])
    refused = [(x.x, x.y) for x in micrograph.labels.all() if x.kind != Label.Kind.PARTICLE]
    refused += [(x.x, x.y) for x in micrograph.verdicts.all() if x.kind != Verdict.Kind.ACCEPT]
    regions = [clipped(as_points(x.polygon), micrograph.width, micrograph.height) for x in micrograph.regions.all()]
    return taught(unpack(rows), threshold, as_points(refused), regions, micrograph.diameter_px, most)
