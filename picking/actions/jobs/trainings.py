"""Ask for a training, keep what it made, go back to an older one, take over another project's."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from picking import events, storage, wire
from picking.actions.jobs import jobs
from picking.actions.jobs.first_guess import queue_guess
from picking.actions.locked_project import locked_project, require_open
from picking.files import link_or_copy
from picking.models import Job, Project, Source, Training, User
from picking.queries.micrographs.marks import label_counts
from picking.queries.micrographs.micrographs import require_diameter, require_pixel_size
from picking.refusals import Conflict, Refused
from picking.science.thresholds import MINIMUM_LABELS


@dataclass(frozen=True)
class TrainingResult:
    """What a training job made; `weights` is the file it put into the project's folder of trainings.

    `left_out` says which marks it could not use.
    """

    weights: str
    seed: int
    settings: dict[str, Any]
    labels: dict[str, int]
    has_contamination_network: bool
    left_out: str = ""


def start_training(project_id: int, actor: User | None) -> Job:
    """Queues a training. Raises Conflict when one is under way, Refused when something it needs is missing."""
    with locked_project(project_id) as project:
        require_open(project)
        if project.jobs.filter(kind=Job.Kind.TRAIN, status__in=jobs.ACTIVE).exists():
            raise Conflict("A training is already running. Wait for it or cancel it first.")
        require_enough(project)
        jobs.stop_all(project, Job.Kind.VALIDATE)
        return jobs.queue_job(project, actor, Job.Kind.TRAIN)


def require_enough(project: Project) -> None:
    """Refuses, in words, a training that lacks labels or a pixel size."""
    missing = []
    counts = label_counts(project)
    for kind in ("particle", "background"):
        if counts[kind] < MINIMUM_LABELS:
            missing.append(f"{MINIMUM_LABELS - counts[kind]} more {kind} labels")
    if missing:
        raise Refused(
            f"The networks need at least {MINIMUM_LABELS} particle and {MINIMUM_LABELS} background labels: "
            f"mark {' and '.join(missing)}."
        )
    require_pixel_size(project)
    require_diameter(project)


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
        jobs.finish(project, job, result.left_out)
        _announce(project, training, None)
        _set_current(project, training, job.created_by)
    return training


def make_current(project_id: int, actor: User, training_id: int) -> Training:
    """Makes an older training current again. Its stored picks come back; micrographs without any are queued."""
    with locked_project(project_id) as project:
        require_open(project)
        training = project.trainings.get(pk=training_id)
        if training.pk != project.current_training_id:
            _set_current(project, training, actor)
            events.append(project, events.TrainingMadeCurrent(training=training.pk), actor)
    return training


def adopt_networks(project_id: int, actor: User, source: Training) -> Training:
    """Copies another project's networks, which `actor` may see, and makes them this project's current ones."""
    weights = f"{uuid4()}.safetensors"
    with locked_project(project_id) as project:
        require_open(project)
        require_pixel_size(project)
        require_diameter(project)
        if source.project_id == project.pk:
            raise Refused("These networks already belong to this project: make them current instead.")
        copy = storage.trainings_folder(project.pk) / weights
        try:
            link_or_copy(storage.weights_path(source), copy)
        except FileNotFoundError as gone:
            raise Refused("The file of these networks no longer exists. Choose others.") from gone
        training = Training.objects.create(
            project=project,
            version=next_version(project),
            weights=weights,
            seed=source.seed,
            settings=source.settings,
            labels=source.labels,
            losses=source.losses,
            has_contamination_network=source.has_contamination_network,
            origin={"project": source.project.name, "training": source.version},
            created_by=actor,
        )
        _announce(project, training, actor)
        _set_current(project, training, actor)
    return training


def _announce(project: Project, training: Training, actor: User | None) -> None:
    """Makes the source of a new training's picks, and tells of both."""
    source = Source.objects.create(
        project=project,
        kind=Source.Kind.TRAINING,
        name=f"Training {training.version}",
        training=training,
        created_by=training.created_by,
    )
    events.append(project, events.SourceAdded(source=wire.source_wire(source)), actor)
    events.append(project, events.TrainingFinished(training=wire.training_wire(training)), actor)


def _set_current(project: Project, training: Training, actor: User | None) -> None:
    project.current_training = training
    project.save(update_fields=["current_training"])
    events.append(project, events.ProjectChanged(project=wire.project_wire(project)), actor)
    queue_picking(project, actor)


def next_version(project: Project) -> int:
    """The version after the last."""
    last = project.trainings.order_by("-version").first()
    return last.version + 1 if last else 1


def queue_picking(project: Project, actor: User | None) -> None:
    """Queues the picking of micrographs without picks of the current training, unless it is already running.

    Where there is no training, the first guess.
    """
    training = project.current_training
    if training is None:
        queue_guess(project)
        return
    if training.jobs.filter(kind=Job.Kind.PICK, status__in=jobs.ACTIVE, cancel_requested=False).exists():
        return
    for kind in (Job.Kind.PICK, Job.Kind.GUESS):
        jobs.stop_all(project, kind)
    jobs.queue_job(project, actor, Job.Kind.PICK, training=training)
