"""Validation by the real job, after the picking."""

from typing import Any

import pytest
import torch

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.jobs.trainings import make_current, start_training
from picking.jobs.examples import kept_marks, training_set
from picking.jobs.tasks import run_job
from picking.models import Event, Job, Label, Micrograph, PickSet, Training
from picking.science.nets import load_networks
from picking.science.nets import train as train_networks
from tests.jobs.conftest import SHORT
from tests.jobs.test_train_and_pick import run_all, train
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)  # the lease is renewed from another thread


def validation_jobs(status: Job.Status = Job.Status.QUEUED) -> list[Job]:
    return list(Job.objects.filter(kind=Job.Kind.VALIDATE, status=status))


def validate() -> Job:
    (job,) = validation_jobs()
    run_job(job.pk)
    job.refresh_from_db()
    return job


def figures(training: Training) -> dict[str, Any]:
    training.refresh_from_db()
    found: dict[str, Any] | None = training.validation
    assert found is not None
    return found


def test_a_training_is_validated_when_its_picking_has_ended(people: People, labelled: Micrograph) -> None:
    start_training(people.project.pk, people.owner)
    run_all(but=Job.Kind.PICK)
    assert validation_jobs() == []
    run_all()
    assert [job.training for job in validation_jobs()] == [Training.objects.get()]


def test_the_figures_are_kept_with_the_scores_of_each_place_and_told(
    people: People, labelled: Micrograph, enough_training: None
) -> None:
    training = train(people)
    assert validate().status == Job.Status.FINISHED
    found = figures(training)
    assert found["average_precision"] > 0.9
    assert (found["particles"], found["others"]) == (2, 2)
    assert sorted(kind for kind, _, _ in training.held_out) == ["background", "background", "particle", "particle"]
    told = Event.objects.get(data__type="training.validated").data["training"]
    assert (told["id"], told["validation"]) == (training.pk, training.validation)


def test_too_few_labels_give_a_reason_in_place_of_figures(people: People, labelled: Micrograph) -> None:
    particles = Label.objects.filter(kind="particle").values("pk")[:4]
    Label.objects.filter(pk__in=list(particles.values_list("pk", flat=True))).delete()
    training = train(people)
    assert validate().status == Job.Status.FINISHED
    assert "at least 10 particle" in figures(training)["reason"]
    assert training.held_out == []


def test_labels_that_came_after_the_training_do_not_count(people: People, labelled: Micrograph) -> None:
    training = train(people)
    Label.objects.all().delete()
    validate()
    assert figures(training)["particles"] == 2


def test_a_training_is_validated_once(people: People, labelled: Micrograph) -> None:
    training = train(people)
    validate()
    PickSet.objects.all().delete()
    make_current(people.project.pk, people.owner, training.pk)
    run_all()
    assert validation_jobs() == []


def test_a_new_training_stops_the_validation_of_the_last(people: People, labelled: Micrograph) -> None:
    train(people)
    (job,) = validation_jobs()
    start_training(people.project.pk, people.owner)
    job.refresh_from_db()
    assert job.status == Job.Status.CANCELLED


def test_a_training_that_was_left_out_is_validated_later_if_its_number_of_labels_tells_something_new(
    people: People, labelled: Micrograph
) -> None:
    """As where a project keeps training: the next one stops the validation of the last."""
    few, same = train(people), train(people)
    particles = Label.objects.filter(kind="particle")[:6].values("pk")
    Label.objects.filter(pk__in=list(particles.values_list("pk", flat=True))).delete()
    newest = train(people)
    order = []
    while jobs_left := validation_jobs():
        order.append(jobs_left[0].training)
        validate()
    assert order == [newest, same]
    few.refresh_from_db()
    assert few.validation is None


