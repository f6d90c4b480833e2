"""Validate a training by a companion that learns from four fifths of the same labels."""

import time

from picking.actions.jobs import jobs
from picking.actions.jobs.validations import finish_validation
from picking.jobs.examples import kept_marks, training_set
from picking.models import Job
from picking.science.nets import DeviceMemory, Progress, UnfitLabels, Validation, best_device, settings_from, validate
from picking.wire import FiguresWire, HeldOutRow

REPORT_EVERY_SECONDS = 1.0


class GaveWay(Exception):
    """Something more urgent waits for the trainer."""


def run(claimed: jobs.Claim, job: Job) -> None:
    """Too few labels give a reason instead of figures. Ends early, to be repeated, when other work waits."""
    training = job.training
    assert training is not None
    jobs.report_progress(claimed, 0, 0, "Reading micrographs")
    settings = settings_from(training.settings)
    memory = DeviceMemory(best_device(), in_parts=False)
    examples, _ = training_set(job.project, kept_marks(training), settings)
    try:
        validation = memory.fitted(
            lambda device, _: validate(examples, settings, training.seed, device, ValidationReporter(claimed))
        )
    except GaveWay:
        return
    except UnfitLabels as reason:
        finish_validation(claimed, training, {"reason": str(reason)})
        return
    finish_validation(claimed, training, _figures(validation), _rows(validation))


class ValidationReporter:
    """Tells how far it is, once a second. Raises GaveWay, Cancelled or LostClaim to stop the companion's training."""

    def __init__(self, claimed: jobs.Claim) -> None:
        self._claimed = claimed
        self._told = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() - self._told < REPORT_EVERY_SECONDS:
            return
        if jobs.give_way(self._claimed):
            raise GaveWay
        jobs.report_progress(self._claimed, progress.done, progress.total, "Validating")
        self._told = time.monotonic()


def _figures(validation: Validation) -> FiguresWire:
    particles = sum(place.kind == "particle" for place in validation.places)
    return {
        "average_precision": round(validation.average_precision, 4),
        "best_f1": round(validation.best_f1, 4),
        "particles": particles,
        "others": len(validation.places) - particles,
        "whole_micrographs": validation.whole_micrographs,
    }


def _rows(validation: Validation) -> list[HeldOutRow]:
    return [(place.kind, place.particle, place.contamination) for place in validation.places]
