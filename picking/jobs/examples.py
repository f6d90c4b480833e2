"""What people have marked in a project, as input for the networks and as stored with the weights.

Marks are plain numbers: kind -> micrograph's id -> x, y in full-resolution pixels and how much it counts, which older
trainings do not say; of `region` a list of polygons.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from picking import storage
from picking.jobs.inputs import network_input
from picking.jobs.refusal import CannotDo
from picking.jobs.unfit import unfit_marks
from picking.models import Micrograph, Project, Training
from picking.queries.micrographs.marks import examples, region_polygons
from picking.queries.micrographs.micrographs import sized
from picking.science.imaging.network_input import NetworkInput
from picking.science.nets import Settings, TrainingSet, weighed
from picking.science.picks import as_points
from picking.science.teach import evenly

Marks = dict[str, dict[str, Any]]


def marks_now(project: Project) -> Marks:
    """The labels, verdicts, regions and taught picks there are."""
    marks: Marks = {
        kind: {str(micrograph): places.tolist() for micrograph, places in by_micrograph.items()}
        for kind, by_micrograph in examples(project).items()
    }
    polygons = region_polygons(project)
    marks["region"] = {str(micrograph): [each.tolist() for each in several] for micrograph, several in polygons.items()}
    return marks


def keep_marks(marks: Marks, weights: Path) -> None:
    """Stores the marks with the weights that learnt from them."""
    storage.marks_path(weights).write_text(json.dumps(marks))


def kept_marks(training: Training) -> Marks:
    """The marks that a training learnt from. Raises CannotDo when they are gone."""
    try:
        marks: Marks = json.loads(storage.marks_path(storage.weights_path(training)).read_text())
    except (OSError, ValueError) as error:
        raise CannotDo(f"The labels that training {training.version} learnt from no longer exist.") from error
    return marks


def training_set(project: Project, marks: Marks, settings: Settings) -> tuple[TrainingSet, list[str]]:
    """The marks as the networks take them, and in words what had to be left out, which is taken out of `marks` too.

    Only micrographs that carry a mark are read, and a few others: the cost does not grow with the project. Marks on
    micrographs that were removed are left out without a word. Raises CannotDo when none of the marked micrographs can
    be read.
    """
    marked = {int(micrograph) for by_micrograph in marks.values() for micrograph in by_micrograph}
    inputs: dict[str, NetworkInput] = {}
    problems: list[str] = []
    for micrograph in project.micrographs.filter(pk__in=marked):
        problems += unfit_marks(micrograph, marks)
        try:
            inputs[str(micrograph.pk)] = network_input(micrograph, settings.input)
        except CannotDo as reason:
            problems.append(str(reason).rstrip("."))
    if problems and not inputs:
        raise CannotDo(f"{problems[-1]}.")
    for micrograph in _others(project, marked, settings.outlier.others):
        with suppress(CannotDo):  # they carry no mark that would be lost
            inputs[str(micrograph.pk)] = network_input(micrograph, settings.input)
    there = {kind: {name: xy for name, xy in by.items() if name in inputs} for kind, by in marks.items()}
    particles, background, contamination = (
        {name: weighed(rows) for name, rows in there[kind].items()}
        for kind in ("particle", "background", "contamination")
    )
    regions = {name: [as_points(polygon) for polygon in polygons] for name, polygons in there["region"].items()}
    return TrainingSet(inputs, particles, background, contamination, regions), problems


def _others(project: Project, marked: set[int], most: int) -> QuerySet[Micrograph]:
    """So many micrographs that carry no mark, from all over the project."""
    rest = sized(project).exclude(pk__in=marked).order_by("pk").values_list("pk", flat=True)
    chosen = [rest[i] for i in evenly(rest.count(), most).tolist()]
    return project.micrographs.filter(pk__in=chosen)