def test_a_validation_gives_way_to_a_training_of_another_project_and_is_done_after_it(
    people: People, labelled: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = train(people)
    give_way = jobs.give_way
    urgent: list[Job] = []

    def queue_then_ask(claim: jobs.Claim) -> bool:
        if not urgent:
            other = type(people.project).objects.create(
                name="other",
                particle_diameter=160,
                particle_threshold=0.5,
                contamination_threshold=0.5,
                border_margin=0.5,
            )
            urgent.append(Job.objects.create(project=other, kind=Job.Kind.TRAIN))
        return give_way(claim)

    monkeypatch.setattr(jobs, "give_way", queue_then_ask)
    assert validate().status == Job.Status.CANCELLED
    Job.objects.filter(pk=urgent[0].pk).update(status=Job.Status.FINISHED)
    assert validate().status == Job.Status.FINISHED
    assert figures(training)["particles"] == 2


def test_a_cancelled_validation_leaves_no_figures(
    people: People, labelled: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = train(people)
    (job,) = validation_jobs()
    report = jobs.report_progress

    def cancel_then_report(claim: jobs.Claim, done: int, *more: Any) -> None:
        if done:
            jobs.cancel(job, people.viewer)
        report(claim, done, *more)

    monkeypatch.setattr(jobs, "report_progress", cancel_then_report)
    assert validate().status == Job.Status.CANCELLED
    training.refresh_from_db()
    assert training.validation is None


def test_a_training_can_be_repeated_from_what_is_kept_of_it(people: People, labelled: Micrograph) -> None:
    training = train(people)
    Label.objects.all().delete()
    examples = training_set(people.project, kept_marks(training), SHORT)[0]
    repeated = train_networks(examples, SHORT, training.seed).particle.state_dict()
    kept = load_networks(storage.weights_path(training)).particle.state_dict()
    assert all(torch.equal(kept[key], repeated[key]) for key in kept)


def test_a_few_micrographs_without_marks_are_read_too_unless_they_cannot_be(
    people: People, labelled: Micrograph
) -> None:
    training = train(people)
    read = training_set(people.project, kept_marks(training), SHORT)[0]
    assert len(read.inputs) == 3
    gone = storage.micrograph_folder(people.project.pk, Micrograph.objects.get(name="second").key)
    for file in [*gone.glob("input-*"), *gone.glob("source*")]:
        file.unlink()
    read, problems = training_set(people.project, kept_marks(training), SHORT)
    assert (len(read.inputs), problems) == (2, [])


def test_marks_that_were_kept_before_they_had_weights_are_read(people: People, labelled: Micrograph) -> None:
    training = train(people)
    marks = kept_marks(training)
    without = {kind: {m: [row[:2] for row in rows] for m, rows in by.items()} for kind, by in marks.items()}
    then, now = (training_set(people.project, each, SHORT)[0] for each in (without, marks))
    assert [then.particles[m].tolist() for m in then.particles] == [now.particles[m].tolist() for m in now.particles]


def test_the_picks_of_an_older_training_come_back_at_once(people: People, labelled: Micrograph) -> None:
    first, second = train(people), train(people)
    client = people.client("viewer")

    def shown() -> set[int]:
        rows = client.get(f"/api/v1/projects/{people.project.pk}/snapshot").json()["micrographs"]
        return {row["picks"]["source"] for row in rows}

    assert shown() == {second.source.pk}
    make_current(people.project.pk, people.owner, first.pk)
    assert shown() == {first.source.pk}


def test_going_back_and_forth_leaves_the_last_choice_to_be_picked(people: People, labelled: Micrograph) -> None:
    first = train(people)
    start_training(people.project.pk, people.owner)
    run_all(but=Job.Kind.PICK)
    people.project.refresh_from_db()
    second = people.project.current_training
    assert second is not None
    running = jobs.claim(Job.objects.get(kind=Job.Kind.PICK, status=Job.Status.QUEUED).pk, "worker")
    assert running is not None
    for training in (first, second):
        make_current(people.project.pk, people.owner, training.pk)
    jobs.end_cancelled(running)
    run_all()
    assert PickSet.objects.filter(source__training=second).count() == 3
