"""Fair shares: projects take turns at the workers, and what people look at comes first. Nothing is really picked."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project
from picking.actions.marks.picks import add_picks, finish_picking, take_micrographs
from picking.actions.people.presence import look_at
from picking.jobs import pick
from picking.jobs.tasks import run_job
from picking.models import Event, Job, Micrograph, PickSet, Process, Project
from picking.queries.jobs.due import TAKEN
from picking.science.picks import as_picks
from tests.people import People, make_people
from tests.trainings import make_training

pytestmark = pytest.mark.django_db
SHARE = 3


@pytest.fixture(autouse=True)
def nothing_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every micrograph has one pick, found at once, one after another."""

    def one_by_one(work: Callable[[Any], object], items: Any, many: int) -> Any:
        for item in items:
            yield item, Found()

    class Found:
        def result(self) -> Any:
            return as_picks([(1, 2, 0.75, 0.25)])

    monkeypatch.setattr(pick, "overlapped", one_by_one)
    monkeypatch.setattr(pick, "load_networks", lambda *_: SimpleNamespace(on=id))
    monkeypatch.setattr("picking.jobs.tasks.RENEW_EVERY_SECONDS", 3600)
    monkeypatch.setattr("picking.queries.jobs.due.SHARE", SHARE)


def waiting(project: Project, micrographs: int) -> Job:
    """A queued job for so many micrographs of a project."""
    rows = (Micrograph(project=project, name=f"m{n:04}", width=9, height=9) for n in range(micrographs))
    Micrograph.objects.bulk_create(rows)
    project.current_training = make_training(project)
    project.save(update_fields=["current_training"])
    with locked_project(project.pk) as locked:
        return jobs.queue_job(locked, None, Job.Kind.PICK, training=project.current_training)


def picked(project: Project) -> int:
    return PickSet.objects.filter(micrograph__project=project).count()


def next_message() -> int:
    """As the broker hands them out: what was queued first."""
    return Job.objects.filter(kind=Job.Kind.PICK, status=Job.Status.QUEUED).order_by("pk")[0].pk


def test_a_small_project_waits_for_shares_of_a_huge_one_alone(people: People) -> None:
    huge, small = people.project, make_people("Small").project
    waiting(huge, 1000)
    waiting(small, 5)
    for _ in range(4):
        run_job(next_message())
    assert (picked(huge), picked(small)) == (2 * SHARE, 5)


def test_projects_take_turns(people: People) -> None:
    other = make_people("Other").project
    for project in (people.project, other):
        waiting(project, 2 * SHARE + 1)
    for turn in range(1, 3):
        for project in (people.project, other):
            run_job(next_message())
            assert picked(project) == turn * SHARE


def test_what_somebody_looks_at_is_picked_first_whatever_waits_before_it(people: People) -> None:
    watching = make_people("Watched")
    waiting(people.project, 1000)
    waiting(watching.project, 50)
    seen = watching.project.micrographs.get(name="m0030")
    look_at(watching.project.pk, watching.viewer.pk, seen.pk)
    run_job(next_message())  # of the project that has waited longer
    assert PickSet.objects.order_by("pk")[0].micrograph == seen


def test_a_project_that_somebody_looks_at_goes_first_at_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    watching = make_people("Watched")
    job = waiting(people.project, 1000)
    waiting(watching.project, 50)

    def look_after_the_second(claimed: jobs.Claim, *what: Any) -> None:
        add_picks(claimed, *what)
        if picked(people.project) == 2:
            look_at(watching.project.pk, watching.viewer.pk, watching.project.micrographs.all()[30].pk)

    monkeypatch.setattr(pick, "add_picks", look_after_the_second)
    run_job(job.pk)
    assert picked(people.project) == 2


