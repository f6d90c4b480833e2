"""Train both networks of a project from its labels, regions and verdicts."""

import logging
import time
import uuid
from dataclasses import asdict

import torch
from django.conf import settings as installation

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.jobs.keep_training import take_changes
from picking.actions.jobs.trainings import TrainingResult, finish_training
from picking.jobs.examples import keep_marks, marks_now, training_set
from picking.jobs.refusal import CannotDo
from picking.jobs.unfit import left_out, not_read
from picking.models import Job, Project
from picking.queries.micrographs.marks import label_counts
from picking.science.nets import (
    DeviceMemory,
    Networks,
    Progress,
    UnfitLabels,
    UnreadableNetworks,
    best_device,
    load_networks,
    settings_from,
    train,
)
from picking.wire import LossPoint

log = logging.getLogger(__name__)
REPORT_EVERY_SECONDS = 0.5


def run(claimed: jobs.Claim, job: Job) -> None:
    """The seed is the job's number: the same labels give other networks in another training, not in a repeat.

    It continues from the project's current networks, if any, which takes a fraction of the time; their
    version is kept among the settings.
    """
    project = job.project
    jobs.report_progress(claimed, 0, 0, "Reading micrographs")
    take_changes(claimed)
    marks, labels = marks_now(project), label_counts(project)
    settings, memory = settings_from(installation.CRYOWEB_NETWORKS), DeviceMemory(best_device(), in_parts=False)
    examples, problems = training_set(project, marks, settings)
    problems = [*not_read(project), *problems]
    before, start = networks_before(project)
    reporter = TrainingReporter(claimed, memory)

    def trained(device: torch.device, _: int) -> Networks:
        return train(examples, settings, job.pk, device, reporter, start and start.on(device))

    try:
        networks = memory.fitted(trained)
    except UnfitLabels as reason:
        raise CannotDo(f"{reason} {left_out(problems)}".rstrip()) from reason
    weights = f"{uuid.uuid4()}.safetensors"
    folder = storage.trainings_folder(project.pk)
    folder.mkdir(parents=True, exist_ok=True)
    result = TrainingResult(
        weights=weights,
        seed=job.pk,
        settings={**asdict(settings), "went_on_from_version": before},
        labels=labels,
        has_contamination_network=networks.contamination is not None,
        left_out=left_out(problems),
    )
    try:
        networks.save(folder / weights)
        keep_marks(marks, folder / weights)
        finish_training(claimed, result)
    except BaseException:
        for file in (folder / weights, storage.marks_path(folder / weights)):
            file.unlink(missing_ok=True)
        raise


def networks_before(project: Project) -> tuple[int | None, Networks | None]:
    """The version of the current training and its networks; None for both where their file cannot be read any more."""
    training = project.current_training
    if training is None:
        return None, None
    try:
        return training.version, load_networks(storage.weights_path(training))
    except (OSError, UnreadableNetworks) as reason:
        log.warning("project %s is trained from scratch: %s", project.pk, reason)
        return None, None


class TrainingReporter:
    """Passes the networks' progress on, twice a second at most. Raises Cancelled or LostClaim to stop them."""

    def __init__(self, claimed: jobs.Claim, memory: DeviceMemory) -> None:
        self._claimed, self._memory = claimed, memory
        self._waiting: list[LossPoint] = []
        self._told = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        self._waiting.append((progress.network, progress.step, round(progress.loss, 5)))
        last = progress.done >= progress.total
        if time.monotonic() - self._told < REPORT_EVERY_SECONDS and not last:
            return
        message = self._memory.told(f"Training the {progress.network} network")
        jobs.report_progress(self._claimed, progress.done, progress.total, message, self._waiting)
        self._waiting, self._told = [], time.monotonic()
