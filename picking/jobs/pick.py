"""Pick a project's micrographs with a training, the ones that people look at first.

Picking a large project takes minutes, a training or averages seconds: once no screen waits for picks, these go first.
"""

from collections.abc import Iterator
from functools import cache, partial

import numpy as np
import torch
from django.db.models import F, Max
from numpy.typing import NDArray

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.marks.picks import add_picks, finish_picking, take_micrographs
from picking.jobs.inputs import network_input
from picking.jobs.refusal import CannotDo
from picking.jobs.score_maps import keep_score_maps
from picking.models import Job, Micrograph, Project, Source
from picking.queries.jobs import due
from picking.room import says_full
from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import DeviceMemory, Networks, at_once, best_device, load_networks, overlapped, pick_with_maps
from picking.science.picks import Picks


def run(claimed: jobs.Claim, job: Job) -> None:
    """With the networks of the job's training."""
    training = job.training
    assert training is not None
    memory, file = DeviceMemory(best_device()), storage.weights_path(training)
    networks = memory.fitted(lambda device, _: load_networks(file, device))
    pick_all(claimed, job, training.source, networks, memory)


def pick_all(claimed: jobs.Claim, job: Job, source: Source, networks: Networks, memory: DeviceMemory) -> None:
    """Several micrographs at once until none is left. Unreadable ones are named at the end; the rest continue.

    networks: on the memory's device.
    """
    begun_on, elsewhere = memory.device, cache(networks.on)
    problems: dict[int, str] = {}

    def found(image: NetworkInput, device: torch.device, strip: int) -> tuple[Picks, dict[str, NDArray[np.float32]]]:
        nets = networks if device == begun_on else elsewhere(device)
        return pick_with_maps(nets, image, device, to_border=True, strip_pixels=strip)

    def picked(micrograph: Micrograph) -> Picks:
        """Runs in a thread of its own: reads and writes files, and never asks the database."""
        image = network_input(micrograph, networks.settings.input)
        picks, maps = memory.fitted(partial(found, image))
        keep_score_maps(micrograph, source, image, maps)
        return picks

    while True:
        many, done = at_once(memory.device, _largest(job.project)), set[int]()
        for micrograph, picks in overlapped(picked, _waiting(claimed, job, source, problems, done), many):
            try:
                proposed = picks.result()
                add_picks(claimed, micrograph, source, proposed, memory.told(f"Picked {micrograph.name}"))
                done.add(micrograph.pk)
            except (CannotDo, OSError) as reason:
                if says_full(reason):
                    raise
                if job.project.micrographs.filter(pk=micrograph.pk).exists():  # not removed in the meantime
                    problems[micrograph.pk] = str(reason)
        if finish_picking(claimed, source, problems):
            return
        if due.picking_may_wait(job.project, source, problems, picked=len(done)):
            jobs.queue_behind(claimed)
            return


def _waiting(
    claimed: jobs.Claim, job: Job, source: Source, problems: dict[int, str], done: set[int]
) -> Iterator[Micrograph]:
    """What is to be picked next, until nothing is left or other work should go first. `done`: what has its picks.

    A micrograph is not asked for twice, though its picks come only later. What comes on a screen goes before what was
    taken earlier and is not begun.
    """
    begun, taken = set[int](), list[Micrograph]()
    while True:
        busy = begun.union(problems) - done
        if begun and due.picking_may_wait(job.project, source, busy, len(done)):
            return
        if not taken or due.somebody_looks(job.project, source, busy):
            taken = take_micrographs(claimed, source, busy)
        if not taken:
            return
        begun.add(taken[0].pk)
        yield taken.pop(0)


def _largest(project: Project) -> int:
    """Pixels of the project's largest micrograph."""
    largest: int | None = project.micrographs.aggregate(largest=Max(F("width") * F("height")))["largest"]
    return largest or 1
