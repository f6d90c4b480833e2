"""Agreement of the final picks with coordinates known to be right."""

from typing import Any

from picking.models import Project
from picking.queries.final_picks import final_picks
from picking.queries.micrographs import included
from picking.science.evaluate import Agreement, agreement
from picking.science.picks import as_points


def agreement_with_reference(project: Project) -> dict[str, Any]:
    """How well the final picks fit the coordinates known to be right, over the micrographs that have them."""
    total, micrographs = Agreement(), 0
    for found in final_picks(project, included(project).filter(reference__isnull=False)):
        places = as_points([(pick.x, pick.y) for pick in found.picks])
        total += agreement(as_points(found.micrograph.reference.points), places, found.diameter_px)
        micrographs += 1
    figures = {"precision": total.precision, "recall": total.recall, "f1": total.f1}
    counts = {"reference_particles": total.reference, "picks": total.found, "matched": total.matched}
    return {**counts, **figures, "micrographs": micrographs}
