"""The first guess: pick a project's micrographs with the shipped networks. Trainings and their picking go first."""

import hashlib
from collections.abc import Sequence

from picking.actions import jobs
from picking.actions.first_guess import begin_guess
from picking.jobs.inputs import network_input
from picking.jobs.pick import pick_all
from picking.jobs.refusal import CannotDo
from picking.models import Job, Project
from picking.queries.micrographs import by_name, sized
from picking.science.imaging.network_input import InputSettings, NetworkInput
from picking.science.nets import Networks, best_device
from picking.science.nets.shipped import shipped_networks
from picking.science.teach import evenly

LOOKED_AT = 5
"""Micrographs by which the networks are told whether particles are dark or bright."""


def run(claimed: jobs.Claim, job: Job) -> None:
    project = job.project
    networks = shipped_networks(_some_inputs(project), device=best_device())
    how = {
        "particle_diameter": project.particle_diameter,
        "pixel_size": project.pixel_size,
        "networks": _digest(networks),
        "has_contamination_network": networks.contamination is not None,
    }
    pick_all(claimed, job, begin_guess(claimed, how), networks)


def _digest(networks: Networks) -> str:
    """Differs for dark and bright particles, and between versions of CryoWeb whose networks differ."""
    tensors = [each for net in (networks.particle, networks.contamination) if net for each in net.state_dict().values()]
    return hashlib.sha256(b"".join(each.cpu().numpy().tobytes() for each in tensors)).hexdigest()[:12]


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
