"""Pick a project's micrographs with a training, the ones that people look at first.

Picking a large project takes minutes, a training or averages seconds: once no screen waits for picks, these go first.
"""

from collections.abc import Iterator

from django.db.models import F, Max

from picking import storage
from picking.actions import jobs
from picking.actions.picks import add_picks, finish_picking
from picking.jobs.inputs import network_input
from picking.jobs.refusal import CannotDo
from picking.jobs.score_maps import keep_score_maps
from picking.models import Job, Micrograph, Project, Source
from picking.queries import due
from picking.queries.micrographs import included
from picking.room import says_full
from picking.science.nets import Networks, at_once, best_device, load_networks, overlapped, pick_with_maps
from picking.science.picks import Picks


def run(claimed: jobs.Claim, job: Job) -> None:
    """With the networks of the job's training."""
    training = job.training
    assert training is not None
    pick_all(claimed, job, training.source, load_networks(storage.weights_path(training), best_device()))


def pick_all(claimed: jobs.Claim, job: Job, source: Source, networks: Networks) -> None:
    """Several micrographs at once until none is left. Unreadable ones are named at the end; the rest continue."""
    device = best_device()
    problems: dict[int, str] = {}

    def picked(micrograph: Micrograph) -> Picks:
        """Runs in a thread of its own: reads and writes files, and never asks the database."""
        image = network_input(micrograph, networks.settings.input)
        picks, maps = pick_with_maps(networks, image, device, to_border=True)
        keep_score_maps(micrograph, source, image, maps)
        return picks

    while True:
        many = at_once(device, _largest(job.project))
        for micrograph, picks in overlapped(picked, _waiting(job, source, problems), many):
            total = included(job.project).count()
            left = due.left_to_pick(job.project, source).count()
            jobs.report_progress(claimed, total - left, total, f"Picking {micrograph.name}")
            try:
                add_picks(claimed, micrograph, source, picks.result())
            except (CannotDo, OSError) as reason:
                if says_full(reason):
                    raise
                if job.project.micrographs.filter(pk=micrograph.pk).exists():  # not removed in the meantime
                    problems[micrograph.pk] = str(reason)
        if finish_picking(claimed, source, problems):
            return
        if due.picking_may_wait(job.project, source, except_for=problems):
            jobs.queue_behind(claimed)
            return


def _waiting(job: Job, source: Source, problems: dict[int, str]) -> Iterator[Micrograph]:
    """What is to be picked next, with the project as it is then, until nothing is left or a training should go first.

    A micrograph is not asked for twice, though its picks come only later.
    """
    begun: set[int] = set()
    while not begun or not due.picking_may_wait(job.project, source, except_for=begun.union(problems)):
        project = Project.including_deleted.get(pk=job.project_id)  # of a deleted one, the next report stops the job
        micrograph = due.next_to_pick(project, source, except_for=begun.union(problems))
        if micrograph is None:
            return
        begun.add(micrograph.pk)
        yield micrograph


def _largest(project: Project) -> int:
    """Pixels of the project's largest micrograph."""
    largest: int | None = project.micrographs.aggregate(largest=Max(F("width") * F("height")))["largest"]
    return largest or 1
