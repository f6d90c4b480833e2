"""Asking for a training, cancelling it, going back to an older one, starting from another project's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from picking import storage
from picking.actions.projects.members import add_member
from picking.models import Event, Job, Label, Micrograph, Project, Role, Training
from tests.api.marks.test_operations import put_label, put_verdict, send
from tests.conftest import DISCS
from tests.people import People, make_people
from tests.trainings import make_training

ACCESS = [("owner", True), ("manager", True), ("member", 403), ("viewer", 403), ("outsider", 404), ("anonymous", 401)]
READ_ACCESS = [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 404), ("anonymous", 401)]


def start(people: People, who: str = "manager") -> Any:
    return people.client(who).post(f"/api/v1/projects/{people.project.pk}/trainings", {}, format="json")


@pytest.fixture
def labelled(people: People, micrograph: Micrograph) -> Micrograph:
    """Eight discs and eight places between them are labelled."""
    discs = DISCS[:8].tolist()
    particles = [put_label(micrograph, x=x, y=y) for x, y in discs]
    background = [put_label(micrograph, kind="background", x=x + 60, y=y + 60) for x, y in discs]
    send(people, *particles, *background)
    return micrograph


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_manage_train(people: People, labelled: Micrograph, who: str, status: int) -> None:
    assert start(people, who).status_code == (201 if status is True else status)
    assert Job.objects.filter(kind="train").count() == (1 if status is True else 0)


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_manage_cancel(people: People, labelled: Micrograph, who: str, status: int) -> None:
    job = start(people).json()["id"]
    answer = people.client(who).post(f"/api/v1/jobs/{job}/cancel")
    assert answer.status_code == (200 if status is True else status)
    assert (Job.objects.get(pk=job).status == "cancelled") == (status is True)


def test_a_second_training_waits_until_the_first_has_ended(people: People, labelled: Micrograph) -> None:
    first = start(people).json()["id"]
    second = start(people)
    assert (second.status_code, "already running" in second.json()["detail"]) == (409, True)
    people.client("manager").post(f"/api/v1/jobs/{first}/cancel")
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
    people.project.save(update_fields=["pixel_size"])
    assert "pixel size" in start(people).json()["detail"]


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_manage_take_a_failure_off_the_list(
    people: People, import_file: Callable[..., Job], who: str, status: int
) -> None:
    Job.objects.filter(pk=import_file().pk).update(status="failed", error="no")
    job = Job.objects.get()
    answer = people.client(who).post(f"/api/v1/jobs/{job.pk}/dismiss")
    assert answer.status_code == (204 if status is True else status)
    listed = people.client("owner").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()["jobs"]
    assert [each["id"] for each in listed] == ([] if status is True else [job.pk])


def kept(people: People, version: int = 1, **fields: Any) -> Training:
    """A training as if it had run, with its weights."""
    values = {"seed": 7, "settings": {"steps": 300}, "labels": {}, "losses": [], "has_contamination_network": False}
    values |= {"weights": f"{version}.safetensors"} | fields
    training = make_training(people.project, version, **values)
    weights = storage.weights_path(training)
    weights.parent.mkdir(parents=True, exist_ok=True)
    weights.write_bytes(b"weights")
    return training


@pytest.mark.parametrize(("who", "status"), READ_ACCESS)
def test_members_see_a_training_with_its_settings_and_held_out_places(people: People, who: str, status: int) -> None:
    training = kept(people, held_out=[["particle", 0.9, 0.1]])
    answer = people.client(who).get(f"/api/v1/trainings/{training.pk}")
    assert answer.status_code == status
    if status == 200:
        found = answer.json()
        assert (found["seed"], found["settings"]) == (7, {"steps": 300})
        assert found["held_out"] == [["particle", 0.9, 0.1]]


@pytest.mark.parametrize(("who", "status"), READ_ACCESS)
def test_members_download_the_weights(people: People, who: str, status: int) -> None:
    answer = people.client(who).get(f"/api/v1/trainings/{kept(people).pk}/weights")
    assert answer.status_code == status
    if status == 200:
        assert answer.content == b"weights"
        assert "-v1.safetensors" in answer["Content-Disposition"]


def test_weights_that_are_gone_are_said_to_be(people: People) -> None:
    training = kept(people)
    storage.weights_path(training).unlink()
    answer = people.client("owner").get(f"/api/v1/trainings/{training.pk}/weights")
    assert (answer.status_code, "no longer exists" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_manage_go_back_to_an_older_training(people: People, who: str, status: int) -> None:
    old, new = kept(people), kept(people, 2)
    Project.objects.update(current_training=new)
    answer = people.client(who).post(f"/api/v1/trainings/{old.pk}/make_current")
    assert answer.status_code == (204 if status is True else status)
    people.project.refresh_from_db()
    assert people.project.current_training == (old if status is True else new)
    told = list(Event.objects.filter(data__type="training.made_current").values_list("data__training", flat=True))
    assert told == ([old.pk] if status is True else [])
    assert Job.objects.filter(kind="pick", training=old).exists() == (status is True)


def test_making_the_current_training_current_changes_nothing(people: People) -> None:
    training = kept(people)
    Project.objects.update(current_training=training)
    before = Event.objects.count()
    people.client("owner").post(f"/api/v1/trainings/{training.pk}/make_current")
    assert Event.objects.count() == before


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_manage_have_a_training_validated(people: People, who: str, status: int) -> None:
    answer = people.client(who).post(f"/api/v1/trainings/{kept(people).pk}/validate")
    assert answer.status_code == (201 if status is True else status)
    assert Job.objects.filter(kind="validate").exists() == (status is True)


def test_one_validation_at_a_time(people: People) -> None:
    address = f"/api/v1/trainings/{kept(people).pk}/validate"
    assert [people.client("owner").post(address).status_code for _ in range(2)] == [201, 409]


@pytest.fixture
def elsewhere(people: People) -> Training:
    """A training of a second project, in which the owner, the manager, the member and the outsider are viewers."""
    other = make_people("another")
    for name in ("owner", "manager", "member", "outsider"):
        add_member(other.project.pk, other.owner, getattr(people, name).username, Role.VIEWER)
    kept(other, 2)
    current = kept(other, 3, labels={"particle": 40})
    Project.objects.filter(pk=other.project.pk).update(current_training=current)
    return current


def adopt(people: People, training: Training, who: str = "manager") -> Any:
    address = f"/api/v1/projects/{people.project.pk}/trainings/adopt"
    return people.client(who).post(address, {"from_training": training.pk}, format="json")


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_those_who_manage_start_from_networks_of_a_project_they_are_in(
    people: People, elsewhere: Training, who: str, status: int
) -> None:
    assert adopt(people, elsewhere, who).status_code == (201 if status is True else status)
    assert people.project.trainings.exists() == (status is True)


def test_adopted_networks_are_a_copy_that_says_where_it_comes_from_and_is_picked_with(
    people: People, elsewhere: Training
) -> None:
    adopt(people, elsewhere)
    people.project.refresh_from_db()
    training = people.project.current_training
    assert training is not None
    assert (training.version, training.labels) == (1, {"particle": 40})
    assert training.origin == {"project": "another", "training": 3}
    storage.weights_path(elsewhere).unlink()
    assert storage.weights_path(training).read_bytes() == b"weights"
    assert Job.objects.filter(kind="pick", training=training, status="queued").exists()


def test_networks_of_a_project_one_is_not_in_do_not_exist(people: People) -> None:
    assert adopt(people, kept(make_people("secret"))).status_code == 404


def test_own_networks_are_not_adopted(people: People) -> None:
    answer = adopt(people, kept(people))
    assert (answer.status_code, "make them current instead" in answer.json()["detail"]) == (400, True)


def test_networks_whose_file_is_gone_are_not_adopted(people: People, elsewhere: Training) -> None:
    storage.weights_path(elsewhere).unlink()
    answer = adopt(people, elsewhere)
    assert (answer.status_code, "Choose others" in answer.json()["detail"]) == (400, True)
    assert not people.project.trainings.exists()


def test_adopted_networks_are_not_validated(people: People, elsewhere: Training) -> None:
    training = adopt(people, elsewhere).json()["id"]
    answer = people.client("owner").post(f"/api/v1/trainings/{training}/validate")
    assert (answer.status_code, "another project" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize(("who", "seen"), [("owner", True), ("viewer", False), ("outsider", True)])
def test_people_see_the_current_networks_of_their_projects(
    people: People, elsewhere: Training, who: str, seen: bool
) -> None:
    listed = people.client(who).get("/api/v1/trainings").json()
    assert [row["project_name"] for row in listed] == (["another"] if seen else [])


def test_nobody_sees_networks_without_signing_in(people: People) -> None:
    assert people.client("anonymous").get("/api/v1/trainings").status_code == 401


@pytest.mark.parametrize("what", ["make_current", "validate"])
def test_an_archived_project_keeps_its_trainings_as_they_are(people: People, what: str) -> None:
    training = kept(people)
    Project.objects.update(archived_at=timezone.now())
    answer = people.client("owner").post(f"/api/v1/trainings/{training.pk}/{what}")
    assert (answer.status_code, "archived" in answer.json()["detail"]) == (400, True)


def test_an_archived_project_is_not_trained(people: People, labelled: Micrograph) -> None:
    Project.objects.update(archived_at=timezone.now())
    answer = start(people)
    assert (answer.status_code, "archived" in answer.json()["detail"]) == (400, True)
