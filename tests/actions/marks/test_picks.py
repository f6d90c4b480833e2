"""Keeping what the networks propose."""

import pytest

from picking.actions.jobs import jobs
from picking.actions.locked_project import locked_project
from picking.actions.marks.picks import add_picks, finish_picking
from picking.models import Event, Job, Micrograph, PickSet, Project, Training
from picking.science.picks import as_picks
from tests.api.jobs.test_trainings import kept
from tests.people import People

PICKS = as_picks([(1, 2, 0.75, 0.25)])


@pytest.fixture
def training(people: People) -> Training:
    training = kept(people)
    Project.objects.update(current_training=training)
    return training


@pytest.fixture
def claim(people: People, training: Training) -> jobs.Claim:
    with locked_project(people.project.pk) as project:
        job = jobs.queue_job(project, None, Job.Kind.PICK, training=training)
    claim = jobs.claim(job.pk, "worker")
    assert claim is not None
    return claim


@pytest.fixture
def micrograph(people: People) -> Micrograph:
    return Micrograph.objects.create(project=people.project, name="first", width=9, height=9)


def test_new_picks_of_a_training_replace_its_old_ones(
    claim: jobs.Claim, micrograph: Micrograph, training: Training
) -> None:
    add_picks(claim, micrograph, training.source, PICKS[:0])
    before = PickSet.objects.get()
    add_picks(claim, micrograph, training.source, PICKS)
    after = PickSet.objects.get()
    assert (before.count, after.count) == (0, 1)
    assert before.pk != after.pk  # processes remember rows by the id


def test_a_micrograph_that_was_removed_meanwhile_gets_no_picks(
    claim: jobs.Claim, micrograph: Micrograph, training: Training
) -> None:
    Micrograph.objects.all().delete()
    before = Event.objects.count()
    add_picks(claim, micrograph, training.source, PICKS)
    assert (PickSet.objects.count(), Event.objects.count()) == (0, before)


def test_a_picking_that_ended_counts_every_micrograph(
    claim: jobs.Claim, micrograph: Micrograph, training: Training
) -> None:
    add_picks(claim, micrograph, training.source, PICKS)
    assert finish_picking(claim, training.source, {})
    job = Job.objects.get(kind="pick")
    assert (job.status, job.done, job.total) == ("finished", 1, 1)


def test_a_picking_that_is_cancelled_keeps_no_more_picks(
    people: People, claim: jobs.Claim, micrograph: Micrograph, training: Training
) -> None:
    jobs.cancel(Job.objects.get(kind="pick"), people.owner)
    with pytest.raises(jobs.Cancelled):
        add_picks(claim, micrograph, training.source, PICKS)
    assert not PickSet.objects.exists()


def test_only_the_training_that_a_project_picks_with_is_validated(
    people: People, claim: jobs.Claim, training: Training
) -> None:
    Project.objects.update(current_training=kept(people, 2))
    finish_picking(claim, training.source, {})
    assert not Job.objects.filter(kind="validate").exists()
