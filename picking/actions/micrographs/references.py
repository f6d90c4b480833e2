"""Note where the particles of a micrograph are known to be, so that picks can be measured."""

from picking import events
from picking.actions.locked_project import locked_project
from picking.models import Micrograph, Reference
from picking.queries.micrographs.micrographs import micrograph_wire
from picking.science.picks import Points


def set_reference(micrograph: Micrograph, points: Points) -> None:
    """Keeps an expert's or a simulation's particle centres, (n, 2) x, y. The networks never see them."""
    with locked_project(micrograph.project_id) as project:
        Reference.objects.update_or_create(micrograph=micrograph, defaults={"points": points.tolist()})
        micrograph.refresh_from_db()
        changed = events.MicrographChanged(micrograph=micrograph_wire(micrograph))
        events.append(project, changed)
