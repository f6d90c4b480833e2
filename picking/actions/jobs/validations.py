"""Have a training validated on held-out labels, and store the figures."""

from collections.abc import Sequence

from picking import events, wire
from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project, require_open
from picking.models import Job, Project, Training, User
from picking.queries.jobs import due
from picking.refusals import Conflict, Refused


def queue_validation(project: Project, training: Training, actor: User | None) -> None:
    """Has a training of the locked project validated, unless it was, or is being; adopted networks have no labels."""
    to_do = project.trainings.filter(pk=training.pk, validation__isnull=True, origin__isnull=True)
    if to_do.exists() and not _under_way(project):
        jobs.queue_job(project, actor, Job.Kind.VALIDATE, training=training)


def start_validation(project_id: int, actor: User, training: Training) -> Job:
    """Validates, again if need be. Raises Conflict when a validation is running, Refused for adopted networks."""
    with locked_project(project_id) as project:
        require_open(project)
        if training.origin is not None:
            raise Refused("These networks come from another project: see their validation there.")
        if _under_way(project):
            raise Conflict("A validation is already running. Wait for it to finish.")
        return jobs.queue_job(project, actor, Job.Kind.VALIDATE, training=training)


def finish_validation(
    claimed: jobs.Claim,
    training: Training,
    found: wire.FiguresWire | wire.NoFiguresWire,
    held_out: Sequence[wire.HeldOutRow] = (),
) -> None:
    """Keeps the figures of a training, or the reason why there are none, and tells everyone. The next may be due."""
    with jobs.fenced(claimed) as (project, job):
        training.validation, training.held_out = found, list(held_out)
        training.save(update_fields=["validation", "held_out"])
        jobs.finish(project, job)
        events.append(project, events.TrainingValidated(training=wire.training_wire(training)))
        if (missing := due.next_to_validate(project)) is not None:
            queue_validation(project, missing, job.created_by)


def _under_way(project: Project) -> bool:
    return project.jobs.filter(kind=Job.Kind.VALIDATE, status__in=jobs.ACTIVE, cancel_requested=False).exists()
