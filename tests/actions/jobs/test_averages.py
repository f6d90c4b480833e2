"""Class averages: numbers, ends, and what goes with what."""

import pytest

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.jobs.averages import WantedPicks, delete_averages, start_averages
from picking.actions.jobs.first_guess import forget_guess
from picking.models import Averages, Event, Job, Source
from tests.api.jobs.test_exports import add_micrographs
from tests.averages import make_averages
from tests.people import People
from tests.trainings import make_picks, make_training

pytestmark = pytest.mark.django_db


@pytest.fixture
def picked(people: People) -> Source:
    [micrograph] = add_micrographs(people, "mic_1")
    training = make_training(people.project)
    make_picks(training, micrograph, [(50, 50, 0.9, 0.1)])
    return training.source


def start(people: People) -> Averages:
    return start_averages(people.project.pk, people.member, WantedPicks())


def told(people: People) -> list[str]:
    events = people.project.events.filter(type__startswith="averages.").order_by("sequence")
    return list(events.values_list("type", flat=True))


def test_a_number_is_not_given_again(people: People, picked: Source) -> None:
    make_averages(people.project)
    delete_averages(start(people), people.member)
    assert start(people).number == 3


def test_those_that_nothing_was_sorted_for_go_when_they_are_cancelled(people: People, picked: Source) -> None:
    jobs.cancel(start(people).job, people.member)
    assert not Averages.objects.exists()
    assert told(people) == ["averages.changed", "averages.deleted"]


def test_deleting_stops_the_job(people: People, picked: Source) -> None:
    row = start(people)
    delete_averages(row, people.member)
    assert Job.objects.get().status == Job.Status.CANCELLED
    event = Event.objects.get(type="averages.deleted")
    assert (event.data["number"], event.actor) == (row.number, people.member)


def test_deleting_takes_the_files_along(
    people: People, picked: Source, django_capture_on_commit_callbacks: object
) -> None:
    row = make_averages(people.project, source=picked)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        delete_averages(row, people.owner)
    assert not storage.averages_folder(row).exists()


def test_a_try_that_failed_goes_with_the_next(people: People, picked: Source) -> None:
    failed = Job.objects.create(project=people.project, kind="average", status="failed", error="Too few picks.")
    make_averages(people.project, job=failed, classes=None)
    assert [row.number for row in (start(people), *Averages.objects.all())] == [2, 2]
    failed.refresh_from_db()
    assert failed.dismissed


def test_averages_go_with_their_source(people: People) -> None:
    people.project.sources.create(kind=Source.Kind.FIRST_GUESS, name="First guess")
    make_averages(people.project)
    forget_guess(people.project)
    assert not Averages.objects.exists()
    assert told(people) == ["averages.deleted"]
