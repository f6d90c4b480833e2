"""Change what people say of a micrograph as a whole."""

from dataclasses import dataclass
from typing import Literal

from picking import events
from picking.actions.jobs.keep_training import note_change
from picking.actions.jobs.trainings import queue_picking
from picking.actions.locked_project import locked_project, require_open
from picking.models import Micrograph, User
from picking.queries.jobs import due
from picking.queries.micrographs.micrographs import micrograph_wire


@dataclass(frozen=True)
class MicrographChange:
    """What is to change; None leaves a field as it is. A threshold of "project" takes back the micrograph's own."""

    particle_threshold: float | Literal["project"] | None = None
    contamination_threshold: float | Literal["project"] | None = None
    excluded: bool | None = None
    flagged: bool | None = None
    double: bool | None = None
    note: str | None = None


def change_micrograph(micrograph: Micrograph, actor: User, wanted: MicrographChange) -> Micrograph:
    """Sets the given fields. One that is included again is picked, if it has not been. Refused when archived."""
    with locked_project(micrograph.project_id) as project:
        require_open(project)
        micrograph = project.micrographs.get(pk=micrograph.pk)
        was_excluded = micrograph.excluded
        fields = ("particle_threshold", "contamination_threshold", "excluded", "flagged", "double", "note")
        for field in fields:
            value = getattr(wanted, field)
            if value is not None:
                setattr(micrograph, field, None if value == "project" and field != "note" else value)
        micrograph.save(update_fields=fields)
        events.append(project, events.MicrographChanged(micrograph=micrograph_wire(micrograph)), actor)
        if was_excluded != micrograph.excluded:
            note_change(project)  # its labels are now used in training, or no longer
        if was_excluded and due.unpicked(project).filter(pk=micrograph.pk).exists():
            queue_picking(project, actor)
    return micrograph
