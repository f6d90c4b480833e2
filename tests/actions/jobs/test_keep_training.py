"""When a project trains by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from picking.actions.jobs import jobs, keep_training
from picking.actions.jobs.keep_training import AT_LATEST, QUIET, take_changes, train_where_due
from picking.actions.jobs.trainings import start_training
from picking.actions.locked_project import locked_project
from picking.actions.micrographs.micrographs import MicrographChange, change_micrograph
from picking.actions.projects.projects import ProjectChange, change_project
from picking.models import Job, Micrograph, Project
from tests.api.marks.test_operations import put_label, put_region, put_verdict, send
from tests.conftest import DISCS
from tests.people import People

MOMENT = timedelta(seconds=1)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Lets time go by for all that asks Django for it; it stands still by itself."""
    start, gone = timezone.now(), [timedelta(0)]
    monkeypatch.setattr(timezone, "now", lambda: start + gone[0])

    def wait(time: timedelta) -> None:
        gone[0] += time

    return wait


Later = Callable[[timedelta], None]


@pytest.fixture
def kept(people: People, micrograph: Micrograph) -> Micrograph:
    """Eight discs and eight places between them are labelled, and the project keeps training."""
    discs = DISCS[:8].tolist()
    particles = [put_label(micrograph, x=x, y=y) for x, y in discs]
    send(people, *particles, *(put_label(micrograph, kind="background", x=x + 60, y=y + 60) for x, y in discs))
    change_project(people.project.pk, people.member, ProjectChange(keep_training=True))
    return micrograph


def claimed(job: Job | None = None) -> jobs.Claim:
    """A worker begins the training."""
    claim = jobs.claim((job or Job.objects.get(kind="train", status="queued")).pk, "worker")
    assert claim is not None
    take_changes(claim)
    return claim


def end_well(claim: jobs.Claim) -> None:
    with jobs.fenced(claim) as (project, job):
        jobs.finish(project, job)


def trainings() -> int:
    return Job.objects.filter(kind="train").count()


def test_a_training_is_queued_once_nobody_changed_anything_for_a_while(kept: Micrograph, later: Later) -> None:
    assert train_where_due() == 0
    later(QUIET)
    assert train_where_due() == 1
    assert Job.objects.get(kind="train").created_by is None


def test_it_comes_at_the_latest_some_time_after_the_first_change(
    people: People, kept: Micrograph, later: Later
) -> None:
    steps = AT_LATEST // (QUIET - MOMENT)
    for x in range(steps):
        assert train_where_due() == 0
        later(QUIET - MOMENT)
        send(people, put_label(kept, x=20.0 * x))
    later(MOMENT)
    assert train_where_due() == 1


@pytest.mark.parametrize("make", [put_label, put_region, put_verdict])
def test_labels_regions_and_verdicts_all_ask_for_a_training(
    people: People, kept: Micrograph, later: Later, make: Callable[[Micrograph], dict[str, Any]]
) -> None:
    Project.objects.update(untrained_since=None)
    send(people, make(kept))
    later(QUIET)
    assert train_where_due() == 1


def test_a_change_that_is_refused_asks_for_nothing(people: People, kept: Micrograph, later: Later) -> None:
    Project.objects.update(untrained_since=None)
    send(people, put_label(kept, x=100_000.0))
    later(QUIET)
    assert train_where_due() == 0


def test_a_new_diameter_asks_for_a_training(people: People, kept: Micrograph, later: Later) -> None:
    Project.objects.update(untrained_since=None)
    change_project(people.project.pk, people.owner, ProjectChange(particle_diameter=150.0))
    later(QUIET)
    assert train_where_due() == 1


def test_excluding_a_micrograph_asks_for_a_training(people: People, kept: Micrograph) -> None:
    Project.objects.update(untrained_since=None)
    change_micrograph(kept, people.member, MicrographChange(excluded=True))
    people.project.refresh_from_db()
    assert people.project.untrained_since is not None


def test_a_second_look_queues_no_second_training(kept: Micrograph, later: Later) -> None:
    later(QUIET)
    assert [train_where_due(), train_where_due()] == [1, 0]
    claimed()
    assert train_where_due() == 0


