"""Create, change and archive projects."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from picking import events, wire
from picking.actions.jobs.diameter import queue_scan_where_due, take_back
from picking.actions.jobs.first_guess import forget_guess, queue_guess
from picking.actions.jobs.keep_training import note_change
from picking.actions.locked_project import locked_project, require_open
from picking.actions.names import fit_name
from picking.models import Membership, Project, Role, User
from picking.queries.micrographs.micrographs import micrograph_wires
from picking.refusals import Refused
from picking.science.thresholds import (
    DEFAULT_BORDER_MARGIN,
    DEFAULT_CONTAMINATION_THRESHOLD,
    DEFAULT_PARTICLE_THRESHOLD,
)

LIMITS = ("particle_threshold", "contamination_threshold", "minimum_distance", "border_margin")
"""What decides, besides people, which network picks are kept."""


@dataclass(frozen=True)
class ProjectChange:
    """What is to change; None leaves a field as it is.

    A pixel size of "header" takes back what a person typed, a diameter of "suggested" likewise.
    """

    name: str | None = None
    particle_diameter: float | Literal["suggested"] | None = None
    pixel_size: float | Literal["header"] | None = None
    particle_threshold: float | None = None
    contamination_threshold: float | None = None
    first_guess: bool | None = None
    keep_training: bool | None = None
    minimum_distance: float | None = None
    border_margin: float | None = None
    archived: bool | None = None


@transaction.atomic
def create_project(
    actor: User, name: str, particle_diameter: float | None = None, pixel_size: float | None = None
) -> Project:
    """A new project whose owner is `actor`. Diameter in Å, pixel size in Å per pixel.

    Without a diameter the first micrographs suggest one. Refused for unfit names.
    """
    project = Project.objects.create(
        name=_fit_name(name),
        particle_diameter=particle_diameter,
        pixel_size=pixel_size,
        particle_threshold=DEFAULT_PARTICLE_THRESHOLD,
        contamination_threshold=DEFAULT_CONTAMINATION_THRESHOLD,
        border_margin=DEFAULT_BORDER_MARGIN,
        first_guess=settings.CRYOWEB_FIRST_GUESS,
        created_by=actor,
    )
    Membership.objects.create(project=project, user=actor, role=Role.OWNER)
    return project


def change_project(
    project_id: int, actor: User, wanted: ProjectChange, check: Callable[[Project], None] = lambda project: None
) -> Project:
    """Sets the given fields. Raises Refused when the project is archived and stays so, and whatever `check` raises.

    `check` sees the project as it is before the change, once nobody else can change it.
    """
    with locked_project(project_id) as project:
        check(project)
        if wanted.archived is not None:
            project.archived_at = timezone.now() if wanted.archived else None
        elif project.archived_at is not None:
            require_open(project)
        fields = ("name", "pixel_size", *LIMITS, "first_guess", "keep_training")
        picked_at = project.particle_diameter, project.pixel_size
        for field in fields:
            value = getattr(wanted, field)
            if value is not None:
                setattr(project, field, None if value == "header" else value)
        if wanted.particle_diameter == "suggested":
            take_back(project)
        elif wanted.particle_diameter is not None:
            project.particle_diameter, project.diameter_provisional = wanted.particle_diameter, False
        project.name = _fit_name(project.name)
        project.save(update_fields=[*fields, "particle_diameter", "diameter_provisional", "archived_at"])
        if wanted.particle_diameter is not None or wanted.pixel_size is not None:
            note_change(project)  # the networks see particles at another size
        events.append(project, events.ProjectChanged(project=wire.project_wire(project)), actor)
        if wanted.pixel_size is not None:
            for micrograph in micrograph_wires(project):
                events.append(project, events.MicrographChanged(micrograph=micrograph), actor)
            queue_scan_where_due(project)
        if not project.first_guess or picked_at != (project.particle_diameter, project.pixel_size):
            forget_guess(project)
        queue_guess(project)
    return project


def _fit_name(name: str) -> str:
    fit = fit_name(name)
    if not fit:
        raise Refused("A project needs a name.")
    return fit
