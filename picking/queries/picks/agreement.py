"""Agreement of the final picks with coordinates known to be right."""

from picking import wire
from picking.models import Project
from picking.queries.micrographs.final_picks import final_picks
from picking.queries.micrographs.micrographs import not_blind
from picking.science.evaluate import Agreement, agreement
from picking.science.picks import as_points


def agreement_with_reference(project: Project) -> wire.AgreementWire:
    """How well the final picks fit the coordinates known to be right, over the micrographs that have them.

    Those that are labelled blind are left out.
    """
    total, micrographs = Agreement(), 0
    known = not_blind(project).filter(reference__isnull=False).select_related("reference")
    for found in final_picks(project, known):
        total += agreement(as_points(found.micrograph.reference.points), found.picks.xy, found.diameter_px)
        micrographs += 1
    return {
        "reference_particles": total.reference,
        "picks": total.found,
        "matched": total.matched,
        "precision": total.precision,
        "recall": total.recall,
        "f1": total.f1,
        "micrographs": micrographs,
    }
