"""Sets of marks that nobody would wish for: each training finishes, or says in words why it cannot."""

from typing import Any
from uuid import uuid4

import numpy as np
import pytest

from picking import storage
from picking.actions.jobs.trainings import start_training
from picking.jobs.tasks import run_job
from picking.models import Job, Label, Micrograph, Region, Training, Verdict
from picking.models.marks import Mark
from picking.queries.exports.export import export
from tests.conftest import DISCS
from tests.jobs.test_train_and_pick import run_all
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
FAR = 1e300
Rows = list[tuple[type[Mark], dict[str, Any]]]


def labels(kind: str, places: Any) -> Rows:
    return [(Label, {"kind": kind, "x": x, "y": y}) for x, y in np.asarray(places, float).reshape(-1, 2).tolist()]


def regions(*polygons: Any) -> Rows:
    return [(Region, {"polygon": np.asarray(polygon, float).tolist()}) for polygon in polygons]


def around(x: float, y: float, reach: float) -> list[tuple[float, float]]:
    return [(x - reach, y - reach), (x + reach, y - reach), (x + reach, y + reach), (x - reach, y + reach)]


circle = np.linspace(0, 2 * np.pi, 4000)
GOES_ON: dict[str, Rows] = {
    "a region far beyond all numbers": regions(around(0, 0, FAR), around(FAR, FAR, 1), [(FAR, 0), (-FAR, 1), (0, FAR)]),
    "regions that cover nothing": regions([(5, 5)] * 3, [(1, 1), (9, 9), (5, 5)], [(3, 3)], [], [(1, 1), (7, 1)]),
    "regions that cross themselves": regions([(50, 50), (200, 200), (200, 50), (50, 200)]),
    "a region of thousands of corners": regions(np.stack([300 + 80 * np.cos(circle), 300 + 80 * np.sin(circle)], 1)),
    "everything in one region": regions(around(320, 320, 400)),
    "hundreds of regions on one place": regions(*[around(300, 300, 20)] * 300),
    "labels beyond the image": [
        *labels("particle", [(FAR, 1), (-FAR, FAR), (640, 640), (-1, 5)]),
        *labels("background", [(-5, -5), (1.7e308, -1.7e308)]),
        *labels("contamination", [(1e9, 1e9)]),
    ],
    "verdicts beyond the image": [
        (Verdict, {"kind": "move", "x": 5.0, "y": 5.0, "to_x": FAR, "to_y": 5.0}),
        (Verdict, {"kind": "accept", "x": FAR, "y": FAR}),
        (Verdict, {"kind": "reject", "x": 9.0, "y": 9.0, "to_x": -FAR, "to_y": FAR}),
    ],
    "labels on the border": labels("particle", [(-0.5, -0.5), (639.5, 639.5), (0, 300), (639, 0)]),
    "all kinds on one place": [
        *labels("particle", [(100, 100)] * 40),
        *labels("background", [(100, 100)] * 40),
        *labels("contamination", [(100, 100)] * 40),
    ],
    "contamination on every particle": labels("contamination", DISCS),
}
REFUSED: dict[str, Rows] = {
    "no labels at all": [],
    "all labels on one place": labels("particle", [(100, 100)] * 20) + labels("background", [(100, 100)] * 20),
    "particles where background is": labels("particle", DISCS[:9]) + labels("background", DISCS[:9]),
    "only regions": regions(around(300, 300, 100)),
    "only labels beyond the image": labels("particle", [(FAR, i) for i in range(9)])
    + labels("background", [(-FAR, i) for i in range(9)]),
}


def put(micrograph: Micrograph, rows: Rows) -> None:
    """As they lie in databases of before: past all checks."""
    for number, (model, fields) in enumerate(rows):
        model._default_manager.create(id=uuid4(), micrograph=micrograph, sequence=10_000 + number, **fields)


def train(people: People) -> Job:
    job = start_training(people.project.pk, people.owner)
    run_job(job.pk)
    job.refresh_from_db()
    return job


@pytest.mark.parametrize("what", GOES_ON)
def test_a_training_goes_on_without_marks_that_cannot_be_used(people: People, labelled: Micrograph, what: str) -> None:
    put(labelled, GOES_ON[what])
    job = train(people)
    assert (job.status, job.error) == (Job.Status.FINISHED, "")


@pytest.mark.parametrize("what", REFUSED)
def test_a_training_that_cannot_be_is_refused_in_words(people: People, micrograph: Micrograph, what: str) -> None:
    put(micrograph, REFUSED[what])
    job = Job.objects.create(project=people.project, kind=Job.Kind.TRAIN)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert "Training needs at least 5 particle" in job.error


def test_the_mark_in_the_way_is_named_with_its_micrograph_and_place(people: People, labelled: Micrograph) -> None:
    put(labelled, regions(around(FAR, 7, 1)) + labels("particle", [(9000, 12)]))
    said = "Left out: the particle mark at (9000, 12) of first is not on the image; "
    assert train(people).message == said + "the region mark at (1e+300, 6) of first is not on the image."


def test_many_marks_in_the_way_are_counted_and_fit_the_message(people: People, labelled: Micrograph) -> None:
    labelled.name = "m" * 250
    labelled.save()
    put(labelled, labels("particle", [(9000, i) for i in range(30)]))
    message = train(people).message
    assert message.endswith("; and 28 more.")


def test_picks_and_validation_come_of_such_a_training_too(people: People, labelled: Micrograph) -> None:
    for rows in GOES_ON.values():
        put(labelled, rows)
    start_training(people.project.pk, people.owner)
    run_all(but=Job.Kind.IMPORT)
    assert not Job.objects.filter(status=Job.Status.FAILED).exists()
    assert Training.objects.get().validation is not None
    assert len(list(export(people.project).micrographs)) == 3
    for address in ("suggestions", "snapshot", "agreement"):
        answer = people.client("owner").get(f"/api/v1/projects/{people.project.pk}/{address}")
        assert answer.status_code == 200, address
    centres = people.client("owner").post(
        f"/api/v1/micrographs/{labelled.pk}/centres", {"points": [[FAR, -FAR], [5, 5]]}, format="json"
    )
    assert centres.status_code == 200


def test_a_training_goes_on_without_a_micrograph_whose_file_is_gone(people: People, labelled: Micrograph) -> None:
    gone = Micrograph.objects.get(name="second")
    put(gone, labels("particle", [(100, 100)]))
    folder = storage.micrograph_folder(people.project.pk, gone.key)
    for file in folder.iterdir():
        file.unlink()
    job = train(people)
    assert (job.status, "second.mrc" in job.message) == (Job.Status.FINISHED, True)
    assert Training.objects.exists()
