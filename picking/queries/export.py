"""What a download of picks holds, and what it leaves out."""

from dataclasses import asdict, dataclass

from picking.models import Label, Micrograph, Project, Verdict
from picking.queries.final_picks import FinalPicks, final_picks
from picking.queries.marks import place_of
from picking.queries.micrographs import included, require_pixel_size
from picking.refusals import Refused
from picking.science.file_names import export_paths
from picking.science.formats import Coordinate, Export, ExportMicrograph


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
        raise Refused(f"{only.name} is excluded from downloads. Include it again first.")
    wanted = only.pk if only else None
    require_pixel_size(project, wanted)
    excluded = [] if only else list(project.micrographs.filter(excluded=True).values_list("name", flat=True))
    return Download(export(project, wanted, folder, flip_y), excluded)


def export(project: Project, only: int | None = None, folder: str = "", flip_y: bool = False) -> Export:
    """The final picks as the formats write them, of all micrographs or of the one with the id `only`.

    `folder` and `flip_y`: as in `science.formats.Export`.
    """
    paths = _export_paths(project)
    micrographs = included(project).filter(**({} if only is None else {"pk": only}))
    written = (_export_micrograph(found, paths[found.micrograph.pk]) for found in final_picks(project, micrographs))
    return Export(project.particle_diameter, written, folder, flip_y)


def _export_paths(project: Project) -> dict[int, str]:
    rows = list(project.micrographs.all())
    return dict(zip((row.pk for row in rows), export_paths([(row.name, row.path) for row in rows]), strict=True))


def _export_micrograph(found: FinalPicks, path: str) -> ExportMicrograph:
    micrograph = found.micrograph
    said: dict[tuple[float, float], Label | Verdict] = {place_of(v): v for v in micrograph.verdicts.all()}
    said.update({(label.x, label.y): label for label in micrograph.labels.all()})
    coordinates = []
    for pick in found.picks:
        mark = said.get((pick.x, pick.y)) if pick.source != "network" else None
        author = mark.author.username if mark and mark.author else ""
        created = mark.created_at.isoformat() if mark else ""
        coordinates.append(Coordinate(**asdict(pick), author=author, created=created))
    return ExportMicrograph(
        name=micrograph.name,
        file_name=path,
        width=micrograph.width,
        height=micrograph.height,
        pixel_size=found.pixel_size,
        picks=coordinates,
        listed_as=micrograph.listed_as,
        cryosparc_uid=int(micrograph.cryosparc_uid) if micrograph.cryosparc_uid else None,
    )
