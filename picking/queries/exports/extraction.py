"""How the particles of an export are cut out."""

from picking.models import Project
from picking.queries.micrographs.micrographs import included
from picking.refusals import Refused
from picking.science.extract.settings import BadExtraction, ExtractSettings, suggested_box
from picking.wire import ExportOptions


def extract_settings(project: Project, options: ExportOptions) -> ExtractSettings:
    """Without a box asked for, the suggested one of the finest pixels. Raises Refused where they make no sense."""
    if options.scale != 1:
        raise Refused("Particles are cut out of the micrographs as they are. Leave the scale at 1.")
    try:
        return ExtractSettings(
            box=options.box_px or _suggested(project),
            binned_box=options.binned_box,
            invert=options.invert,
            normalise=options.normalise,
            half_precision=options.half_precision,
        )
    except BadExtraction as error:
        raise Refused(str(error)) from error


def project_box(project: Project) -> int | None:
    """Pixels along the suggested box, by the finest pixels; None where no micrograph is included that has
    a size, or the diameter is unknown."""
    if project.particle_diameter is None:
        return None
    known = [size for each in included(project).select_related("project") if (size := each.pixel_size)]
    return suggested_box(project.particle_diameter, min(known)) if known else None


def _suggested(project: Project) -> int:
    box = project_box(project)
    if box is None:
        raise Refused("There are no micrographs to extract from. Include some first.")
    return box
