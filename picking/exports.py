"""What a download of picks holds, and what it leaves out."""

from dataclasses import dataclass

from picking import queries
from picking.actions.trainings import require_pixel_size
from picking.models import Micrograph, Project
from picking.refusals import Refused
from picking.science.formats import Export


@dataclass(frozen=True)
class Download:
    """`excluded`: names of the micrographs that people took out, whose picks are not in it."""

    export: Export
    excluded: list[str]


def download(project: Project, only: Micrograph | None, folder: str, flip_y: bool) -> Download:
    """The final picks of a project, or of the one micrograph asked for. `folder`, `flip_y`: as in `Export`.

    Raises Refused where a pixel size is not known, and where what was asked for by name is excluded.
    """
    if only and only.excluded:
        raise Refused(f"{only.name} is excluded from downloads. Take it in again first.")
    wanted = only.pk if only else None
    require_pixel_size(project, wanted)
    excluded = [] if only else list(project.micrographs.filter(excluded=True).values_list("name", flat=True))
    return Download(queries.export(project, wanted, folder, flip_y), excluded)
