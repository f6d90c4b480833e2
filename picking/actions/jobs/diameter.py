"""The diameter that the micrographs suggest: look for it, keep what was found, take it where nobody chose one."""

from collections.abc import Sequence

from picking import events, wire
from picking.actions.jobs import jobs
from picking.actions.jobs.first_guess import forget_guess, queue_guess
from picking.actions.jobs.keep_training import note_change
from picking.actions.locked_project import locked_project, require_open
from picking.models import Job, Project, SuggestedDiameter, User
from picking.queries.micrographs.micrographs import sized
from picking.refusals import Conflict, Refused

ENOUGH = 3
"""Micrographs that are looked at: so many tell as much as more would."""


def start_scan(project_id: int, actor: User) -> Job:
    """Queues a scan. Raises Conflict where one is under way, Refused where there is nothing to look at."""
    with locked_project(project_id) as project:
        require_open(project)
        if _under_way(project):
            raise Conflict("The micrographs are being looked at already. Wait a moment.")
        if not sized(project).exists():
            raise Refused("There is no micrograph with a known pixel size yet. Import some, or set the pixel size.")
        return jobs.queue_job(project, actor, Job.Kind.DIAMETER)


def queue_scan_where_due(project: Project) -> None:
    """Queues a scan of the locked project while nobody has chosen its diameter, and few micrographs were looked at."""
    if project.particle_diameter is not None and not project.diameter_provisional:
        return
    last = SuggestedDiameter.objects.filter(project=project).first()
    ready = sized(project).count()
    if ready and (last is None or last.micrographs < min(ENOUGH, ready)) and not _under_way(project):
        jobs.queue_job(project, None, Job.Kind.DIAMETER)


def finish_scan(claimed: jobs.Claim, found: SuggestedDiameter, looked_at: Sequence[int]) -> None:
    """Keeps what was found in place of what was found before, and takes it where it is sure and nobody chose one.

    `looked_at`: ids of the micrographs.
    """
    with jobs.fenced(claimed) as (project, job):
        found.project, found.micrographs = project, len(looked_at)
        SuggestedDiameter.objects.filter(project=project).delete()
        found.save(force_insert=True)
        chosen = project.particle_diameter is not None and not project.diameter_provisional
        if found.sure and found.diameter and not chosen and project.particle_diameter != found.diameter:
            project.particle_diameter, project.diameter_provisional = found.diameter, True
            project.save(update_fields=["particle_diameter", "diameter_provisional"])
            note_change(project)  # the networks see particles at another size
            forget_guess(project)
            queue_guess(project)
            events.append(project, events.ProjectChanged(project=wire.project_wire(project)))
        events.append(project, events.DiameterSuggested(suggested=wire.suggested_diameter_wire(found)))
        jobs.finish(project, job)
        queue_scan_where_due(project)


def take_back(project: Project) -> None:
    """Forgets what a person set: what was suggested stands again, or nothing. The caller saves the locked project.

    Raises Refused where nothing sure was suggested, and networks were trained.
    """
    found = SuggestedDiameter.objects.filter(project=project, sure=True).first()
    if found is None and project.trainings.exists():
        raise Refused("The micrographs do not tell the particle diameter surely enough. Set it yourself.")
    project.particle_diameter = found.diameter if found else None
    project.diameter_provisional = found is not None


def _under_way(project: Project) -> bool:
    return project.jobs.filter(kind=Job.Kind.DIAMETER, status__in=jobs.ACTIVE).exists()
