"""Training and picking by the real jobs, on discs that any network can learn."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from django.utils import timezone
from PIL import Image

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.jobs.trainings import queue_picking, start_training
from picking.actions.locked_project import locked_project
from picking.actions.marks.picks import add_picks
from picking.actions.people.presence import keep_looking, look_at, look_away
from picking.actions.projects.projects import ProjectChange, change_project
from picking.jobs.tasks import run_job
from picking.models import Event, Job, Membership, Micrograph, PickSet, Training
from picking.models.people.membership import GONE_AFTER
from picking.queries.micrographs.final_picks import FinalPicks, final_picks
from picking.queries.micrographs.micrographs import included
from picking.science.evaluate import agreement
from picking.wire import training_wire
from tests.api.marks.test_operations import put_label, put_region, put_verdict, send
from tests.conftest import DISCS, noisy_discs
from tests.jobs.conftest import SHORT
from tests.people import People, make_people

pytestmark = pytest.mark.django_db(transaction=True)  # the lease is renewed from another thread
DISC_PX = 40  # a particle of 160 Å at 4 Å per pixel


def run_all(but: Job.Kind = Job.Kind.VALIDATE) -> None:
    """Runs what is queued, as the worker would, until nothing is; leaves one kind."""
    while job := Job.objects.filter(status=Job.Status.QUEUED).exclude(kind=but).first():
        run_job(job.pk)


def train(people: People) -> Training:
    start_training(people.project.pk, people.owner)
    run_all()
    failed = Job.objects.filter(status=Job.Status.FAILED).first()
    assert failed is None, failed.error if failed else ""
    people.project.refresh_from_db()
    training: Training | None = people.project.current_training
    assert training is not None
    return training


def picked_in_order(training: Training) -> list[str]:
    return list(
        PickSet.objects.filter(source__training=training).order_by("pk").values_list("micrograph__name", flat=True)
    )


def picked(people: People) -> Iterator[FinalPicks]:
    return final_picks(people.project, included(people.project))


def test_a_training_picks_the_discs_of_every_micrograph(
    people: People, labelled: Micrograph, enough_training: None
) -> None:
    training = train(people)
    assert PickSet.objects.filter(source__training=training).count() == 3
    for found in picked(people):
        places = np.array([(pick.x, pick.y) for pick in found.picks])
        assert agreement(DISCS, places, DISC_PX).f1 > 0.9, found.micrograph.name


def test_picking_leaves_a_score_map_of_each_micrograph(
    people: People, labelled: Micrograph, enough_training: None
) -> None:
    training = train(people)
    path = storage.score_map_path(people.project.pk, labelled.key, training.pk, "particle")
    scores = np.asarray(Image.open(path), float)
    across = labelled.width / scores.shape[1]
    at_discs = [scores[int(y / across), int(x / across)] for x, y in DISCS]
    assert np.mean(at_discs) > scores.mean() + 50


def test_a_training_is_kept_with_its_labels_losses_and_weights(people: People, labelled: Micrograph) -> None:
    training = train(people)
    assert (training.version, training.has_contamination_network) == (1, True)
    assert training.labels == {"particle": 12, "background": 12, "contamination": 0}
    steps = [step for network, step, _ in training.losses if network == "particle"]
    assert steps == list(range(10, SHORT.particle.steps + 1, 10))
    assert storage.weights_path(training).is_file()
    assert training_wire(training)["seconds"]


def test_contamination_labels_and_regions_bring_the_second_network(people: People, labelled: Micrograph) -> None:
    places = [put_label(labelled, kind="contamination", x=20.0, y=100.0 * i) for i in range(1, 6)]
    send(people, *places, put_region(labelled, polygon=[[400, 400], [560, 400], [560, 560], [400, 560]]))
    training = train(people)
    assert training.has_contamination_network
    assert {network for network, _, _ in training.losses} == {"particle", "contamination"}


def test_picks_that_were_rejected_with_their_class_bring_the_second_network(
    people: People, labelled: Micrograph
) -> None:
    send(people, *(put_verdict(labelled, x=20.0, y=100.0 * i, fit=0.1 * i) for i in range(1, 6)))
    training = train(people)
    assert training.has_contamination_network
    assert training.labels == {"particle": 12, "background": 12, "contamination": 5}


def test_another_training_is_the_next_version_and_overwrites_nothing(people: People, labelled: Micrograph) -> None:
    first = train(people)
    weights = storage.weights_path(first).read_bytes()
    second = train(people)
    assert second.version == 2
    assert storage.weights_path(first).read_bytes() == weights
    assert PickSet.objects.filter(source__training=first).count() == 3


def test_a_training_goes_on_from_the_current_networks_and_says_so(people: People, labelled: Micrograph) -> None:
    first, second = train(people), train(people)
    assert [training.settings["went_on_from_version"] for training in (first, second)] == [None, 1]
    steps = [max(step for network, step, _ in each.losses if network == "particle") for each in (first, second)]
    assert steps == [SHORT.particle.steps, SHORT.particle.warm.steps]


def test_networks_that_cannot_be_read_any_more_are_trained_from_nothing(people: People, labelled: Micrograph) -> None:
    storage.weights_path(train(people)).write_bytes(b"no networks")
    assert train(people).settings["went_on_from_version"] is None


def test_progress_reaches_everyone_while_the_training_runs(
    people: People, labelled: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    report = jobs.report_progress

    def note(claim: jobs.Claim, done: int, total: int, *more: Any) -> None:
        report(claim, done, total, *more)
        last = Event.objects.filter(data__type="job.progress").order_by("sequence").last()
        assert last is not None
        told.append((last.data["done"], last.data["total"]))

    monkeypatch.setattr(jobs, "report_progress", note)
    train(people)
    trained = [done for done, total in told if total == SHORT.particle.steps]
    assert trained == list(range(10, SHORT.particle.steps + 1, 10))


def test_a_cancelled_training_ends_soon_and_leaves_no_networks(
    people: People, labelled: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = start_training(people.project.pk, people.owner)
    report, reports = jobs.report_progress, []

    def cancel_then_report(claim: jobs.Claim, done: int, *more: Any) -> None:
        reports.append(done)
        if done:
            jobs.cancel(job, people.viewer)
        report(claim, done, *more)

    monkeypatch.setattr(jobs, "report_progress", cancel_then_report)
    run_all()
    job.refresh_from_db()
    assert job.status == Job.Status.CANCELLED
    assert reports == [0, 10]  # the first report, and the one at which it was cancelled
    assert not Training.objects.exists()


def test_the_micrograph_on_someones_screen_is_picked_first(people: People, labelled: Micrograph) -> None:
    third = Micrograph.objects.get(name="third")
    look_at(people.project.pk, people.viewer.pk, third.pk)
    assert picked_in_order(train(people)) == ["third", "first", "second"]


def test_who_turns_to_another_micrograph_during_picking_gets_that_next(
    people: People, labelled: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = Micrograph.objects.get(name="third")

    def add_then_look(claim: jobs.Claim, *what: Any) -> None:
        add_picks(claim, *what)
        look_at(people.project.pk, people.viewer.pk, third.pk)

    monkeypatch.setattr("picking.jobs.pick.add_picks", add_then_look)
    monkeypatch.setattr("picking.jobs.pick.at_once", lambda *_: 1)  # else the second is being picked already
    assert picked_in_order(train(people)) == ["first", "third", "second"]


def test_a_browser_that_fell_silent_long_ago_steers_nothing(people: People, labelled: Micrograph) -> None:
    third = Micrograph.objects.get(name="third")
    look_at(people.project.pk, people.viewer.pk, third.pk)
    Membership.objects.update(looked_at=timezone.now() - GONE_AFTER)
    assert picked_in_order(train(people)) == ["first", "second", "third"]


def test_a_window_that_stays_open_keeps_its_place_on_the_screen(people: People, labelled: Micrograph) -> None:
    third = Micrograph.objects.get(name="third")
    look_at(people.project.pk, people.viewer.pk, third.pk)
    Membership.objects.update(looked_at=timezone.now() - GONE_AFTER)
    keep_looking(people.project.pk, [(people.viewer.pk, third.pk)])
    assert picked_in_order(train(people)) == ["third", "first", "second"]


def test_an_older_window_does_not_take_the_screen_back(people: People, labelled: Micrograph) -> None:
    second, third = (Micrograph.objects.get(name=name) for name in ("second", "third"))
    look_at(people.project.pk, people.viewer.pk, third.pk)
    keep_looking(people.project.pk, [(people.viewer.pk, second.pk)])
    look_away(people.project.pk, people.viewer.pk, second.pk)
    assert picked_in_order(train(people)) == ["third", "first", "second"]


def test_picking_gives_way_to_a_training_once_every_screen_is_picked(people: People, labelled: Micrograph) -> None:
    first = train(people)
    PickSet.objects.all().delete()
    for person, name in ((people.viewer, "third"), (people.member, "second")):
        look_at(people.project.pk, person.pk, Micrograph.objects.get(name=name).pk)
    with locked_project(people.project.pk) as project:
        queue_picking(project, None)
    start_training(people.project.pk, people.owner)
    run_job(Job.objects.get(kind=Job.Kind.PICK, status=Job.Status.QUEUED).pk)
    assert picked_in_order(first) == ["second", "third"]
    waiting = Job.objects.filter(status=Job.Status.QUEUED).order_by("pk")
    assert [job.kind for job in waiting] == [Job.Kind.TRAIN, Job.Kind.PICK]
    assert waiting[1].training == first


def test_the_picking_of_another_project_goes_on_after_it_gave_way(people: People, labelled: Micrograph) -> None:
    training = train(people)
    PickSet.objects.all().delete()
    with locked_project(people.project.pk) as project:
        queue_picking(project, None)
    elsewhere = Job.objects.create(project=make_people("Another").project, kind=Job.Kind.TRAIN)
    run_job(Job.objects.get(kind=Job.Kind.PICK, status=Job.Status.QUEUED).pk)
    assert picked_in_order(training) == ["first"]
    elsewhere.delete()
    run_all()
    assert picked_in_order(training) == ["first", "second", "third"]


def test_a_micrograph_that_comes_later_is_picked_too(
    people: People, labelled: Micrograph, import_file: Callable[..., Job]
) -> None:
    training = train(people)
    import_file("fourth.mrc", noisy_discs(seed=9))
    run_all()
    assert PickSet.objects.filter(source__training=training, micrograph__name="fourth").exists()


def test_a_verdict_outlives_retraining(people: People, labelled: Micrograph, enough_training: None) -> None:
    train(people)
    x, y = DISCS[12].tolist()
    send(people, put_verdict(Micrograph.objects.get(name="second"), x=x, y=y))
    train(people)
    places = {found.micrograph.name: found.picks for found in picked(people)}
    near = [pick for pick in places["second"] if np.hypot(pick.x - x, pick.y - y) < DISC_PX / 2]
    assert near == []
    assert [pick for pick in places["third"] if np.hypot(pick.x - x, pick.y - y) < DISC_PX / 2]


def test_a_micrograph_whose_file_is_gone_is_named_and_the_others_are_picked(
    people: People, labelled: Micrograph
) -> None:
    second = Micrograph.objects.get(name="second")
    folder = storage.micrograph_folder(people.project.pk, second.key)
    for file in [*folder.glob("input-*"), *folder.glob("source*")]:
        file.unlink()
    start_training(people.project.pk, people.owner)
    run_all()
    picking = Job.objects.get(kind=Job.Kind.PICK)
    assert (picking.status, "second.mrc" in picking.error) == (Job.Status.FAILED, True)
    assert PickSet.objects.count() == 2


def test_a_new_diameter_makes_the_networks_input_anew(people: People, labelled: Micrograph) -> None:
    change_project(people.project.pk, people.owner, ProjectChange(particle_diameter=150.0))
    train(people)
    folder = storage.micrograph_folder(people.project.pk, labelled.key)
    assert [file.name for file in folder.glob("input-*")] == [storage.input_name(150, 4, SHORT.input.digest)]


def test_picks_are_told_as_they_come(people: People, labelled: Micrograph) -> None:
    started = timezone.now()
    train(people)
    told = Event.objects.filter(data__type="picks.added", created_at__gt=started).order_by("sequence")
    assert [event.data["micrograph"] for event in told] == [
        micrograph.pk for micrograph in Micrograph.objects.order_by("name")
    ]
