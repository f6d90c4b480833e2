"""Pick a project's micrographs with a training, the ones that people look at first.

Picking a large project takes minutes, a training seconds: once no screen waits for picks, a training goes first.
"""

from picking import queries, storage
from picking.actions import jobs
from picking.actions.picks import add_picks, finish_picking
from picking.jobs.inputs import network_input
from picking.jobs.refusal import CannotDo
from picking.jobs.score_maps import keep_score_maps
from picking.models import Job
from picking.science.nets import best_device, load_networks, pick_with_maps


def run(claimed: jobs.Claim, job: Job) -> None:
    """One micrograph after another until none is left. One that cannot be read is named at the end; the rest go on."""
    training = job.training
    assert training is not None
    device = best_device()
    networks = load_networks(storage.weights_path(training), device)
    problems: dict[int, str] = {}
    while True:
        job.project.refresh_from_db()
        micrograph = queries.next_to_pick(job.project, training, except_for=problems)
        if micrograph is None:
            if finish_picking(claimed, training, problems):
                return
            continue
        total = queries.included(job.project).count()
        left = queries.left_to_pick(job.project, training).count()
        jobs.report_progress(claimed, total - left, total, f"Picking {micrograph.name}")
        try:
            image = network_input(micrograph, job.project)
            picks, maps = pick_with_maps(networks, image, device)
            keep_score_maps(micrograph, training, image, maps)
            add_picks(claimed, micrograph, training, picks)
        except (CannotDo, OSError) as reason:
            if job.project.micrographs.filter(pk=micrograph.pk).exists():  # not removed meanwhile
                problems[micrograph.pk] = str(reason)
        if queries.picking_may_wait(job.project, training, except_for=problems):
            jobs.queue_behind(claimed)
            return
