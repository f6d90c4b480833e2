"""What a download of picks holds, and what it leaves out."""

from dataclasses import dataclass, fields, replace

from picking.models import Label, Micrograph, Project, Verdict
from picking.queries.final_picks import FinalPicks, final_picks
from picking.queries.marks import place_of
from picking.queries.micrographs import included, require_pixel_size
from picking.refusals import Refused
from picking.science.file_names import export_paths
from picking.science.formats import Coordinates, Export, ExportMicrograph
from picking.science.formats.coordinates import BY_PEOPLE
from picking.science.imaging.ctf import CtfValues


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
    micrographs = included(project).filter(**({} if only is None else {"pk": only})).select_related("ctf")
    written = (_export_micrograph(found, paths[found.micrograph.pk]) for found in final_picks(project, micrographs))
    return Export(project.particle_diameter, written, folder, flip_y)


def _export_paths(project: Project) -> dict[int, str]:
    rows = list(project.micrographs.only("project", "name", "source", "uploaded_as", "file_name"))
    return dict(zip((row.pk for row in rows), export_paths([(row.name, row.path) for row in rows]), strict=True))


def _export_micrograph(found: FinalPicks, path: str) -> ExportMicrograph:
    micrograph = found.micrograph
    ctf = getattr(micrograph, "ctf", None)
    return ExportMicrograph(
        name=micrograph.name,
        file_name=path,
        width=micrograph.width,
        height=micrograph.height,
        pixel_size=found.pixel_size,
        picks=_with_authors(found.picks, micrograph),
        ctf=ctf and CtfValues(**{each.name: getattr(ctf, each.name) for each in fields(CtfValues)}),
        listed_as=micrograph.listed_as,
    )


def _with_authors(picks: Coordinates, micrograph: Micrograph) -> Coordinates:
    """Who added the picks that people added, and when."""
    said: dict[tuple[float, float], Label | Verdict] = {place_of(v): v for v in micrograph.verdicts.all()}
    said |= {(label.x, label.y): label for label in micrograph.labels.all()}
    if not said:
        return picks
    of_people = [source in BY_PEOPLE for source in picks.source]
    marks = [
        said.get(place) if by else None for place, by in zip(map(tuple, picks.xy.tolist()), of_people, strict=True)
    ]
    authors = tuple(mark.author.username if mark and mark.author else "" for mark in marks)
    return replace(picks, author=authors, created=tuple(mark.created_at.isoformat() if mark else "" for mark in marks))
