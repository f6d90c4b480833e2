"""Keep what the networks propose."""

from collections.abc import Mapping

from picking import events
from picking.actions import jobs
from picking.actions.validations import queue_validation
from picking.models import Micrograph, PickSet, Source
from picking.queries import due
from picking.queries.micrographs import included
from picking.science.picks import Picks, pack


def add_picks(claimed: jobs.Claim, micrograph: Micrograph, source: Source, picks: Picks) -> None:
    """Stores the picks of one source on one micrograph, and tells everyone. Raises Cancelled where it was removed."""
    with jobs.fenced(claimed) as (project, _):
        if not project.micrographs.filter(pk=micrograph.pk).exists():
            return
        if not project.sources.filter(pk=source.pk).exists():
            raise jobs.Cancelled
        PickSet.objects.update_or_create(
            micrograph=micrograph, source=source, defaults={"count": len(picks), "rows": pack(picks)}
        )
        added = events.PicksAdded(micrograph=micrograph.pk, source=source.pk, count=len(picks))
        events.append(project, added)


def finish_picking(claimed: jobs.Claim, source: Source, problems: Mapping[int, str]) -> bool:
    """Ends the job unless micrographs were added in the meantime; then returns False, and the job continues.

    `problems` says, by micrograph, why some could not be picked: the job then ends as failed, in their words.
    """
    with jobs.fenced(claimed) as (project, job):
        if due.next_to_pick(project, source, except_for=problems) is not None:
            return False
        if problems:
            jobs.end_failed(project, job, "\n".join(problems.values()))
        else:
            job.done = job.total = included(project).count()
            jobs.finish(project, job)
        if source.training and source.training_id == project.current_training_id:
            queue_validation(project, source.training, job.created_by)
    return True
