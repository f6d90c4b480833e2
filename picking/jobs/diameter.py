"""Look at a few micrographs of all over the project for the particle diameter."""

import logging

from picking.actions.jobs import jobs
from picking.actions.jobs.diameter import ENOUGH, finish_scan
from picking.in_place import read_source
from picking.models import Job, Micrograph, SuggestedDiameter
from picking.queries.micrographs.micrographs import by_name, sized
from picking.science.diameter import Suggestion, Unsuitable, suggest_diameter
from picking.science.imaging.micrograph import Pixels
from picking.science.imaging.read import UnreadableMicrograph
from picking.science.teach import evenly

log = logging.getLogger(__name__)


def run(claimed: jobs.Claim, job: Job) -> None:
    """Micrographs that cannot be read are left out; where none can, that is what is kept."""
    rows = by_name(sized(job.project).select_related("project"))
    chosen = [rows[i] for i in evenly(len(rows), ENOUGH).tolist()]
    jobs.report_progress(claimed, 0, 0, "Looking for the particle diameter")
    read = [(row, pixels, row.pixel_size) for row in chosen if (pixels := _pixels(row)) is not None]
    try:
        found = suggest_diameter([(pixels, size) for _, pixels, size in read if size])
    except Unsuitable as reason:
        finish_scan(claimed, SuggestedDiameter(reason=str(reason)), [row.pk for row in chosen])
        return
    finish_scan(claimed, _row(found, [row for row, *_ in read]), [row.pk for row in chosen])


def _pixels(micrograph: Micrograph) -> Pixels | None:
    try:
        return read_source(micrograph).pixels
    except (UnreadableMicrograph, OSError) as reason:
        log.warning("%s was left out: %s", micrograph.file_name, reason)
        return None


def _row(found: Suggestion, micrographs: list[Micrograph]) -> SuggestedDiameter:
    places = zip(micrographs, found.places, strict=True)
    return SuggestedDiameter(
        diameter=float(round(found.diameter)),
        certainty=round(found.certainty, 3),
        sure=found.sure,
        dark=found.dark,
        curve=[
            (round(size, 1), round(likely, 4))
            for size, likely in zip(found.diameters.tolist(), found.likelihood.tolist(), strict=True)
        ],
        places={str(row.pk): [(round(x, 1), round(y, 1)) for x, y in xy.tolist()] for row, xy in places},
    )