def test_what_comes_on_a_screen_goes_before_what_the_worker_has_taken(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = waiting(people.project, 100)

    def look_after_the_second(claimed: jobs.Claim, *what: Any) -> None:
        add_picks(claimed, *what)
        if picked(people.project) == 2:
            look_at(people.project.pk, people.viewer.pk, people.project.micrographs.all()[50].pk)

    monkeypatch.setattr(pick, "add_picks", look_after_the_second)
    run_job(job.pk)
    names = PickSet.objects.order_by("pk").values_list("micrograph__name", flat=True)
    assert [*names[:4]] == ["m0000", "m0001", "m0050", "m0002"]


def test_every_micrograph_is_picked_once_and_counted_at_once(people: People) -> None:
    run_job(waiting(people.project, 50).pk)
    told = Event.objects.filter(type="picks.added").values_list("micrograph", flat=True)
    assert [*told] == [*people.project.micrographs.values_list("pk", flat=True)]
    job = Job.objects.get(kind=Job.Kind.PICK)
    assert (job.status, job.done, job.total) == (Job.Status.FINISHED, 50, 50)


@pytest.mark.parametrize(("left", "taken"), [(100, TAKEN), (20, 3), (5, 1)])
def test_a_worker_takes_several_micrographs_at_once_and_fewer_at_the_end(people: People, left: int, taken: int) -> None:
    claimed = jobs.claim(waiting(people.project, left).pk, "worker")
    training = people.project.current_training
    assert training is not None
    assert claimed is not None
    assert len(take_micrographs(claimed, training.source, ())) == taken


def test_what_a_worker_has_taken_and_not_begun_is_free_when_it_takes_others(people: People) -> None:
    job = waiting(people.project, 100)
    claimed = jobs.claim(job.pk, "worker")
    training = people.project.current_training
    assert training is not None
    assert claimed is not None
    begun, *_ = take_micrographs(claimed, training.source, ())
    look_at(people.project.pk, people.viewer.pk, people.project.micrographs.all()[50].pk)
    taken = take_micrographs(claimed, training.source, [begun.pk])
    assert [each.name for each in taken[:2]] == ["m0050", "m0001"]
    job.refresh_from_db()
    assert job.begun == [begun.pk, *(each.pk for each in taken)]


def test_two_workers_never_take_the_same_micrograph(people: People) -> None:
    first = jobs.claim(waiting(people.project, 2).pk, "first")
    training = people.project.current_training
    assert training is not None
    assert first is not None
    with locked_project(people.project.pk) as project:
        job = jobs.queue_job(project, None, Job.Kind.PICK, training=training)
    second = jobs.claim(job.pk, "second")
    assert second is not None
    taken = [each for claimed in (first, second) for each in take_micrographs(claimed, training.source, ())]
    assert [each.name for each in taken] == ["m0000", "m0001"]
    add_picks(second, taken[1], training.source, as_picks([]))
    assert take_micrographs(second, training.source, ()) == []
    assert finish_picking(second, training.source, {})  # the first goes on with its own
    assert not Job.objects.filter(kind=Job.Kind.VALIDATE).exists()


def test_what_a_dead_worker_had_begun_is_free_once_its_lease_has_run_out(people: People) -> None:
    first = jobs.claim(waiting(people.project, 1).pk, "first")
    training = people.project.current_training
    assert training is not None
    assert first is not None
    assert take_micrographs(first, training.source, ())
    Job.objects.update(lease_until=timezone.now())
    with locked_project(people.project.pk) as project:
        job = jobs.queue_job(project, None, Job.Kind.PICK, training=training)
    second = jobs.claim(job.pk, "second")
    assert second is not None
    assert take_micrographs(second, training.source, ())


@pytest.mark.parametrize(("workers", "queued"), [(1, 0), (2, 1)])
def test_a_worker_that_has_nothing_to_pick_helps(people: People, workers: int, queued: int) -> None:
    for n in range(workers):
        Process.objects.create(
            role=Process.Role.WORKER, name=f"trainer{n}", host="here", version="1", queues=["train", "pick"],
            started_at=timezone.now(), heard_at=timezone.now(),
        )  # fmt: skip
    claimed = jobs.claim(waiting(people.project, 100).pk, "first")
    training = people.project.current_training
    assert training is not None
    assert claimed is not None
    for _ in range(3):
        take_micrographs(claimed, training.source, [each for job in Job.objects.all() for each in job.begun or []])
    assert Job.objects.filter(status=Job.Status.QUEUED, training=training).count() == queued