def test_two_workers_that_look_at_once_queue_one_training(
    kept: Micrograph, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(QUIET)
    queue = keep_training._train_if_due

    def both(project: int) -> bool:
        return [queue(project), queue(project)][0]

    monkeypatch.setattr(keep_training, "_train_if_due", both)
    assert train_where_due() == 1
    assert trainings() == 1
    assert Project.objects.get().untrained_since is not None  # the training itself says what it has read


def test_what_a_training_has_read_asks_for_no_other(kept: Micrograph, later: Later) -> None:
    later(QUIET)
    train_where_due()
    end_well(claimed())
    later(AT_LATEST)
    assert train_where_due() == 0


def test_a_change_before_the_training_reads_is_part_of_it(people: People, kept: Micrograph, later: Later) -> None:
    later(QUIET)
    train_where_due()
    send(people, put_label(kept))
    end_well(claimed())
    later(AT_LATEST)
    assert train_where_due() == 0


def test_a_change_during_a_training_causes_another_afterwards(people: People, kept: Micrograph, later: Later) -> None:
    later(QUIET)
    train_where_due()
    claim = claimed()
    send(people, put_label(kept))
    later(QUIET)
    assert train_where_due() == 0
    end_well(claim)
    assert train_where_due() == 1


def test_a_failed_training_comes_back_only_after_another_change(people: People, kept: Micrograph, later: Later) -> None:
    later(QUIET)
    train_where_due()
    claim = claimed()
    send(people, put_label(kept))
    jobs.fail(claim, "no")
    later(AT_LATEST)
    assert train_where_due() == 0
    send(people, put_label(kept))
    assert train_where_due() == 0
    later(QUIET)
    assert train_where_due() == 1


def test_a_training_that_somebody_cancelled_does_not_come_back_at_once(
    people: People, kept: Micrograph, later: Later
) -> None:
    later(QUIET)
    train_where_due()
    jobs.cancel(Job.objects.get(kind="train"), people.member)
    later(AT_LATEST)
    assert train_where_due() == 0


def test_too_few_labels_wait_quietly_for_more(people: People, micrograph: Micrograph, later: Later) -> None:
    change_project(people.project.pk, people.member, ProjectChange(keep_training=True))
    send(people, put_label(micrograph))
    later(QUIET)
    assert train_where_due() == 0
    people.project.refresh_from_db()
    assert people.project.untrained_since is None
    assert trainings() == 0


def test_a_project_that_does_not_keep_training_waits_for_people(people: People, kept: Micrograph, later: Later) -> None:
    change_project(people.project.pk, people.member, ProjectChange(keep_training=False))
    later(AT_LATEST)
    assert train_where_due() == 0


def test_switching_it_on_trains_with_what_nobody_trained_yet(people: People, kept: Micrograph, later: Later) -> None:
    change_project(people.project.pk, people.member, ProjectChange(keep_training=False))
    later(AT_LATEST)
    change_project(people.project.pk, people.member, ProjectChange(keep_training=True))
    assert train_where_due() == 1


def test_an_archived_project_trains_only_once_it_is_open_again(people: People, kept: Micrograph, later: Later) -> None:
    change_project(people.project.pk, people.owner, ProjectChange(archived=True))
    later(QUIET)
    assert train_where_due() == 0
    change_project(people.project.pk, people.owner, ProjectChange(archived=False))
    assert train_where_due() == 1


def test_it_goes_on_when_the_person_who_switched_it_on_is_gone(people: People, kept: Micrograph, later: Later) -> None:
    people.member.delete()
    later(QUIET)
    assert train_where_due() == 1


def test_it_stops_the_validation_of_the_last_training_as_a_person_would(
    people: People, kept: Micrograph, later: Later
) -> None:
    with locked_project(people.project.pk) as project:
        job = jobs.queue_job(project, None, Job.Kind.VALIDATE)
    later(QUIET)
    train_where_due()
    job.refresh_from_db()
    assert job.status == Job.Status.CANCELLED


def test_a_training_that_a_person_starts_is_enough(people: People, kept: Micrograph, later: Later) -> None:
    job = start_training(people.project.pk, people.owner)
    later(QUIET)
    assert train_where_due() == 0
    end_well(claimed(job))
    assert train_where_due() == 0
