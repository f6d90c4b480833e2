"""Write the picks of a project into a file for another program."""

import time

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.jobs.exports import FinishedExport, finish_export
from picking.jobs.refusal import CannotDo
from picking.jobs.write_export import write_export
from picking.models import Export, Job
from picking.queries.exports.frozen_export import outgoing_of
from picking.refusals import Refused
from picking.wire import ExportOptions

REPORT_EVERY_SECONDS = 0.5


def run(claimed: jobs.Claim, job: Job) -> None:
    """Leaves a file that was read back and compared, or none. A worker that took over leaves no other's remains."""
    export = Export.objects.select_related("project", "created_by").get(job=job)
    folder = storage.exports_folder(export.project_id)
    for remains in folder.glob(f"{export.pk}-*"):
        remains.unlink(missing_ok=True)
    archive = folder / f"{export.pk}-{claimed.fence}.zip"
    places = storage.places_path(archive)
    try:
        going = outgoing_of(export.project, ExportOptions(**export.options))
        written = write_export(going, archive, places, export.created_by, Reporter(claimed))
        finish_export(claimed, FinishedExport(archive.name, written.size, written.sha256, written.manifest))
    except BaseException as error:
        for file in (archive, places):
            file.unlink(missing_ok=True)
        if isinstance(error, Refused):
            raise CannotDo(str(error)) from error
        raise


class Reporter:
    """Passes on how far it is, twice a second. Raises Cancelled or LostClaim to stop it."""

    def __init__(self, claimed: jobs.Claim) -> None:
        self._claimed, self._told = claimed, time.monotonic()

    def __call__(self, done: int, total: int, what: str) -> None:
        if time.monotonic() - self._told >= REPORT_EVERY_SECONDS:
            jobs.report_progress(self._claimed, done, total, what)
            self._told = time.monotonic()
