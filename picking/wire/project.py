"""Projects, and how the first page lists them."""

from typing import Annotated, TypedDict

from picking.models import Project, Role
from picking.wire.figures import FiguresWire
from picking.wire.labels import LabelCounts
from picking.wire.member import MemberWire


class ProjectWire(TypedDict):
    """What members set for everyone, and the training whose picks they see.

    `particle_diameter`: Å, null while it is unknown. `diameter_provisional`: it was suggested from the micrographs, and
    no person has set it yet. `pixel_size`: Å per pixel, null if that of each file applies. In particle diameters:
    `minimum_distance` between network picks, `border_margin` between them and the border of the micrograph.
    `first_guess`: whether micrographs are picked with the shipped networks until the first training. `keep_training`:
    train automatically after people's changes.
    """

    id: int
    name: str
    particle_diameter: float | None
    diameter_provisional: bool
    pixel_size: float | None
    archived: bool
    particle_threshold: float
    contamination_threshold: float
    minimum_distance: float
    border_margin: float
    current_training: int | None
    first_guess: bool
    keep_training: bool


class ListedProjectWire(ProjectWire):
    """With its contents.

    `picks`: network picks that pass the thresholds and keep the border margin. `quality`: of the current training.
    `cover`: the key of one of its micrographs; in a response, the address of a picture. `changed_at`, `changed_by`:
    when a person last changed it, and who; null if the account is gone. `waiting`: threads of comments that wait for
    the person who asks.
    """

    role: Annotated[str, Role]
    members: list[MemberWire]
    micrographs: int
    labels: LabelCounts
    picks: int
    quality: FiguresWire | None
    cover: str | None
    changed_at: str
    changed_by: str | None
    waiting: int


def project_wire(project: Project) -> ProjectWire:
    return {
        "id": project.pk,
        "name": project.name,
        "particle_diameter": project.particle_diameter,
        "diameter_provisional": project.diameter_provisional,
        "pixel_size": project.pixel_size,
        "archived": project.archived_at is not None,
        "particle_threshold": project.particle_threshold,
        "contamination_threshold": project.contamination_threshold,
        "minimum_distance": project.minimum_distance,
        "border_margin": project.border_margin,
        "current_training": project.current_training_id,
        "first_guess": project.first_guess,
        "keep_training": project.keep_training,
    }
