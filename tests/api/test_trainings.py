"""Asking for a training, and cancelling it."""

from collections.abc import Callable
from typing import Any

import pytest

from picking.models import Job, Label, Micrograph
from tests.api.test_operations import put_label, put_verdict, send
from tests.conftest import DISCS
from tests.people import People

ACCESS = [("owner", True), ("member", True), ("viewer", 403), ("outsider", 404), ("anonymous", 401)]


def start(people: People, who: str = "member") -> Any:
    return people.client(who).post(f"/api/projects/{people.project.pk}/trainings", {}, format="json")


@pytest.fixture
def labelled(people: People, micrograph: Micrograph) -> Micrograph:
    """Eight discs and eight places between them are labelled."""
    discs = DISCS[:8].tolist()
    particles = [put_label(micrograph, x=x, y=y) for x, y in discs]
    background = [put_label(micrograph, kind="background", x=x + 60, y=y + 60) for x, y in discs]
    send(people, *particles, *background)
    return micrograph


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_label_train(people: People, labelled: Micrograph, who: str, status: int) -> None:
    assert start(people, who).status_code == (201 if status is True else status)
    assert Job.objects.filter(kind="train").count() == (1 if status is True else 0)


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_label_cancel(people: People, labelled: Micrograph, who: str, status: int) -> None:
    job = start(people).json()["id"]
    answer = people.client(who).post(f"/api/jobs/{job}/cancel")
    assert answer.status_code == (200 if status is True else status)
    assert (Job.objects.get(pk=job).status == "cancelled") == (status is True)


def test_a_second_training_waits_until_the_first_has_ended(people: People, labelled: Micrograph) -> None:
    first = start(people).json()["id"]
    second = start(people)
    assert (second.status_code, "under way" in second.json()["detail"]) == (409, True)
    people.client("member").post(f"/api/jobs/{first}/cancel")
    assert start(people).status_code == 201


def test_too_few_labels_are_answered_with_how_many_are_missing(people: People, micrograph: Micrograph) -> None:
    send(people, *(put_label(micrograph, x=20.0 * i) for i in range(1, 4)))
    answer = start(people)
    assert answer.status_code == 400
    assert "2 more particle labels and 5 more background labels" in answer.json()["detail"]


def test_verdicts_count_as_labels(people: People, labelled: Micrograph) -> None:
    Label.objects.filter(kind="background").delete()
    send(people, *(put_verdict(labelled, x=20.0 * i) for i in range(1, 6)))
    assert start(people).status_code == 201


def test_a_missing_pixel_size_is_said_before_the_training(people: People, labelled: Micrograph) -> None:
    people.project.pixel_size = None
    people.project.save()
    assert "pixel size" in start(people).json()["detail"]


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_label_take_a_failure_off_the_list(
    people: People, import_file: Callable[..., Job], who: str, status: int
) -> None:
    Job.objects.filter(pk=import_file().pk).update(status="failed", error="no")
    job = Job.objects.get()
    answer = people.client(who).post(f"/api/jobs/{job.pk}/dismiss")
    assert answer.status_code == (204 if status is True else status)
    listed = people.client("owner").get(f"/api/projects/{people.project.pk}/snapshot").json()["jobs"]
    assert [each["id"] for each in listed] == ([] if status is True else [job.pk])
