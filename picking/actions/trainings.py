"""Ask for a training, and keep what it made."""

from dataclasses import dataclass
from typing import Any

from picking import events, queries, wire
from picking.actions import jobs
from picking.actions.change import Conflict, Refused, change, require_open
from picking.models import Job, Project, Training, User
from picking.science.thresholds import MINIMUM_LABELS


@dataclass(frozen=True)
class TrainingResult:
    """What a training job made; `weights` is the file it put into the project's folder of trainings."""

    weights: str
    seed: int
    settings: dict[str, Any]
    labels: dict[str, int]
    has_contamination_network: bool


def start_training(project_id: int, actor: User | None) -> Job:
    """Queues a training. Raises Conflict when one is under way, Refused when something it needs is missing."""
    with change(project_id) as project:
        require_open(project)
        if project.jobs.filter(kind=Job.Kind.TRAIN, status__in=jobs.ACTIVE).exists():
            raise Conflict("A training is under way. Wait for it, or cancel it first.")
        require_enough(project)
        return jobs.queue_job(project, actor, Job.Kind.TRAIN)


def require_enough(project: Project) -> None:
    """Refuses, in words, a training that lacks labels or a pixel size."""
    missing = []
    counts = queries.label_counts(project)
    for kind in ("particle", "background"):
        if counts[kind] < MINIMUM_LABELS:
            missing.append(f"{MINIMUM_LABELS - counts[kind]} more {kind} labels")
    if missing:
        raise Refused(
            f"The networks need at least {MINIMUM_LABELS} particles and {MINIMUM_LABELS} background labels: "
            f"mark {' and '.join(missing)}."
        )
    if any(size is None for size in queries.pixel_sizes(project)):
        raise Refused("The files do not say their pixel size. Type it in the project's settings first.")


def finish_training(claimed: jobs.Claim, result: TrainingResult) -> Training:
    """Keeps a training, makes it the project's current one, and has every micrograph picked with it."""
    with jobs.fenced(claimed) as (project, job):
        training = Training.objects.create(
            project=project,
            version=next_version(project),
            job=job,
            weights=result.weights,
            seed=result.seed,
            settings=result.settings,
            labels=result.labels,
            losses=job.losses,
            has_contamination_network=result.has_contamination_network,
            created_by=job.created_by,
        )
        project.current_training = training
        project.save(update_fields=["current_training"])
        jobs.finish(project, job)
        events.append(project, events.TrainingFinished(training=wire.training_wire(training)))
        events.append(project, events.ProjectChanged(project=wire.project_wire(project)))
        queue_picking(project, job.created_by)
    return training


def next_version(project: Project) -> int:
    """The version after the last."""
    last = project.trainings.order_by("-version").first()
    return last.version + 1 if last else 1


def queue_picking(project: Project, actor: User | None) -> None:
    """Has the micrographs without picks of the current training picked, unless that is under way already."""
    training = project.current_training
    if training is None or training.pick_jobs.filter(status__in=jobs.ACTIVE).exists():
        return
    jobs.stop_all(project, Job.Kind.PICK)
    jobs.queue_job(project, actor, Job.Kind.PICK, training=training)
