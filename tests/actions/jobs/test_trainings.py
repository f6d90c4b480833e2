"""Trainings that are kept, and picked with."""

from picking.actions.jobs import jobs
from picking.actions.jobs.trainings import next_version, queue_picking
from picking.actions.locked_project import locked_project
from picking.models import Job, Project
from tests.api.jobs.test_trainings import kept
from tests.people import People


def test_a_training_has_the_version_after_the_last(people: People) -> None:
    assert next_version(people.project) == 1
    kept(people, 1)
    kept(people, 7)
    assert next_version(people.project) == 8


def queued(people: People) -> list[Job]:
    """The pickings that wait after somebody asked for one."""
    with locked_project(people.project.pk) as project:
        queue_picking(project, None)
    return list(Job.objects.filter(kind="pick", status="queued"))


def test_without_networks_nothing_is_picked(people: People) -> None:
    assert queued(people) == []


def test_one_picking_is_enough_for_all_who_ask(people: People) -> None:
    Project.objects.update(current_training=kept(people))
    first = queued(people)
    assert len(first) == 1
    assert queued(people) == first


def test_a_picking_that_is_being_stopped_does_what_is_left_no_more(people: People) -> None:
    Project.objects.update(current_training=kept(people))
    (stopped,) = queued(people)
    jobs.claim(stopped.pk, "worker")
    jobs.cancel(stopped, people.member)
    assert len(queued(people)) == 1


def test_picking_with_other_networks_stops_the_one_before(people: People) -> None:
    for training in (kept(people, 1), kept(people, 2)):
        Project.objects.update(current_training=training)
        (job,) = queued(people)
        assert job.training == training
