"""The first guess: pick a project's micrographs with the shipped networks. Trainings and their picking go first."""

import hashlib
from collections.abc import Sequence

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.jobs.first_guess import begin_guess
from picking.jobs.inputs import network_input
from picking.jobs.pick import pick_all
from picking.jobs.refusal import CannotDo
from picking.models import Job, Project, Source
from picking.queries.micrographs.micrographs import by_name, sized
from picking.science.imaging.network_input import InputSettings, NetworkInput
from picking.science.nets import DeviceMemory, best_device, load_networks
from picking.science.nets.model.particle import SIMULATED
from picking.science.nets.shipped import first_guess
from picking.science.teach import evenly

LOOKED_AT = 5
"""Micrographs that tell the networks of a project what its particles look like."""


def run(claimed: jobs.Claim, job: Job) -> None:
    """With the networks that the last guess picked with, until more micrographs can tell of the particles."""
    project, file = job.project, storage.first_guess_path(job.project_id)
    memory = DeviceMemory(best_device())
    seen = min(LOOKED_AT, sized(project).count())
    made_for = {
        "particle_diameter": project.particle_diameter,
        "pixel_size": project.pixel_size,
        "shipped": hashlib.sha256(SIMULATED.read_bytes()).hexdigest()[:12],
    }
    last = project.sources.filter(kind=Source.Kind.FIRST_GUESS).first()
    if last and last.how.items() >= made_for.items() and last.how["micrographs"] >= seen and file.exists():
        networks = memory.fitted(lambda device, _: load_networks(file, device))
        pick_all(claimed, job, begin_guess(claimed, last.how), networks, memory)
        return
    inputs = _some_inputs(project)
    guess = memory.fitted(lambda device, _: first_guess(inputs, device=device))
    file.parent.mkdir(exist_ok=True)
    guess.networks.save(file)
    how = {**made_for, "micrographs": seen, "expected_f1": round(guess.f1, 2)}
    pick_all(claimed, job, begin_guess(claimed, how), guess.networks, memory)


def _some_inputs(project: Project) -> Sequence[NetworkInput]:
    """Of a few micrographs from all over the project. Raises CannotDo where none of them can be read."""
    rows = by_name(sized(project))
    inputs, reason = [], CannotDo("No micrograph has a known pixel size. Set it in the project settings.")
    for index in evenly(len(rows), LOOKED_AT).tolist():
        try:
            inputs.append(network_input(rows[index], InputSettings()))
        except CannotDo as said:
            reason = said
    if not inputs:
        raise reason
    return inputs
